"""Where to turn next, whatever was found: the no-wrong-door rule.

In this order: the urgent route when there are signs of danger; the delivery hub for the place;
a line for the need; the hub nearest in name when no place was given; and, if the install
has neither hubs nor lines yet, the council finder that serves the whole country.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from directory.geography.distance import distance_km
from directory.geography.place import Point, ResolvedPlace
from directory.models import Helpline, Hub
from directory.reference import Reference
from matching.answer import Route
from matching.enquiry import Member
from matching.languages import Language
from matching.safeguarding import Who
from matching.understood import Understood

COUNCIL_FINDER = Route(
    kind="helpline",
    name="Your local council",
    phone="",
    url="https://www.gov.uk/find-local-council",
    why="Every council has a team that can point you to help near you.",
)

#: Years: from here on somebody rings the lines for adults.
_ADULT = 18
#: Years: an enquiry about one younger child alone is another's, who did not say who they are.
_ASKS_ALONE = 11
#: Signs that call for 999 before anything else.
_EMERGENCIES = frozenset({"medical", "immediate"})


def urgent_route(
    understood: Understood, place: ResolvedPlace, reference: Reference
) -> Route | None:
    """The line for signs of danger: by who is in danger, how, and where."""
    signs = understood.signs
    if not signs.urgent:
        return None
    lines = [line for line in reference.helplines if _serves_area(line, place)]
    emergency = _first(line for line in lines if line.kind == "emergency")
    if signs.kind in _EMERGENCIES and emergency:
        return _line(emergency, "emergency", "Somebody may be in danger now.")
    kinds = ("crisis", "safeguarding") if signs.kind == "self_harm" else ("safeguarding",)
    for kind in kinds:
        line = _first(line for line in _for(lines, signs.who) if line.kind == kind)
        if line:
            why = "What you wrote may mean that somebody is at risk. In danger now: ring 999."
            return _line(line, "safeguarding", why)
    return _line(emergency, "emergency", "Somebody may be in danger now.") if emergency else None


def next_step(
    understood: Understood,
    place: ResolvedPlace,
    reference: Reference,
    unmet: tuple[str, ...],
    household: Sequence[Member] = (),
) -> Route:
    """The one route that is always there. `household`: by it the lines are chosen."""
    route = _next_step(understood, place, reference, unmet, _caller(household))
    if understood.language is None:
        return route
    return replace(route, why=f"{_interpreter(understood.language)} {route.why}")


def _interpreter(language: Language) -> str:
    return (
        f"What was written seems to be in {language.name}, so we did not try to read it. Ring and "
        f"ask for an interpreter: say “{language.name}, please”. In danger now: ring 999."
    )


def _next_step(
    understood: Understood,
    place: ResolvedPlace,
    reference: Reference,
    unmet: tuple[str, ...],
    caller: Who,
) -> Route:
    urgent = urgent_route(understood, place, reference)
    if urgent:
        return urgent
    hub = hub_for(place, reference.hubs)
    if hub:
        return _hub_route(hub, place, unmet, reference)
    for code in (*unmet, *understood.codes):
        line = helpline_for(code, place, reference, caller)
        if line:
            return line
    if place.status in ("none", "unknown") and reference.hubs:
        return _hub_anywhere(reference.hubs[0])
    return _general(place, reference, caller)


def hub_for(place: ResolvedPlace, hubs: Iterable[Hub]) -> Hub | None:
    """The hub whose area the place lies in, or the nearest one of the same district."""
    areas = set(place.areas)
    own = [hub for hub in hubs if areas & set(hub.areas)]
    if own:
        return own[0]
    around = [hub for hub in hubs if areas & _districts(hub)]
    point = place.point
    if point is None:
        return around[0] if around else None
    return min(around, key=lambda hub: _km(hub, point), default=None)


def helpline_for(
    code: str, place: ResolvedPlace, reference: Reference, caller: Who = "unknown"
) -> Route | None:
    """The line for a need where the place is: for who rings before others, then a local one."""
    line = _first(
        line
        for line in _helplines(place, reference, caller)
        if line.kind in ("helpline", "crisis") and code in line.needs
    )
    if line is None:
        return None
    name = reference.needs[code].plain_name if code in reference.needs else code
    return _line(line, "helpline", f"It helps people {_where(line, place)} with this: {name}.")


def _hub_route(
    hub: Hub, place: ResolvedPlace, unmet: tuple[str, ...], reference: Reference
) -> Route:
    posts = [
        f"{post['title']} ({post['phone']})" if post.get("phone") else post["title"]
        for post in hub.connectors
    ]
    why = f"It is the early help hub for {place.name}: one call, and people there find the help."
    if unmet:
        names = [reference.needs[code].plain_name for code in unmet if code in reference.needs]
        why += f" Ask there about: {'; '.join(names)}."
    if posts:
        why += f" Its community connectors can come to you: {'; '.join(posts)}."
    return Route(kind="hub", name=hub.name, phone=hub.phone, url=hub.url, why=why)


def _hub_anywhere(hub: Hub) -> Route:
    return Route(
        kind="hub",
        name=hub.name,
        phone=hub.phone,
        url=hub.url,
        why="Ring any early help hub: wherever you start, people there find the right door.",
    )


def _general(place: ResolvedPlace, reference: Reference, caller: Who) -> Route:
    line = _first(
        line
        for line in _helplines(place, reference, caller)
        if line.kind == "helpline" and len(line.needs) > 3
    )
    if line is None:
        return COUNCIL_FINDER
    return _line(line, "helpline", f"It helps people {_where(line, place)} with most things.")


def _line(line: Helpline, kind: str, why: str) -> Route:
    phone = line.phone or line.text_number
    return Route(
        kind=kind,  # type: ignore[arg-type]
        name=line.name,
        phone=phone,
        url=line.url,
        why=f"{why} {line.hours}".strip(),
    )


def _serves_area(line: Helpline, place: ResolvedPlace) -> bool:
    return not line.areas or bool(set(line.areas) & set(place.areas))


def _where(line: Helpline, place: ResolvedPlace) -> str:
    """Where a line that serves `place` helps: there, or in the whole country."""
    return f"around {place.name}" if line.areas else "anywhere"


def _helplines(place: ResolvedPlace, reference: Reference, caller: Who) -> list[Helpline]:
    """Lines for `place`: those for who rings before others, then local ones before national."""
    lines = [line for line in reference.helplines if _serves_area(line, place)]
    return sorted(lines, key=lambda line: (not _is_for(line, caller), not line.areas))


def _caller(household: Sequence[Member]) -> Who:
    """Who will ring: an adult where all are, a child who is alone, and else it is not known."""
    ages = [member.age for member in household if member.age is not None]
    if not ages or len(ages) < len(household):
        return "unknown"
    if min(ages) >= _ADULT:
        return "adult"
    return "child" if len(ages) == 1 and ages[0] >= _ASKS_ALONE else "unknown"


def _for(lines: Iterable[Helpline], who: Who) -> list[Helpline]:
    """Lines for a child, an adult or, when that is not known, for anybody; local ones first."""
    return sorted((line for line in lines if _is_for(line, who)), key=lambda line: not line.areas)


def _is_for(line: Helpline, who: Who) -> bool:
    return who == "unknown" or line.serves in (who, Helpline.For.EVERYONE)


def _districts(hub: Hub) -> set[str]:
    """The first area above the hub's own: the district it works in."""
    return set(hub.within[:1])


def _km(hub: Hub, point: Point) -> float:
    if hub.latitude is None or hub.longitude is None:
        return float("inf")
    return distance_km(Point(hub.latitude, hub.longitude), point)


def _first(lines: Iterable[Helpline]) -> Helpline | None:
    return next(iter(lines), None)
