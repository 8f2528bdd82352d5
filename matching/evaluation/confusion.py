"""Where needs are taken for others, and whether the confidence that is shown is kept."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from matching.evaluation.cases import Case
from matching.evaluation.metrics import Shown, score


@dataclass(frozen=True, slots=True)
class Band:
    """Needs shown with a confidence in one band: what was said on average, and how many right."""

    low: float
    high: float
    shown: int
    said: float
    right: float


def confused(cases: Sequence[Case], shown: Sequence[Shown]) -> list[tuple[str, str, int]]:
    """(missed need, need shown in its place, times), most frequent first.

    Each missed need of a case is held against each extra one; with none, against "nothing".
    """
    pairs: Counter[tuple[str, str]] = Counter()
    for case, seen in zip(cases, shown, strict=True):
        scored = score(case, seen)
        for missed in scored.missed:
            pairs.update((missed, extra) for extra in scored.extra or ("nothing",))
        if not scored.missed:
            pairs.update(("nothing", extra) for extra in scored.extra)
    return [(*pair, times) for pair, times in sorted(pairs.items(), key=lambda p: (-p[1], p[0]))]


def calibration(cases: Sequence[Case], shown: Sequence[Shown], bands: int = 5) -> list[Band]:
    """Needs that were shown, by confidence; `acceptable` ones count neither way."""
    said: list[list[tuple[float, bool]]] = [[] for _ in range(bands)]
    for case, seen in zip(cases, shown, strict=True):
        for code, (confidence, _) in zip(seen.needs, seen.quotes, strict=True):
            if code not in case.acceptable:
                place = min(int(confidence * bands), bands - 1)
                said[place].append((confidence, code in case.needs))
    return [
        Band(
            low=place / bands,
            high=(place + 1) / bands,
            shown=len(rows),
            said=sum(confidence for confidence, _ in rows) / len(rows),
            right=sum(right for _, right in rows) / len(rows),
        )
        for place, rows in enumerate(said)
        if rows
    ]
