"""Measures of what was understood against labels: pure functions of values."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.evaluation.cases import Case, SearchCase
from matching.understanding.corpus import LEVELS


@dataclass(frozen=True, slots=True)
class Shown:
    """What was shown for a message. `needs` in order, the one to act on first at the front.

    `quotes`: for each need its confidence (0–1) and the words quoted for it.
    """

    needs: tuple[str, ...]
    ruled_out: tuple[str, ...] = ()
    level: str = LEVELS[0]
    urgent: bool = False
    quotes: tuple[tuple[float, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """Needs of one case: rightly shown, shown without cause, missed, and denied but shown."""

    right: tuple[str, ...]
    extra: tuple[str, ...]
    missed: tuple[str, ...]
    denied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """Figures over cases, each 0–1, counted over all needs of all cases together (micro)."""

    cases: int
    precision: float
    recall: float
    f1: float
    primary_first: float
    denied_shown: int
    denied: int
    denied_ruled_out: int
    safeguarding_recall: float
    false_alarms: float
    level_exact: float
    level_within_one: float


@dataclass(frozen=True, slots=True)
class SearchFigures:
    """Figures over searches with an expected need, and how many of the others showed none."""

    searches: int
    first: float
    any_of_three: float
    without: int
    without_kept_empty: int


def score(case: Case, shown: Shown) -> Scored:
    """Compare needs; `acceptable` ones are neither right nor extra nor missed."""
    wanted, either = set(case.needs), set(case.acceptable)
    return Scored(
        right=tuple(code for code in shown.needs if code in wanted),
        extra=tuple(code for code in shown.needs if code not in wanted and code not in either),
        missed=tuple(code for code in case.needs if code not in shown.needs),
        denied=tuple(code for code in case.negations if code in shown.needs),
    )


def share(part: int, whole: int) -> float:
    """part ÷ whole, 0 when there is nothing to count."""
    return part / whole if whole else 0.0


def f_measure(precision: float, recall: float) -> float:
    """The harmonic mean (F1)."""
    both = precision + recall
    return 2 * precision * recall / both if both else 0.0


def case_figures(cases: Sequence[Case], shown: Sequence[Shown]) -> CaseFigures:
    """Figures over cases and what was shown for each, in the same order."""
    pairs = list(zip(cases, shown, strict=True))
    scores = [score(case, seen) for case, seen in pairs]
    right = sum(len(one.right) for one in scores)
    precision = share(right, right + sum(len(one.extra) for one in scores))
    recall = share(right, right + sum(len(one.missed) for one in scores))
    away = [level_steps(case.level, seen.level) for case, seen in pairs]
    danger = [seen.urgent for case, seen in pairs if case.safeguarding]
    others = [seen.urgent for case, seen in pairs if not case.safeguarding]
    return CaseFigures(
        cases=len(pairs),
        precision=precision,
        recall=recall,
        f1=f_measure(precision, recall),
        primary_first=share(
            sum(seen.needs[:1] == (case.primary,) for case, seen in pairs), len(pairs)
        ),
        denied_shown=sum(len(one.denied) for one in scores),
        denied=sum(len(case.negations) for case in cases),
        denied_ruled_out=sum(
            len(set(case.negations) & set(seen.ruled_out)) for case, seen in pairs
        ),
        safeguarding_recall=share(sum(danger), len(danger)),
        false_alarms=share(sum(others), len(others)),
        level_exact=share(sum(step == 0 for step in away), len(away)),
        level_within_one=share(sum(step <= 1 for step in away), len(away)),
    )


def level_steps(one: str, other: str) -> int:
    """How many steps two levels are apart; a code of another scheme is as far as can be."""
    if one not in LEVELS or other not in LEVELS:
        return len(LEVELS)
    return abs(LEVELS.index(one) - LEVELS.index(other))


def search_figures(cases: Sequence[SearchCase], shown: Sequence[Shown]) -> SearchFigures:
    """Whether the first need is one of those expected, and whether any of the first three is."""
    pairs = list(zip(cases, shown, strict=True))
    asked = [(set(case.expected), seen.needs) for case, seen in pairs if case.expected]
    others = [seen.needs for case, seen in pairs if not case.expected]
    return SearchFigures(
        searches=len(asked),
        first=share(sum(bool(wanted & set(needs[:1])) for wanted, needs in asked), len(asked)),
        any_of_three=share(
            sum(bool(wanted & set(needs[:3])) for wanted, needs in asked), len(asked)
        ),
        without=len(others),
        without_kept_empty=sum(not needs for needs in others),
    )
