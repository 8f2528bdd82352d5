"""What a row does, and what a change of it does: said above its form."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.contrib.admin.utils import quote
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cms.vocabulary.training import is_suggested, state_of_training, what_is_read
from cms.vocabulary.uses import (
    counted,
    plural,
    services_of_need,
    services_of_presented,
    uses_of,
)
from directory.loading.kept import HUB
from directory.models import Area, Helpline, Level, Need, Outcome, Phrase, PresentedNeed


@dataclass(frozen=True, slots=True)
class Effect:
    """A sentence, and where it leads ("" for nowhere)."""

    text: str
    url: str = ""


def effects_of(row: Model) -> list[Effect]:
    """What the editor of `row` should know. A new row has what is said of its kind."""
    if row._state.adding:
        return [Effect(text) for text in _OF_NEW.get(type(row), ())]
    return list(_OF[type(row)](row))


def listings_to_reindex(row: Model, changed: set[str]) -> list[int]:
    """Live services that are found by the words of `row`, if these have changed."""
    if isinstance(row, Need) and changed & {"name", "plain_name"}:
        return list(services_of_need(row.pk).values_list("pk", flat=True))
    if isinstance(row, PresentedNeed) and "name" in changed:
        return list(services_of_presented(row.pk).values_list("pk", flat=True))
    return []


def _of_need(need: Need) -> Iterator[Effect]:
    yield from _used("need", need, "this need")
    phrases = Phrase.objects.filter(presented__need=need).count()
    where = reverse("vocabulary_phrase:index") + f"?need={need.pk}"
    yield Effect(f"{phrases:,} {plural('phrase', phrases)} teach the matcher to find it", where)
    reading = what_is_read(need.pk)
    if reading:
        yield Effect(reading)
    yield Effect(
        "A new name counts everywhere at the next request; services that are found by it are "
        "indexed again when you save."
    )


def _of_presented(presented: PresentedNeed) -> Iterator[Effect]:
    yield from _used("presented", presented, "this presented need")
    phrases = presented.phrases.count()
    where = reverse("vocabulary_phrase:index") + f"?presented={presented.pk}"
    yield Effect(f"{phrases:,} {plural('phrase', phrases)} are filed under it", where)
    yield Effect(state_of_training())


def _of_phrase(phrase: Phrase) -> Iterator[Effect]:
    yield Effect("A change counts for the matcher when it is trained next.")
    yield Effect(state_of_training())
    if phrase.source != HUB:
        yield Effect(
            f"It came with the file “{phrase.source}”. Once you change it, it is the hub's, and "
            "loading the files again leaves it so."
        )


def _of_outcome(outcome: Outcome) -> Iterator[Effect]:
    needs = uses_of(outcome)
    where = reverse("vocabulary_need:index") + f"?outcome={outcome.pk}"
    yield Effect(f"{counted(needs)} stand under it" if needs else "No need stands under it.", where)


def _of_level(level: Level) -> Iterator[Effect]:
    yield from _used("level", level, "this level")
    if is_suggested(level.pk):
        yield Effect("The matcher suggests it from what people write.")
    else:
        yield Effect(
            "The matcher never suggests it: it knows the five levels that came with it. People "
            "and services can choose it."
        )


def _of_area(area: Area) -> Iterator[Effect]:
    yield from _used("area", area, "this area")
    today = timezone.localdate()
    if area.valid_to and area.valid_to < today:
        yield Effect(
            f"It ended on {date_format(area.valid_to, 'j F Y')}. Services that still name it are "
            "found by those whose postcode still lies in it: ask them to name the area that "
            "follows, and load a map that knows that one."
        )
    elif area.valid_to:
        yield Effect(
            f"It ends on {date_format(area.valid_to, 'j F Y')}. Until then nothing changes; add "
            "the area that follows, and ask its services to name that too."
        )
    if area.valid_from and area.valid_from > today:
        yield Effect(f"It begins on {date_format(area.valid_from, 'j F Y')}.")


def _of_line(line: Helpline) -> Iterator[Effect]:
    where = "everywhere" if not line.areas else f"in {len(line.areas)} areas"
    needs = len(line.needs)
    yield Effect(f"It answers {where}, for {needs} {plural('need', needs)}.")
    yield Effect("A change counts in every answer at the next request.")


def _used(name: str, row: Model, what: str) -> Iterator[Effect]:
    """How many services use `row`, and what else does."""
    uses = uses_of(row)
    services = [use for use in uses if use.what == "service"]
    others = [use for use in uses if use.what != "service"]
    address = reverse(f"vocabulary_{name}:usage", args=[quote(row.pk)])
    if services:
        verb = "uses" if len(services) == 1 else "use"
        yield Effect(f"{counted(services)} {verb} {what}", address)
    else:
        yield Effect(f"No service uses {what}.")
    if others:
        yield Effect(f"Also in use by {counted(others)}", address)


_OF_NEW: dict[type[Model], tuple[str, ...]] = {
    Need: (
        "People can tick a new need at once, and services can name it.",
        "The matcher finds it in what people write once it has presented needs with phrases and "
        "was trained again; it is read by word counts alone, and less well than the others, until "
        "the small language model is fine-tuned (“manage.py finetune”).",
        "Give it a line of its own under National lines, so that nobody is left without an answer.",
    ),
    PresentedNeed: ("The matcher tells it apart once it has phrases and was trained again.",),
    Phrase: ("It counts for the matcher when it is trained next.",),
    Area: (
        "No postcode lies in a new area until a map is loaded that names it (“manage.py "
        "load_places”); services can name it at once.",
    ),
    Level: ("The matcher never suggests a level that you add. People and services can choose it.",),
}
_OF: dict[type[Model], Callable[..., Iterator[Effect]]] = {
    Need: _of_need,
    PresentedNeed: _of_presented,
    Phrase: _of_phrase,
    Outcome: _of_outcome,
    Level: _of_level,
    Area: _of_area,
    Helpline: _of_line,
}
