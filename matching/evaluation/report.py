"""The evaluation in words: figures first, then each case that went wrong and why."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from matching.evaluation.bootstrap import Interval
from matching.evaluation.cases import Case, SearchCase
from matching.evaluation.confusion import calibration, confused
from matching.evaluation.metrics import CaseFigures, SearchFigures, Shown, level_steps, score
from matching.evaluation.robustness import Drop

_STORY = 140
#: Cases whose clauses are printed.
_WORST = 5


def case_lines(name: str, cases: CaseFigures, spread: Mapping[str, Interval]) -> Iterator[str]:
    """The figures of a file of cases, with the 95 % intervals that `spread` has."""

    def said(figure: str) -> str:
        return _said(getattr(cases, figure), figure, spread)

    yield f"{name} ({cases.cases} cases), with 95 % intervals"
    yield f"  needs: precision {said('precision')}, recall {said('recall')}, F1 {said('f1')}"
    yield f"  first need is the one to act on first: {said('primary_first')}"
    yield f"  denied needs shown: {cases.denied_shown} of {cases.denied}"
    yield f"  denied needs shown as ruled out: {cases.denied_ruled_out} of {cases.denied}"
    yield (
        f"  safeguarding: found {said('safeguarding_recall')}, false alarms {said('false_alarms')}"
    )
    yield f"  level: exact {said('level_exact')}, within one step {said('level_within_one')}"


def search_lines(searches: SearchFigures, spread: Mapping[str, Interval]) -> Iterator[str]:
    """The figures of searches, with the 95 % intervals that `spread` has."""
    yield f"Searches ({searches.searches})"
    yield (
        f"  first need is expected: {_said(searches.first, 'first', spread)}; "
        f"any of three: {_said(searches.any_of_three, 'any_of_three', spread)}"
    )
    if searches.without:
        yield (
            f"  nothing shown where nothing fits: "
            f"{searches.without_kept_empty} of {searches.without}"
        )


def _said(figure: float, name: str, spread: Mapping[str, Interval]) -> str:
    if name not in spread:
        return f"{figure:.2f}"
    low, high = spread[name]
    return f"{figure:.2f} [{low:.2f}–{high:.2f}]"


def failures(
    cases: Sequence[Case], shown: Sequence[Shown], clauses: Callable[[Case], Iterator[str]]
) -> Iterator[str]:
    """Each case in which something is wrong, with what, the worst first.

    `clauses` says how each clause of a case was read; it is asked for the worst few.
    """
    wrong = [(case, list(_problems(case, seen))) for case, seen in zip(cases, shown, strict=True)]
    worst = sorted((row for row in wrong if row[1]), key=lambda row: -len(row[1]))
    for place, (case, problems) in enumerate(worst):
        yield f"{case.id}: {_short(case.story)}"
        yield from (f"  {problem}" for problem in problems)
        if place < _WORST:
            yield from (f"    {line}" for line in clauses(case))


def confusion_lines(cases: Sequence[Case], shown: Sequence[Shown]) -> Iterator[str]:
    """Needs that were taken for others more than once."""
    yield "Missed need → need shown in its place"
    for missed, extra, times in confused(cases, shown):
        if times > 1:
            yield f"  {missed} → {extra}: {times}"


def calibration_lines(cases: Sequence[Case], shown: Sequence[Shown]) -> Iterator[str]:
    """How often a confidence was right."""
    yield "Confidence: said on average, right"
    for band in calibration(cases, shown):
        yield (
            f"  {band.low:.1f}–{band.high:.1f}: {band.said:.2f} said, {band.right:.2f} right "
            f"({band.shown} needs)"
        )


def robustness_lines(lost: Iterable[Drop]) -> Iterator[str]:
    """What other ways of typing the same messages cost."""
    yield "The same messages otherwise: F1, act first (points lost)"
    for drop in lost:
        yield (
            f"  {drop.name}: {drop.figures.f1:.2f}, {drop.figures.primary_first:.2f} "
            f"({100 * drop.f1_lost:+.0f}, {100 * drop.first_lost:+.0f})"
        )


def _problems(case: Case, seen: Shown) -> Iterator[str]:
    scored = score(case, seen)
    quotes = dict(zip(seen.needs, seen.quotes, strict=False))
    if case.safeguarding and not seen.urgent:
        yield "DANGER MISSED"
    if seen.urgent and not case.safeguarding:
        yield "false alarm"
    for code in scored.missed:
        yield f"missed {code}" + (", shown as ruled out" if code in seen.ruled_out else "")
    for code in scored.extra:
        label = "denied but shown" if code in scored.denied else "extra"
        yield f"{label} {code}{_because(quotes.get(code))}"
    if seen.needs[:1] != (case.primary,):
        first = seen.needs[0] if seen.needs else "nothing"
        yield f"first is {first}, should be {case.primary}"
    if level_steps(case.level, seen.level) > 1:
        yield f"level {seen.level}, should be {case.level}"


def _because(quote: tuple[float, tuple[str, ...]] | None) -> str:
    if quote is None:
        return ""
    confidence, evidence = quote
    return f" ({confidence:.2f}): “{'” “'.join(evidence)}”"


def search_failures(cases: Sequence[SearchCase], shown: Sequence[Shown]) -> Iterator[str]:
    """Each search whose first need is not expected."""
    for case, seen in zip(cases, shown, strict=True):
        found = ", ".join(seen.needs) or "nothing"
        if case.expected and not set(case.expected) & set(seen.needs[:1]):
            yield f"“{case.query}”: {found}; expected {' or '.join(case.expected)}"
        elif not case.expected and seen.needs:
            yield f"“{case.query}”: {found}; expected nothing"


def _short(story: str) -> str:
    return story if len(story) <= _STORY else f"{story[:_STORY].rstrip()}…"
