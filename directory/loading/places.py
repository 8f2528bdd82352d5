"""Loading the map: areas, and the postcodes, outcodes and settlements that people type."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from django.db import transaction

from directory.geography.names import name_key
from directory.loading.digest import digest_of, is_loaded, remember
from directory.loading.kept import Kept, kept, said
from directory.loading.place_rows import FILES, PlaceFiles, read_places
from directory.models import Area, LoadedFixture, Place
from directory.reference import touch

_CHUNK = 5_000
_POSTCODES = "ONS Postcode Directory (OGL v3)"


@dataclass(frozen=True, slots=True)
class PlacesSummary:
    """How many rows were written; all 0 when `unchanged`, the files being loaded already."""

    areas: int = 0
    settlements: int = 0
    postcodes: int = 0
    outcodes: int = 0
    unchanged: bool = False


def load_places(
    folder: Path,
    progress: Callable[[str], None],
    force: bool = False,
    over_edits: bool = False,
) -> PlacesSummary:
    """Make the files of `folder` the places in force; areas from elsewhere stay, and so does what
    the hub added, changed or took out, unless `over_edits`.

    Does nothing if they are loaded already, unless `force` or `over_edits`. Raises FixtureError,
    with every problem and its place, before anything is written.
    """
    digest = digest_of(folder / name for name in FILES)
    if not (force or over_edits) and is_loaded(LoadedFixture.PLACES, digest):
        progress("The places are up to date")
        return PlacesSummary(unchanged=True)
    files = read_places(folder)
    with transaction.atomic():
        held = kept(Area, over_edits)
        _write_areas(files, held)
        touch()
        words = said("areas", held, [row.code for row in files.areas])
        if words:
            progress(words)
        progress(f"{len(files.areas)} areas")
        Place.objects.all().delete()
        _write_places(files, progress)
        remember(LoadedFixture.PLACES, digest)
    return PlacesSummary(
        areas=len(files.areas),
        settlements=len(files.settlements),
        postcodes=len(files.postcodes),
        outcodes=len(files.outcodes),
    )


def _write_areas(files: PlaceFiles, held: Kept) -> None:
    """Update or add the areas, the widest first, so that each finds its parent.

    One that the hub took out and that another still lies in comes back.
    """
    parents = {row.parent for row in files.areas}
    depth = {row.code: len(files.tree.ancestors(row.code)) for row in files.areas}
    Area.objects.bulk_create(
        [
            Area(
                code=row.code,
                name=row.name,
                kind=row.kind,
                parent_id=row.parent or None,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                boundary=files.boundaries.get(row.code),
                source=row.source,
            )
            for row in sorted(files.areas, key=lambda row: depth[row.code])
            if row.code not in held.changed
            and (row.code not in held.removed or row.code in parents)
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kind", "parent", "valid_from", "valid_to", "boundary", "source"],
    )


def _write_places(files: PlaceFiles, progress: Callable[[str], None]) -> None:
    closure = cache(lambda codes: files.tree.closure(codes.split()))
    rows = _rows(files, closure)
    written = 0
    while chunk := list(islice(rows, _CHUNK)):
        Place.objects.bulk_create(chunk)
        written += len(chunk)
        progress(f"{written} places")


def _rows(files: PlaceFiles, closure: Callable[[str], tuple[str, ...]]) -> Iterator[Place]:
    yield from _settlements(files, closure)
    chains: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for row in files.postcodes:
        areas = closure(row.areas)
        chains[row.postcode.split()[0]][areas] += 1
        yield Place(
            kind=Place.Kind.POSTCODE,
            key=row.postcode.replace(" ", "").lower(),
            name=row.postcode,
            latitude=row.latitude,
            longitude=row.longitude,
            areas=areas,
            source=_POSTCODES,
        )
    yield from _outcodes(files, chains)


def _settlements(files: PlaceFiles, closure: Callable[[str], tuple[str, ...]]) -> Iterator[Place]:
    """A row for each name of a settlement; its other names lead to the same name and point."""
    for row in files.settlements:
        for key in dict.fromkeys(name_key(name) for name in [row.name, *row.alt.split("|")]):
            if key:
                yield Place(
                    kind=Place.Kind.SETTLEMENT,
                    key=key,
                    name=row.name,
                    detail=row.detail,
                    latitude=row.latitude,
                    longitude=row.longitude,
                    areas=closure(row.areas),
                    source=row.source,
                )


def _outcodes(files: PlaceFiles, chains: dict[str, Counter[tuple[str, ...]]]) -> Iterator[Place]:
    """Outcodes, in every area that they or one of their postcodes lie in, the likeliest first.

    Exact if that is one district, and the same localities and parishes throughout.
    """
    for row in files.outcodes:
        lads, within = row.lads.split(), chains.get(row.outcode, Counter())
        likely = [code for chain, _ in within.most_common() for code in chain]
        codes = [*lads, *row.countries.split(), *likely]
        yield Place(
            kind=Place.Kind.OUTCODE,
            key=row.outcode.lower(),
            name=row.outcode,
            latitude=row.latitude,
            longitude=row.longitude,
            areas=files.tree.closure(codes),
            exact=len(lads) == 1 and len(within) <= 1,
            source=_POSTCODES,
        )
