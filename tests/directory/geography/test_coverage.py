"""Covers a place: the one rule, as a table."""

import pytest

from directory.geography.coverage import ServiceReach, covers
from directory.geography.place import NOWHERE, Point, ResolvedPlace

HERE = Point(52.40, 1.10)
NEAR = Point(52.50, 1.10)  # 11.1 km
FAR = Point(52.60, 1.10)  # 22.2 km
ABROAD = Point(54.60, -5.90)

AREAS = ("parish-a", "locality-a", "district-a", "county-a", "country-a")
VILLAGE = ResolvedPlace("found", "Village", "settlement", HERE, AREAS)
OUTCODE = ResolvedPlace("found", "ZZ1", "outcode", HERE, ("district-a", "district-b"), exact=False)
FARAWAY = ResolvedPlace("found", "ZZ9", "outcode", ABROAD, ("district-z",))
NAMESAKES = ResolvedPlace(
    "ambiguous", "Ton", "settlement", None, ("district-a", "district-b"), False
)
UNMAPPED = ResolvedPlace("found", "ZZ8", "outcode", HERE)
UNKNOWN = ResolvedPlace("unknown", suggestions=("Village",))


def reach(*areas, national=False, sites=(), remote=False, km=16.0):
    return ServiceReach(national, areas, tuple(sites), remote, km)


TABLE = [
    # what the service says, where, covered, kind, km, exact
    (reach(national=True), VILLAGE, True, "national", None, True),
    (reach(national=True), NOWHERE, True, "national", None, True),
    (reach(national=True), OUTCODE, True, "national", None, True),
    (reach("district-z", national=True, sites=[FAR]), VILLAGE, True, "national", 22.2, True),
    (reach("district-a"), VILLAGE, True, "area", None, True),
    (reach("parish-a"), VILLAGE, True, "area", None, True),
    (reach("county-a"), VILLAGE, True, "area", None, True),
    (reach("country-a", "district-z"), VILLAGE, True, "area", None, True),
    (reach("district-a", sites=[FAR]), VILLAGE, True, "area", 22.2, True),
    (reach("district-a"), OUTCODE, True, "area", None, False),
    (reach("district-b", sites=[NEAR]), OUTCODE, True, "area", 11.1, False),
    (reach("district-b"), NAMESAKES, True, "area", None, False),
    (reach("district-z"), VILLAGE, False, "outside_area", None, True),
    (reach("district-z", sites=[HERE]), VILLAGE, False, "outside_area", 0.0, True),
    (reach("district-z", remote=True), VILLAGE, False, "outside_area", None, True),
    (reach("district-z"), NAMESAKES, False, "outside_area", None, False),
    (reach("district-a"), FARAWAY, False, "outside_area", None, True),
    (reach("district-a", sites=[HERE]), UNMAPPED, False, "outside_area", 0.0, True),
    (reach(sites=[HERE]), VILLAGE, True, "near", 0.0, True),
    (reach(sites=[NEAR]), VILLAGE, True, "near", 11.1, True),
    (reach(sites=[FAR, NEAR]), VILLAGE, True, "near", 11.1, True),
    (reach(sites=[NEAR], remote=True), VILLAGE, True, "near", 11.1, True),
    (reach(sites=[NEAR]), OUTCODE, True, "near", 11.1, False),
    (reach(sites=[NEAR]), UNMAPPED, True, "near", 11.1, True),
    (reach(sites=[FAR], km=25), VILLAGE, True, "near", 22.2, True),
    (reach(sites=[FAR]), VILLAGE, False, "too_far", 22.2, True),
    (reach(sites=[FAR]), OUTCODE, False, "too_far", 22.2, False),
    (reach(sites=[NEAR], km=5), VILLAGE, False, "too_far", 11.1, True),
    (reach(sites=[FAR], remote=True), VILLAGE, True, "remote", 22.2, True),
    (reach(remote=True), VILLAGE, True, "remote", None, True),
    (reach(remote=True), NAMESAKES, True, "remote", None, True),
    (reach(), VILLAGE, True, "unstated", None, True),
    (reach(), OUTCODE, True, "unstated", None, False),
    (reach(sites=[HERE]), NAMESAKES, True, "unstated", None, False),
    (reach("district-a", sites=[HERE]), NOWHERE, True, "anywhere", None, False),
    (reach(sites=[HERE]), UNKNOWN, True, "anywhere", None, False),
    (reach(), UNKNOWN, True, "anywhere", None, False),
]


@pytest.mark.parametrize(("service", "place", "covered", "kind", "km", "exact"), TABLE)
def test_covers(service, place, covered, kind, km, exact):
    verdict = covers(service, place)
    assert (verdict.covered, verdict.kind) == (covered, kind)
    assert verdict.distance_km == km
    assert verdict.exact is exact


def test_a_service_without_a_site_never_vanishes_because_a_place_was_given():
    for place in (VILLAGE, OUTCODE, FARAWAY, NAMESAKES, UNMAPPED, UNKNOWN, NOWHERE):
        assert covers(reach(), place).covered
