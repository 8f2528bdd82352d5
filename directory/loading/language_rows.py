"""From the files of the shared language to its rows, around what the hub keeps as its own."""

from collections.abc import Callable, Sequence
from itertools import count
from typing import TYPE_CHECKING

from directory.loading.kept import Kept, kept, phrase_key, said
from directory.models import Level, Need, Outcome, Phrase, PresentedNeed
from directory.reference import touch

if TYPE_CHECKING:
    from directory.loading.language import LanguageFiles, LevelRow, Line

Progress = Callable[[str], None]


def write(files: "LanguageFiles", progress: Progress, over_edits: bool) -> None:
    """Make the rows say what the files say, in the caller's transaction."""
    _write_needs(files, progress, over_edits)
    _write_presented(files, progress, over_edits)
    _write_levels(files.levels, progress, over_edits)
    touch()
    progress(f"{len(files.needs)} needs, {len(files.presented)} presented needs")
    _write_phrases(files.phrases, progress, over_edits)
    progress(f"{len(files.phrases)} phrases")


def _write_needs(files: "LanguageFiles", progress: Progress, over_edits: bool) -> None:
    held = kept(Outcome, over_edits)
    for outcome in files.outcomes:
        if str(outcome.number) not in held:
            Outcome.objects.update_or_create(
                number=outcome.number, defaults={"name": outcome.name, "source": outcome.source}
            )
    _say(progress, "outcomes", held, [str(row.number) for row in files.outcomes])
    held = kept(Need, over_edits)
    for need in files.needs:
        if need.code not in held:
            values = need.model_dump(exclude={"code", "outcome"}) | {"outcome_id": need.outcome}
            Need.objects.update_or_create(code=need.code, defaults=values)
    _say(progress, "needs", held, [row.code for row in files.needs])


def _write_presented(files: "LanguageFiles", progress: Progress, over_edits: bool) -> None:
    """Presented needs, without those of a need that the hub took out."""
    held = kept(PresentedNeed, over_edits)
    codes = set(Need.objects.values_list("code", flat=True))
    PresentedNeed.objects.bulk_create(
        [
            PresentedNeed(slug=r.slug, need_id=r.code, name=r.name, description=r.description)
            for r in files.presented
            if r.slug not in held and r.code in codes
        ],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["need", "name", "description"],
    )
    _say(progress, "presented needs", held, [row.slug for row in files.presented])


def _write_levels(rows: Sequence["LevelRow"], progress: Progress, over_edits: bool) -> None:
    """Levels; one whose place the hub has given to another goes to the next free place."""
    held = kept(Level, over_edits)
    taken = set(Level.objects.filter(code__in=held.changed).values_list("position", flat=True))
    for level in rows:
        if level.code in held:
            continue
        position = next(place for place in count(level.position) if place not in taken)
        taken.add(position)
        schemes = {"North Somerset": level.north_somerset, "Hertfordshire": level.hertfordshire}
        Level.objects.update_or_create(
            code=level.code,
            defaults={
                "name": level.name,
                "position": position,
                "description": level.description,
                "equivalents": {scheme: name for scheme, name in schemes.items() if name},
            },
        )
    _say(progress, "levels", held, [row.code for row in rows])


def _write_phrases(lines: Sequence["Line"], progress: Progress, over_edits: bool) -> None:
    """Phrases, without those that the hub reworded or took out, and those of rows it took out."""
    held = kept(Phrase, over_edits)
    owner = dict(PresentedNeed.objects.values_list("slug", "need_id"))
    codes = set(owner.values()) | set(Need.objects.values_list("code", flat=True))
    keys = [phrase_key(line.phrase.presented, line.phrase.text) for line in lines]
    Phrase.objects.filter(source__in={line.source for line in lines}).delete()
    Phrase.objects.bulk_create(
        [
            Phrase(
                presented_id=line.phrase.presented,
                text=line.phrase.text,
                register=line.phrase.register_,
                also_needs=[
                    code
                    for code in line.phrase.needs
                    if code != owner[line.phrase.presented] and code in codes
                ],
                source=line.source,
            )
            for line, key in zip(lines, keys, strict=True)
            if key not in held and line.phrase.presented in owner
        ],
        batch_size=1_000,
    )
    _say(progress, "phrases", held, keys, named=False)


def _say(
    progress: Progress, what: str, held: Kept, in_files: Sequence[str], named: bool = True
) -> None:
    words = said(what, held, in_files, named)
    if words:
        progress(words)
