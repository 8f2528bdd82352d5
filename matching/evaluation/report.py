"""The evaluation in words: figures first, then each case that went wrong and why."""

from collections.abc import Iterator, Sequence

from matching.evaluation.cases import Case, SearchCase
from matching.evaluation.metrics import CaseFigures, SearchFigures, Shown, level_steps, score

_STORY = 140


def figures_table(cases: CaseFigures, searches: SearchFigures) -> Iterator[str]:
    """One figure a line."""
    yield f"Cases ({cases.cases})"
    yield f"  needs: precision {cases.precision:.2f}, recall {cases.recall:.2f}, F1 {cases.f1:.2f}"
    yield f"  first need is the one to act on first: {cases.primary_first:.2f}"
    yield f"  denied needs shown: {cases.denied_shown} of {cases.denied}"
    yield f"  denied needs shown as ruled out: {cases.denied_ruled_out} of {cases.denied}"
    yield (
        f"  safeguarding: found {cases.safeguarding_recall:.2f}, "
        f"false alarms {cases.false_alarms:.2f}"
    )
    yield f"  level: exact {cases.level_exact:.2f}, within one step {cases.level_within_one:.2f}"
    yield f"Searches ({searches.searches})"
    yield (
        f"  first need is expected: {searches.first:.2f}; any of three: {searches.any_of_three:.2f}"
    )
    if searches.without:
        yield (
            f"  nothing shown where nothing fits: "
            f"{searches.without_kept_empty} of {searches.without}"
        )


def failures(cases: Sequence[Case], shown: Sequence[Shown]) -> Iterator[str]:
    """Each case in which something is wrong, with what."""
    for case, seen in zip(cases, shown, strict=True):
        problems = list(_problems(case, seen))
        if problems:
            yield f"{case.id}: {_short(case.story)}"
            yield from (f"  {problem}" for problem in problems)


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
