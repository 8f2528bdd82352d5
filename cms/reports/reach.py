"""How far services reach into areas: everywhere in one, in a part of it, or not at all.

An area is judged by the towns and villages in it: the rule that decides whether a service covers
a place is asked of each (`directory.geography.coverage.covers`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from directory.geography.areas import AreaNode, AreaTree
from directory.geography.coverage import ServiceReach, covers, place_tokens, reach_tokens
from directory.geography.place import Point, ResolvedPlace
from directory.models import Area, Place


@dataclass(frozen=True, slots=True)
class Ground:
    """The places by which some areas are judged: `within` are positions in `places`, by area."""

    places: tuple[ResolvedPlace, ...]
    within: dict[str, frozenset[int]]
    _by_token: dict[str, set[int]] = field(repr=False)
    _known: dict[ServiceReach, frozenset[int]] = field(repr=False, default_factory=dict)

    def covered(self, reach: ServiceReach) -> frozenset[int]:
        """The places that a service covers."""
        reach = _what_decides(reach)
        if reach not in self._known:
            near: set[int] = set()
            for token in reach_tokens(reach):
                near |= self._by_token.get(token, set())
            self._known[reach] = frozenset(
                number for number in near if covers(reach, self.places[number]).covered
            )
        return self._known[reach]

    def reached(self, reach: ServiceReach) -> dict[str, bool]:
        """The areas that a service reaches, and whether it reaches all of each."""
        covered = self.covered(reach)
        return {
            code: places <= covered
            for code, places in self.within.items()
            if not places.isdisjoint(covered)
        }


def areas_of_kind(kind: str, today: date) -> list[Area]:
    """The areas of a kind that there are today, by name."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=today)
    going_on = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    areas = Area.objects.filter(begun, going_on, kind=kind).defer("boundary")
    return sorted(areas, key=lambda area: (area.name, area.code))


def ground(codes: Collection[str]) -> Ground:
    """The places of some areas (two queries)."""
    tree = _tree()
    places: list[ResolvedPlace] = []
    within: dict[str, set[int]] = {code: set() for code in codes}
    for place in _settlements(tree):
        inside = within.keys() & set(place.areas)
        for code in inside:
            within[code].add(len(places))
        if inside:
            places.append(place)
    for code in (code for code, numbers in within.items() if not numbers):
        # An area without a town or village on the map: all that is known is what contains it.
        within[code].add(len(places))
        places.append(ResolvedPlace("found", areas=tree.about(code), exact=False))
    return Ground(
        places=tuple(places),
        within={code: frozenset(numbers) for code, numbers in within.items()},
        _by_token=_by_token(places),
    )


def _tree() -> AreaTree:
    rows = Area.objects.order_by("code").values_list("code", "name", "kind", "parent_id")
    return AreaTree(AreaNode(code, name, kind, parent or "") for code, name, kind, parent in rows)


def _settlements(tree: AreaTree) -> Iterable[ResolvedPlace]:
    rows = Place.objects.filter(kind=Place.Kind.SETTLEMENT, exact=True).order_by("pk")
    for latitude, longitude, areas in rows.values_list("latitude", "longitude", "areas"):
        yield ResolvedPlace("found", point=Point(latitude, longitude), areas=tree.closure(areas))


def _by_token(places: Sequence[ResolvedPlace]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for number, place in enumerate(places):
        for token in place_tokens(place):
            found[token].add(number)
    return found


def _what_decides(reach: ServiceReach) -> ServiceReach:
    """The part of a reach that decides what it covers: thousands of services share a few."""
    if reach.national:
        return ServiceReach(national=True, areas=(), sites=(), remote=False)
    if reach.areas:
        areas = tuple(sorted(reach.areas))
        return ServiceReach(national=False, areas=areas, sites=(), remote=False)
    return reach
