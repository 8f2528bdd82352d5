"""From what somebody typed for where they live to a place. Nothing typed is kept or logged."""

from collections.abc import Sequence
from dataclasses import replace

from directory.geography.distance import distance_km
from directory.geography.gazetteer import Gazetteer, Settlement, gazetteer
from directory.geography.names import cleaned, name_key
from directory.geography.place import NOWHERE, Point, ResolvedPlace
from directory.geography.postcode_places import locate
from directory.geography.postcodes import read_end, read_inside, read_whole
from directory.geography.typed_name import Part, is_street, parts_of

#: Namesakes in the same areas no further apart than this are one place.
SAME_KM = 5.0
#: A village lies at most so far from the post town that is given with it.
POST_TOWN_KM = 25.0
#: Namesakes named when a name is ambiguous.
NAMESAKES = 8


def resolve(text: str | None) -> ResolvedPlace:
    """Understand a postcode, part of one, a town or village, or a whole address.

    Never raises; what is not recognised is "unknown", with suggestions. `name` is always a stored
    name, never what was typed. A name is put right without asking only if one slip in a long name
    leaves one candidate. At most two queries, and two more in a process's first look-up of a name.
    """
    typed = cleaned(text or "")
    if not typed:
        return NOWHERE
    found = locate(read_whole(typed) or read_inside(typed))
    if found:
        return found
    before, code = read_end(typed)
    around = locate([code]) if code and name_key(before) else None
    names = gazetteer()
    if around is None:
        return _named(typed, names)
    return _within(around, _named(before, names, around), names)


def _named(text: str, names: Gazetteer, around: ResolvedPlace | None = None) -> ResolvedPlace:
    """A place by its name, near `around` if an outcode was given with it."""
    exactly = names.labelled(name_key(text))
    if exactly:
        return _found(exactly, names)
    parts = parts_of(text, names)
    settlements = [part for part in parts if part.kind == "settlement"]
    areas = [part for part in parts if part.kind == "area"]
    if any(part.kind == "other" and not part.address for part in parts):
        return _unknown(text, parts, names)
    if not settlements:
        return _only_area(areas, names) if areas else _unknown(text, parts, names)
    fitting = _fitting(settlements, areas, around, names)
    if not fitting:
        return _unknown(text, settlements, names)
    if len(fitting) > 1 and not _one_place(fitting):
        return _ambiguous(fitting, names)
    # A town alone after a street may be the post town of a village.
    posted = len(settlements) == 1 and any(part.kind == "other" for part in parts)
    return _found(fitting[0], names, sure=not posted)


def _within(code: ResolvedPlace, named: ResolvedPlace, names: Gazetteer) -> ResolvedPlace:
    """A name with an outcode or sector ("Diss IP22"): in doubt the code, names being post towns.

    The name gives the point if it lies where the code may; the areas are still all of the code's.
    """
    if named.status != "found" or named.point is None or not set(named.areas) <= set(code.areas):
        return code
    return replace(named, areas=names.areas_of(*named.areas, *code.areas), exact=code.exact)


def _fitting(
    settlements: Sequence[Part],
    areas: Sequence[Part],
    around: ResolvedPlace | None,
    names: Gazetteer,
) -> list[Settlement]:
    """The places of the first name that agree with everything else said; none if nothing does.

    A first name that does not, and that streets have too, was a street: then the next is tried.
    """
    head, *others = settlements
    left = list(names.named(head.key))
    for part in areas:
        codes = {area.code for area in names.areas_named(part.key)}
        left = [place for place in left if codes & set(place.areas)]
    for part in others:
        left = _near(left, [place.point for place in names.named(part.key)])
    if around and around.point:
        left = _near(left, [around.point])
    if not left and others and is_street(head.key):
        return _fitting(others, areas, around, names)
    return left


def _near(places: list[Settlement], points: Sequence[Point]) -> list[Settlement]:
    """The places near one of `points`; only the nearest if all others are twice as far."""
    by_distance = sorted(
        ((min(distance_km(place.point, point) for point in points), place) for place in places),
        key=lambda pair: pair[0],
    )
    near = [(km, place) for km, place in by_distance if km <= POST_TOWN_KM]
    if len(near) > 1 and near[1][0] > 2 * near[0][0]:
        near = near[:1]
    return [place for _, place in near]


def _one_place(places: Sequence[Settlement]) -> bool:
    first = places[0]
    return all(
        place.areas == first.areas and distance_km(place.point, first.point) <= SAME_KM
        for place in places[1:]
    )


def _found(settlement: Settlement, names: Gazetteer, sure: bool = True) -> ResolvedPlace:
    return ResolvedPlace(
        status="found",
        name=names.label(settlement),
        kind="settlement",
        point=settlement.point,
        areas=settlement.areas,
        exact=settlement.exact and sure,
    )


def _ambiguous(places: Sequence[Settlement], names: Gazetteer) -> ResolvedPlace:
    return ResolvedPlace(
        status="ambiguous",
        name=places[0].name,
        kind="settlement",
        areas=names.areas_of(*(code for place in places for code in place.areas)),
        exact=False,
        suggestions=tuple(names.label(place) for place in places[:NAMESAKES]),
    )


def _only_area(parts: Sequence[Part], names: Gazetteer) -> ResolvedPlace:
    """A district or county typed alone: somewhere in it, so it may be any area within."""
    area = names.areas_named(parts[0].key)[0]
    return ResolvedPlace(
        status="found",
        name=area.name,
        kind=area.kind,
        areas=names.areas_about(area.code),
        exact=False,
    )


def _unknown(text: str, parts: Sequence[Part], names: Gazetteer) -> ResolvedPlace:
    if not parts:
        return ResolvedPlace(status="unknown")
    keys = [*(part.key for part in parts if not part.address), name_key(text)]
    return ResolvedPlace(status="unknown", suggestions=names.suggestions(keys))
