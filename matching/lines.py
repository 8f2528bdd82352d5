"""The public lines: which of them serve a place, who they are for, and how one is reached."""

from calendar import day_name
from collections.abc import Iterable, Sequence

from directory.geography.place import ResolvedPlace
from directory.models import Helpline
from directory.reference import Reference
from matching.answer import Route, RouteKind
from matching.enquiry import Audience, Member
from matching.safeguarding import Who

#: Years: from here on somebody rings the lines for adults.
_ADULT = 18
#: Years: an enquiry about one younger child alone is another's, who did not say who they are.
_ASKS_ALONE = 11


def helpline_for(
    code: str, place: ResolvedPlace, reference: Reference, caller: Who = "unknown"
) -> Route | None:
    """The line for a need where the place is: for who rings before others, then a local one."""
    line = first(
        line
        for line in lines_around(place, reference, caller)
        if line.kind in ("helpline", "crisis") and code in line.needs
    )
    if line is None:
        return None
    name = reference.needs[code].plain_name if code in reference.needs else code
    return route_to(line, "helpline", f"It helps people {where_of(line, place)} with this: {name}.")


def lines_for(
    codes: Sequence[str], place: ResolvedPlace, reference: Reference, household: Sequence[Member],
    audience: Audience,
) -> tuple[Route | None, ...]:  # fmt: skip
    """For each need the line that helps with it where the place is; None where there is none."""
    caller = caller_of(household, audience)
    return tuple(helpline_for(code, place, reference, caller) for code in codes)


def lines_around(place: ResolvedPlace, reference: Reference, caller: Who) -> list[Helpline]:
    """Lines for `place`: those for who rings before others, then local ones before national."""
    lines = [line for line in reference.helplines if serves_area(line, place)]
    return sorted(lines, key=lambda line: (not _is_for(line, caller), not line.areas))


def serves_area(line: Helpline, place: ResolvedPlace) -> bool:
    """Whether the line answers people where the place is."""
    return not line.areas or bool(set(line.areas) & set(place.areas))


def meant_for(lines: Iterable[Helpline], who: Who) -> list[Helpline]:
    """Lines for a child, an adult or, when that is not known, for anybody; local ones first."""
    return sorted((line for line in lines if _is_for(line, who)), key=lambda line: not line.areas)


def _is_for(line: Helpline, who: Who) -> bool:
    return who == "unknown" or line.serves in (who, Helpline.For.EVERYONE)


def caller_of(household: Sequence[Member], audience: Audience = "resident") -> Who:
    """Who will ring: an adult where all are, a child who is alone, and else it is not known."""
    if audience == "practitioner":
        return "unknown"
    ages = [member.age for member in household if member.age is not None]
    if not ages or len(ages) < len(household):
        return "unknown"
    if min(ages) >= _ADULT:
        return "adult"
    return "child" if len(ages) == 1 and ages[0] >= _ASKS_ALONE else "unknown"


def where_of(line: Helpline, place: ResolvedPlace) -> str:
    """Where a line that serves `place` helps: there, or in the whole country."""
    return f"around {place.name}" if line.areas else "anywhere"


def route_to(line: Helpline, kind: RouteKind, why: str) -> Route:
    """The line as a route, with its hours after `why`."""
    said = [why.strip()]
    if line.text_number and not line.phone:
        # It cannot be rung, and a route's phone is.
        said.append(f"By text message: {line.text_number}.")
    if line.hours:
        said.append(f"Open: {hours_after_colon(line.hours)}.")
    return Route(kind=kind, name=line.name, phone=line.phone, url=line.url, why=" ".join(said))


def hours_after_colon(hours: str) -> str:
    """Hours as they stand after "Open:", and without the stop; days keep their capital."""
    starts_with_day = hours.startswith(tuple(day_name))
    return (hours if starts_with_day else hours[:1].lower() + hours[1:]).rstrip(".")


def first(lines: Iterable[Helpline]) -> Helpline | None:
    """The first of the lines, None where there is none."""
    return next(iter(lines), None)
