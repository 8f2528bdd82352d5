"""The same messages as other people would have typed them: what is understood must hold."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from matching.evaluation.cases import Case
from matching.evaluation.metrics import CaseFigures, Shown, case_figures
from matching.understanding.retelling import reordered

_STOPS = re.compile(r"[.,;:!?–—…()\"“”]+|(?<=\s)-(?=\s)")
_LONG_WORD = re.compile(r"[^\W\d_]{7,}")


@dataclass(frozen=True, slots=True)
class Drop:
    """One way of writing: F1 and act-first, and how much each lost against the original."""

    name: str
    figures: CaseFigures
    f1_lost: float
    first_lost: float


def in_capitals(text: str) -> str:
    return text.upper()


def without_punctuation(text: str) -> str:
    return " ".join(_STOPS.sub(" ", text).split())


def with_slips(text: str) -> str:
    """Two letters changed over in the middle of each word of seven letters or more."""
    chance = random.Random(text)

    def slip(match: re.Match[str]) -> str:
        word = match[0]
        at = chance.randint(2, len(word) - 3)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    return _LONG_WORD.sub(slip, text)


def with_greetings(text: str) -> str:
    return f"Hello there, I hope you are well. {text} Thanks so much for your help, kind regards."


WAYS: dict[str, Callable[[str], str]] = {
    "in capitals": in_capitals,
    "without punctuation": without_punctuation,
    "a slip in each long word": with_slips,
    "sentences in another order": reordered,
    "greetings around it": with_greetings,
}


def drops(
    cases: Sequence[Case],
    shown: Sequence[Shown],
    see: Callable[[Sequence[Case]], Sequence[Shown]],
) -> Iterator[Drop]:
    """Each way of writing the same cases. `shown`: of the originals; `see` answers cases."""
    before = case_figures(cases, shown)
    for name, way in WAYS.items():
        after = case_figures(cases, see([replace(case, story=way(case.story)) for case in cases]))
        yield Drop(name, after, before.f1 - after.f1, before.primary_first - after.primary_first)
