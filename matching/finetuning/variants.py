"""Variants of messages as hurried people write them, so that the encoder does not mind."""

import random
import re
from collections.abc import Callable
from dataclasses import replace

from matching.finetuning.told import UNKNOWN, Part, Told
from matching.understanding.status import STATUSES

_CONTEXT = STATUSES.index("context")
_PRESENT = STATUSES.index("present")
_GREETINGS = (
    "Hi,", "Hello,", "Good morning,", "Dear team,", "Hi there, hope you are well.",
    "hello can you help", "Hiya,", "To whom it may concern,", "Morning all,", "Afternoon,",
)  # fmt: skip
_FAREWELLS = (
    "Thanks", "Many thanks.", "Kind regards", "thank you", "Thanks in advance.", "Best wishes,",
    "please ring me", "Cheers", "Sent from my phone", "Hope that's ok.",
)  # fmt: skip
_LONG_WORD = re.compile(r"[a-z]{6,}", re.IGNORECASE)
_STOPS = re.compile(r"[.,;:!?–—\-…()\"“”]+")


def varied(told: Told, chance: random.Random) -> Told:
    """The same message written otherwise, with what is still known of it."""
    roll = chance.random()
    if len(told.parts) > 1:
        if roll < 0.25:
            told = _fewer_parts(told, chance)
        elif roll < 0.55:
            told = _reordered(told, chance)
    if told.members and chance.random() < 0.3:
        told = replace(told, members=())
    if chance.random() < 0.08:
        told = _with_courtesies(told, chance)
    roll = chance.random()
    if roll < 0.15:
        told = _rewritten(told, lambda text: _STOPS.sub(" ", text).strip() or text)
    elif roll < 0.25:
        told = _rewritten(told, lambda text: _misspelt(text, chance))
    return told


def composed(phrases: list[Told], others: list[Told], chance: random.Random) -> Told:
    """A message put together from phrases and from clauses that deny, are past or say nothing."""
    stated = chance.sample(phrases, chance.choice((1, 1, 1, 2)))
    needs = tuple({code: None for told in stated for code in told.needs or ()})
    rest = []
    for told in chance.sample(others, chance.choice((1, 1, 2, 3))):
        part = told.parts[0]
        if part.status != _PRESENT and not set(part.named or ()) & set(needs):
            rest.append(part)
    parts = [part for told in stated for part in told.parts] + rest
    chance.shuffle(parts)
    first = stated[0].first if len(stated) == 1 else None
    return Told(tuple(parts), needs=needs, first=first)


def _fewer_parts(told: Told, chance: random.Random) -> Told:
    kept = sorted(chance.sample(range(len(told.parts)), chance.randint(1, len(told.parts) - 1)))
    parts = tuple(told.parts[place] for place in kept)
    if told.needs is None:
        return replace(told, parts=parts)
    stated = {code for part in parts for code in part.stated}
    needs = tuple(code for code in told.needs if code in stated)
    first = told.first if told.first and set(told.first) <= set(needs) else None
    danger = 0 if told.danger == 0 else UNKNOWN
    either = (*told.either, *(stated - set(told.needs)))
    return replace(
        told, parts=parts, needs=needs, either=either, first=first, level=UNKNOWN, danger=danger
    )


def _reordered(told: Told, chance: random.Random) -> Told:
    """The sentences in another order: what is told first need not be what to act on first."""
    sentences: list[list[Part]] = []
    ended = True
    for part in told.parts:
        if ended:
            sentences.append([])
        sentences[-1].append(part)
        ended = part.text.endswith((".", "!", "?", "…"))
    if len(sentences) == 1:
        return replace(told, parts=tuple(chance.sample(told.parts, len(told.parts))))
    shuffled = chance.sample(sentences, len(sentences))
    return replace(told, parts=tuple(part for sentence in shuffled for part in sentence))


def _with_courtesies(told: Told, chance: random.Random) -> Told:
    hello = Part(chance.choice(_GREETINGS), (), (), _CONTEXT)
    goodbye = Part(chance.choice(_FAREWELLS), (), (), _CONTEXT)
    return replace(told, parts=(hello, *told.parts, goodbye))


def _rewritten(told: Told, change: Callable[[str], str]) -> Told:
    return replace(told, parts=tuple(replace(part, text=change(part.text)) for part in told.parts))


def _misspelt(text: str, chance: random.Random) -> str:
    """One slip of the finger in about a third of the long words."""

    def slip(match: re.Match[str]) -> str:
        word = match[0]
        if chance.random() > 0.35:
            return word
        at = chance.randint(1, len(word) - 3)
        kind = chance.randint(0, 3)
        if kind == 0:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if kind == 1:
            return word[:at] + word[at + 1 :]
        if kind == 2:
            return word[:at] + word[at] + word[at:]
        return word[:at] + chance.choice("abcdefghijklmnoprstuvwy") + word[at + 1 :]

    return _LONG_WORD.sub(slip, text)
