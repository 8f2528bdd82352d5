"""How far a service reaches into an area: as the one rule says of the places in it."""

import pytest

from cms.reports.reach import areas_of_kind, ground
from directory.geography.coverage import ServiceReach, covers
from directory.geography.place import Point
from directory.models import Area, Listing, Place
from directory.search.document import reach_of

pytestmark = pytest.mark.django_db

HERE, THERE, FAR = Point(60.0, -1.0), Point(60.1, -1.0), Point(61.0, -1.0)


@pytest.fixture
def valley() -> str:
    """An area with two villages, one of them an area by itself."""
    Area.objects.create(code="valley", name="Valley", kind="locality")
    Area.objects.create(code="upper", name="Upper", kind="parish")
    for name, point, areas in (("Here", HERE, ["upper", "valley"]), ("There", THERE, ["valley"])):
        Place.objects.create(
            kind="settlement", key=name.lower(), name=name, areas=areas,
            latitude=point.latitude, longitude=point.longitude,
        )  # fmt: skip
    return "valley"


def _reach(**values) -> ServiceReach:
    return ServiceReach(**{"national": False, "areas": (), "sites": (), "remote": False, **values})


@pytest.mark.parametrize(
    ("reach", "reached"),
    [
        (_reach(national=True), True),
        (_reach(areas=("valley",)), True),
        (_reach(areas=("upper",)), False),
        (_reach(areas=("E07000149",)), None),
        (_reach(areas=("E07000149",), sites=(HERE,), remote=True), None),
        (_reach(remote=True), True),
        (_reach(), True),
        (_reach(sites=(HERE,)), True),
        (_reach(sites=(Point(59.9, -1.0),)), False),
        (_reach(sites=(FAR,)), None),
        (_reach(sites=(FAR,), remote=True), True),
    ],
)
def test_all_of_it_a_part_of_it_or_nothing(valley, reach, reached):
    assert ground([valley]).reached(reach).get(valley) is reached


def test_an_area_without_villages_is_judged_by_what_contains_it(valley):
    Area.objects.create(code="moor", name="Moor", kind="parish", parent_id="valley")
    reached = ground(["moor"]).reached
    assert reached(_reach(areas=("valley",))) == {"moor": True}
    assert reached(_reach(areas=("upper",))) == {}


def test_it_is_the_rule_of_the_search_for_every_live_listing():
    """Grouping services that reach alike, and asking only about near places, changes nothing."""
    codes = list(Area.objects.values_list("code", flat=True))
    places = ground(codes)
    for facets in Listing.objects.live().values_list("facets", flat=True):
        reach = reach_of(facets)
        expected = {
            number for number, place in enumerate(places.places) if covers(reach, place).covered
        }
        assert places.covered(reach) == expected


def test_only_areas_of_today_are_asked_about(valley):
    from datetime import date

    Area.objects.create(code="gone", name="Gone", kind="locality", valid_to=date(2020, 1, 1))
    Area.objects.create(
        code="to-come", name="To come", kind="locality", valid_from=date(2099, 1, 1)
    )
    codes = {area.code for area in areas_of_kind("locality", date(2026, 1, 1))}
    assert "valley" in codes
    assert not codes & {"gone", "to-come"}
