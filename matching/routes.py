"""Where to turn next, whatever was found: the no-wrong-door rule.

In this order: the urgent route when there are signs of danger; the delivery hub for the place;
a line for the need; any hub when no place was given; and, if the install
has neither hubs nor lines yet, the council finder that serves the whole country.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from directory.geography.distance import distance_km
from directory.geography.place import Point, ResolvedPlace
from directory.models import Hub
from directory.reference import Reference
from matching.answer import Route
from matching.enquiry import Audience, Member
from matching.languages import Language
from matching.lines import (
    caller_of,
    first,
    helpline_for,
    hours_after_colon,
    lines_around,
    route_to,
    where_of,
)
from matching.safeguarding import Who
from matching.understood import Understood
from matching.urgent_routes import urgent_route

COUNCIL_FINDER = Route(
    kind="helpline",
    name="Your local council",
    phone="",
    url="https://www.gov.uk/find-local-council",
    why="Every council has a team that can point you to help near you.",
)

#: A line for so many needs is one for most things.
_MOST_THINGS = 4


def next_step(
    understood: Understood,
    place: ResolvedPlace,
    reference: Reference,
    unmet: tuple[str, ...],
    household: Sequence[Member] = (),
    audience: Audience = "resident",
) -> Route:
    """The one route that is always there. By `household` and `audience` the lines are chosen."""
    urgent = urgent_route(understood, place, reference, audience, household)
    route = urgent or _next_step(
        understood, place, reference, unmet, caller_of(household, audience)
    )
    if understood.language is None:
        return route
    return replace(route, why=f"{_interpreter(understood.language, route)} {route.why}")


def _interpreter(language: Language, route: Route) -> str:
    ask = (
        f"Ring and ask for an interpreter: say “{language.name}, please”."
        if route.phone
        else "Show this at a school, a doctor's or the council, and ask for an interpreter."
    )
    return (
        f"What was written seems to be in {language.name}, so we did not try to read it. {ask} "
        "In danger now: ring 999."
    )


def _next_step(
    understood: Understood,
    place: ResolvedPlace,
    reference: Reference,
    unmet: tuple[str, ...],
    caller: Who,
) -> Route:
    hub = hub_for(place, reference.hubs)
    if hub:
        return _hub_route(hub, place, unmet, reference)
    found = [helpline_for(c, place, reference, caller) for c in (*unmet, *understood.codes)]
    lines = [line for line in found if line]
    if understood.language:
        # An interpreter is asked for by voice.
        lines = [line for line in lines if line.phone]
    if lines:
        return lines[0]
    if place.status in ("none", "unknown") and reference.hubs:
        return _hub_anywhere(reference.hubs[0])
    return _general(place, reference, caller, understood.language)


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


def _hub_route(
    hub: Hub, place: ResolvedPlace, unmet: tuple[str, ...], reference: Reference
) -> Route:
    posts = [
        f"{post['title']} ({post['phone']})" if post.get("phone") else post["title"]
        for post in hub.connectors
    ]
    why = f"It is the early help hub for {place.name}: one call, and people there find the help."
    if place.status == "ambiguous" or place.point is None:
        # A district has several hubs, and of namesakes each may have another.
        why = "This hub or one near it is yours: whichever you ring, people there find the help."
        posts = []
    if hub.opening_hours:
        why += f" Open: {hours_after_colon(hub.opening_hours)}."
    if unmet:
        names = [reference.needs[code].plain_name for code in unmet if code in reference.needs]
        why += f" Ask there about: {'; '.join(names)}."
    if posts:
        can = "Its community connectors" if len(posts) > 1 else "Its community connector"
        why += f" {can} can come to you: {'; '.join(posts)}."
    return Route(kind="hub", name=hub.name, phone=hub.phone, url=hub.url, why=why)


def _hub_anywhere(hub: Hub) -> Route:
    return Route(
        kind="hub",
        name=hub.name,
        phone=hub.phone,
        url=hub.url,
        why="Ring any early help hub: wherever you start, people there find the right door.",
    )


def _general(
    place: ResolvedPlace, reference: Reference, caller: Who, language: Language | None
) -> Route:
    """A line for most things; beside another language, any that is for many and can be rung."""
    lines = [line for line in lines_around(place, reference, caller) if line.kind == "helpline"]
    many = [line for line in lines if len(line.needs) >= _MOST_THINGS]
    if language and not many:
        many = sorted((line for line in lines if line.phone), key=lambda line: -len(line.needs))
    line = first(many)
    if line is None:
        return COUNCIL_FINDER
    return route_to(line, "helpline", f"It helps people {where_of(line, place)} with most things.")


def _districts(hub: Hub) -> set[str]:
    """The first area above the hub's own: the district it works in."""
    return set(hub.within[:1])


def _km(hub: Hub, point: Point) -> float:
    if hub.latitude is None or hub.longitude is None:
        return float("inf")
    return distance_km(Point(hub.latitude, hub.longitude), point)
