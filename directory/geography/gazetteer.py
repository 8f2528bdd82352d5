"""Names of settlements and districts, held in memory: exact, misspelt and alike."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from directory.geography.areas import AreaNode, AreaTree
from directory.geography.names import name_key
from directory.geography.place import Point
from directory.models import Area, LoadedFixture, Place

Stamp = tuple[str, object]
"""The digest of the map's files, and when these or an area last changed, as the database has it."""

#: Letters that a name needs for one slip in it to be put right without asking.
SURE_LETTERS = 6
#: Similarity (0–100, rapidfuzz's normalised Indel ratio) from which a name is worth suggesting.
ALIKE = 68


@dataclass(frozen=True, slots=True)
class Settlement:
    """A town or village. `detail` tells it from its namesakes."""

    name: str
    detail: str
    point: Point
    areas: tuple[str, ...]
    exact: bool

    @property
    def label(self) -> str:
        """The name with what tells it from its namesakes."""
        return f"{self.name} ({self.detail})" if self.detail else self.name


class Gazetteer:
    """The settlements by name, with the districts and counties that tell them apart."""

    def __init__(self, named: Iterable[tuple[str, Settlement]], tree: AreaTree) -> None:
        by_key: dict[str, dict[Settlement, None]] = defaultdict(dict)
        for key, settlement in named:
            by_key[key][settlement] = None
        self._by_key = {key: tuple(found) for key, found in by_key.items()}
        self._by_label = {
            name_key(settlement.label): settlement
            for found in self._by_key.values()
            for settlement in found
        }
        self._keys = sorted(self._by_key)
        self._tree = tree
        self._areas: dict[str, list[AreaNode]] = defaultdict(list)
        for area in tree.of_kinds("district", "county"):
            self._areas[name_key(area.name)].append(area)
        self._countries = {name_key(area.name) for area in tree.of_kinds("country")}
        self.longest = max((key.count(" ") + 1 for key in [*self._keys, *self._areas]), default=1)

    def named(self, key: str) -> tuple[Settlement, ...]:
        """The settlements of a name."""
        return self._by_key.get(key, ())

    def labelled(self, key: str) -> Settlement | None:
        """The settlement whose name with its detail was typed."""
        return self._by_label.get(key)

    def areas_named(self, key: str) -> list[AreaNode]:
        """The districts and counties of a name."""
        return self._areas.get(key, [])

    def is_country(self, key: str) -> bool:
        """Whether it names a country, which tells nothing apart."""
        return key in self._countries

    def areas_about(self, code: str) -> tuple[str, ...]:
        """An area, what contains it and what lies in it."""
        return self._tree.about(code)

    def areas_of(self, *codes: str) -> tuple[str, ...]:
        """Areas with what contains them, most local first, in the order given within a kind."""
        return self._tree.closure(codes)

    def label(self, settlement: Settlement) -> str:
        """How to show it: with its detail only if it has a namesake."""
        alone = len(self.named(name_key(settlement.name))) == 1
        return settlement.name if alone else settlement.label

    def corrected(self, key: str) -> str | None:
        """The only name one slip away, if it is long enough for that to be no accident.

        A slip is a letter added, left out, wrong, or swapped with its neighbour (optimal string
        alignment distance 1).
        """
        near = process.extract(key, self._keys, scorer=OSA.distance, score_cutoff=1, limit=5)
        found = [name for name, _, _ in near if len(name.replace(" ", "")) >= SURE_LETTERS]
        places = {settlement for name in found for settlement in self.named(name)}
        return found[0] if found and len({place.name for place in places}) == 1 else None

    def suggestions(self, keys: Iterable[str], limit: int = 5) -> tuple[str, ...]:
        """Names that may have been meant: those within the text, those it begins, those alike."""
        labels: dict[str, None] = {}
        for key in keys:
            for name in self._meant(key):
                labels.update(dict.fromkeys(self.label(place) for place in self.named(name)))
                if len(labels) >= limit:
                    return tuple(labels)[:limit]
        return tuple(labels)

    def _meant(self, key: str) -> Iterator[str]:
        words = key.split()
        for size in range(min(self.longest, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                inner = " ".join(words[start : start + size])
                if inner in self._by_key:
                    yield inner
        if len(key) >= 3:
            yield from (name for name in self._keys if name.startswith(key))
        alike = process.extract(key, self._keys, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=5)
        yield from (name for name, _, _ in alike)


_held: tuple[Stamp, Gazetteer] | None = None


def gazetteer() -> Gazetteer:
    """The names in force. One query, and two more in a process that has not read them yet."""
    global _held
    stamp = _stamp()
    held = _held
    if stamp and held and held[0] == stamp:
        return held[1]
    fresh = _read()
    if stamp:
        _held = (stamp, fresh)
    return fresh


def touch(**_: Any) -> None:
    """Say that an area has changed."""
    LoadedFixture.objects.filter(name=LoadedFixture.PLACES).update(loaded_at=timezone.now())


def connect() -> None:
    """Let every saved or deleted area be noticed. Loading the map says so itself."""
    post_save.connect(touch, sender=Area, dispatch_uid="gazetteer-save")
    post_delete.connect(touch, sender=Area, dispatch_uid="gazetteer-gone")


def _stamp() -> Stamp | None:
    """What was loaded last, and when. Every enquiry asks, so it is asked in plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT digest, loaded_at FROM directory_loadedfixture WHERE name = %s",
            [LoadedFixture.PLACES],
        )
        stamp: Stamp | None = cursor.fetchone()
    return stamp


def _read() -> Gazetteer:
    """The names in the same order whatever language the database sorts by: answers follow it."""
    rows = (
        Place.objects.filter(kind=Place.Kind.SETTLEMENT)
        .order_by()
        .values_list("key", "detail", "latitude", "longitude", "name", "areas", "exact")
    )
    named = [
        (key, Settlement(name, detail, Point(latitude, longitude), tuple(areas), exact))
        for key, detail, latitude, longitude, name, areas, exact in sorted(rows)
    ]
    areas = Area.objects.order_by().values_list("kind", "name", "code", "parent")
    tree = AreaTree(
        AreaNode(code, name, kind, parent or "")
        for kind, name, code, parent in sorted(areas, key=lambda row: row[:3])
    )
    return Gazetteer(named, tree)
