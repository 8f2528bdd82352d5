"""Where to turn when there are signs of danger: by who is in danger, how, and where."""

from collections.abc import Iterator, Sequence

from directory.geography.place import ResolvedPlace
from directory.models import Helpline
from directory.reference import Reference
from matching.answer import Route
from matching.enquiry import Audience, Member
from matching.lines import caller_of, first, meant_for, route_to, serves_area
from matching.safeguarding import Signs
from matching.understood import Understood

#: Signs that call for 999 before anything else.
_EMERGENCIES = frozenset({"medical", "immediate"})
_AT_RISK = "What you wrote may mean that somebody is at risk. In danger now: ring 999."


def urgent_route(
    understood: Understood,
    place: ResolvedPlace,
    reference: Reference,
    audience: Audience = "resident",
    household: Sequence[Member] = (),
) -> Route | None:
    """The line for signs of danger: by who is in danger, how, and where."""
    signs = understood.signs
    if not signs.urgent:
        return None
    lines = [line for line in reference.helplines if serves_area(line, place)]
    emergency = first(line for line in lines if line.kind == "emergency")
    by_danger = () if signs.kind in _EMERGENCIES else _by_danger(lines, signs, audience, household)
    line = first(by_danger)
    if line:
        return route_to(line, "safeguarding", f"{_AT_RISK} {line.description}")
    return route_to(emergency, "emergency", "Somebody may be in danger now.") if emergency else None


def _by_danger(
    lines: Sequence[Helpline], signs: Signs, audience: Audience, household: Sequence[Member]
) -> Iterator[Helpline]:
    """Lines for who is in danger, the best first.

    A crisis line for somebody's own life; then for adults, and for whoever is missing, the line for
    this danger; then the front door where the place is, by the line for professionals or that of
    the public. A child that asks for itself far from one is given a line for children.
    """
    for_who = meant_for(lines, signs.who)
    doors = [line for line in for_who if line.kind == "safeguarding"]
    if signs.kind == "self_harm":
        yield from (line for line in for_who if line.kind == "crisis")
    if signs.who != "child" or signs.kind == "missing":
        yield from (line for line in for_who if signs.kind in line.dangers)
    if audience == "practitioner":
        yield from (line for line in doors if line.professionals)
    public = [line for line in doors if not line.professionals]
    yield from (line for line in public if line.areas)
    asks_itself = signs.child_writes or caller_of(household) == "child"
    if signs.who == "child" and audience == "resident" and asks_itself:
        yield from (line for line in for_who if line.serves == "child" and line.kind == "crisis")
    yield from public
