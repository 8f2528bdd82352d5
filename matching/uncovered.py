"""Needs that nobody here covers: for each where to turn instead, and what just misses it."""

from dataclasses import dataclass
from itertools import chain, repeat

from matching.answer import Answer, NearMiss, Route
from matching.routes import COUNCIL_FINDER


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A need by code, a route that can help with it, and the near miss to look at first."""

    code: str
    route: Route
    near_miss: NearMiss | None


def uncovered(answer: Answer) -> tuple[Uncovered, ...]:
    """The needs of `answer.unmet`, each with its own line.

    Where a need has no line, the hub of the answer helps with anything, and the council where
    there is no hub. A line for another need or for danger does not.
    """
    anything = answer.route if answer.route.kind == "hub" else COUNCIL_FINDER
    lines = chain(answer.unmet_routes, repeat(None))
    return tuple(
        Uncovered(code, line or anything, _near_miss(answer, code))
        for code, line in zip(answer.unmet, lines, strict=False)
    )


def _near_miss(answer: Answer, code: str) -> NearMiss | None:
    """What just misses a need: first what is closed, which fits in all else and may open again."""
    misses = [miss for miss in answer.near_misses if code in miss.needs]
    return min(misses, key=lambda miss: miss.failed != "capacity", default=None)
