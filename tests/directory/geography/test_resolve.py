"""From what people type for where they live to a place."""

import logging
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.geography.place import NOWHERE
from directory.geography.resolve import resolve
from directory.loading.digest import remember
from directory.models import Area, LoadedFixture, Place

pytestmark = pytest.mark.django_db

SOUTH_NORFOLK = "E07000149"
QUICK_SECONDS = 1.0


@pytest.mark.parametrize("text", [None, "", "   ", "\0", "\n"])
def test_nothing_typed_is_no_place(text):
    assert resolve(text) == NOWHERE


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("NR18 0QB", "postcode", "NR18 0QB"),
        ("nr180qb", "postcode", "NR18 0QB"),
        ("NR18  0QB", "postcode", "NR18 0QB"),
        ("N R18 0QB", "postcode", "NR18 0QB"),
        ("NR18-0QB.", "postcode", "NR18 0QB"),
        ("NR18 OQB", "postcode", "NR18 0QB"),
        ("NRI8 0QB", "postcode", "NR18 0QB"),
        ("ＮＲ１８ ０ＱＢ", "postcode", "NR18 0QB"),
        ("NR18 0ZZ", "outcode", "NR18"),
        ("NR18 0", "sector", "NR18 0"),
        ("NR180", "sector", "NR18 0"),
        ("NR18 0Q", "sector", "NR18 0"),
        ("NR18 9ZZ", "outcode", "NR18"),
        ("nr18", "outcode", "NR18"),
        ("SW1A 1AA", "outcode", "SW1A"),
        ("BT1 5GS", "outcode", "BT1"),
        ("Diss", "settlement", "Diss"),
        ("DISS, Norfolk", "settlement", "Diss"),
        ("Diss, Norfolk, UK", "settlement", "Diss"),
        ("Diss Norfolk England", "settlement", "Diss"),
        ("Norwich", "settlement", "Norwich"),
        ("Norwich city centre", "settlement", "Norwich"),
        ("I live in Acle", "settlement", "Acle"),
        ("near Diss", "settlement", "Diss"),
        ("long-stratton", "settlement", "Long Stratton"),
        ("Kings Lynn", "settlement", "King's Lynn"),
        ("King’s Lynn", "settlement", "King's Lynn"),
        ("Pulham St. Mary", "settlement", "Pulham St Mary"),
        ("Pulham Saint Mary", "settlement", "Pulham St Mary"),
        ("Gt Yarmouth", "settlement", "Great Yarmouth"),
        ("Cossey", "settlement", "Costessey"),
        ("Dereham", "settlement", "East Dereham"),
        ("Wymondham nr Norwich", "settlement", "Wymondham"),
        ("Wymondham, Norwich", "settlement", "Wymondham"),
        ("Poringland near Norwich", "settlement", "Poringland"),
        ("Wymondham (South Norfolk)", "settlement", "Wymondham"),
        ("South Norfolk", "district", "South Norfolk"),
        ("Norfolk", "county", "Norfolk"),
    ],
)
def test_what_people_type_is_found(typed, kind, name):
    place = resolve(typed)
    assert (place.status, place.kind, place.name) == ("found", kind, name)


@pytest.mark.parametrize(
    ("typed", "name", "exact"),
    [
        ("12 High Street, Diss IP22 4AB", "IP22 4AB", True),
        ("Norwich, NR1 1AA", "NR1 1AA", True),
        ("12 High Street, Diss", "Diss", False),
        ("12 Norwich Road, Wymondham", "Wymondham", False),
        ("3 The Street, Pulham Market, Diss, Norfolk", "Pulham Market", True),
        ("3 The Street Pulham Market Diss", "Pulham Market", True),
        ("Flat 2\nThe Old Rectory\nHethersett\nNorwich", "Hethersett", True),
        ("12 The Street NR18", "NR18", False),
    ],
)
def test_a_whole_address_gives_its_postcode_or_else_its_village(typed, name, exact):
    place = resolve(typed)
    assert (place.status, place.name, place.exact) == ("found", name, exact)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Wymondam", "Wymondham"),
        ("Wymondahm", "Wymondham"),
        ("Wymondam nr Norwich", "Wymondham"),
        ("Long Straton", "Long Stratton"),
        ("Hunstanten", "Hunstanton"),
        ("Dickelburgh", "Dickleburgh"),
    ],
)
def test_one_slip_in_a_long_name_is_put_right_and_shown(typed, name):
    place = resolve(typed)
    assert (place.status, place.name) == ("found", name)


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("Wyndham", "Wymondham"),
        ("Wym", "Wymondham"),
        ("Attleboro", "Attleborough"),
        ("Dis", "Diss"),
        ("Xyzzy, Norwich", "Norwich"),
        ("Diss, Suffolk", "Diss"),
        ("Wymondham, Leicestershire", "Wymondham"),
        ("Roydon near Kings Lynn", "Roydon"),
    ],
)
def test_a_guess_is_only_suggested(typed, suggestion):
    place = resolve(typed)
    assert (place.status, place.areas, place.point) == ("unknown", (), None)
    assert suggestion in place.suggestions
    assert len(place.suggestions) <= 5


@pytest.mark.parametrize("typed", ["GIR 0AA", "JE2 3AB", "ZZ9 9ZZ", "England", "Flat B2", "SOL"])
def test_what_is_not_a_place_here_is_unknown(typed):
    assert resolve(typed).status == "unknown"


def test_namesakes_are_ambiguous_and_each_suggestion_typed_back_is_found():
    place = resolve("Great Green")
    assert (place.status, place.point, place.exact) == ("ambiguous", None, False)
    found = [resolve(suggestion) for suggestion in place.suggestions]
    assert len(found) > 1
    assert {one.status for one in found} == {"found"}
    assert {one.name for one in found} == set(place.suggestions)
    assert set(place.areas) == {code for one in found for code in one.areas}


def test_every_settlement_can_be_typed_with_its_detail():
    for name, detail in Place.objects.filter(kind="settlement").values_list("name", "detail"):
        assert resolve(f"{name} ({detail})").status == "found"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Hopton, Suffolk", "Hopton (West Suffolk)"),
        ("Hopton near Great Yarmouth", "Hopton (Great Yarmouth)"),
        ("Keswick, South Norfolk", "Keswick (South Norfolk)"),
        ("Great Green IP20", "Great Green (near Denton, South Norfolk)"),
    ],
)
def test_what_is_said_besides_tells_namesakes_apart(typed, name):
    place = resolve(typed)
    assert (place.status, place.name) == ("found", name)


def test_namesakes_side_by_side_in_the_same_areas_are_one_place():
    for detail, longitude in (("east", 1.11), ("west", 1.10)):
        Place.objects.create(
            kind="settlement",
            key="twinford",
            name="Twinford",
            detail=detail,
            latitude=52.4,
            longitude=longitude,
            areas=[SOUTH_NORFOLK],
        )
    _changed()
    place = resolve("Twinford")
    assert (place.status, place.name) == ("found", "Twinford (east)")


def test_an_outcode_may_lie_in_each_district_it_straddles():
    place = resolve("IP22")
    districts = Area.objects.filter(code__in=place.areas, kind="district")
    assert not place.exact
    assert len(districts) > 1


def test_an_outcode_of_one_district_is_exact():
    assert resolve("NR17").exact


def test_a_post_town_with_an_outcode_is_wherever_the_outcode_may_be():
    assert resolve("Norwich NR18").name == "NR18"
    assert SOUTH_NORFOLK in resolve("Norwich NR4").areas


def test_a_village_with_an_outcode_keeps_its_point_and_its_own_areas_first():
    village, with_code = resolve("Mulbarton"), resolve("Mulbarton NR14")
    assert with_code.point == village.point
    assert with_code.areas[0] == village.areas[0]
    assert set(village.areas) < set(with_code.areas)


@pytest.mark.parametrize("typed", ["NR18 0QB", "NR18 0", "NR18", "Diss", "Great Green", "Norfolk"])
def test_areas_come_most_local_first_up_to_the_country(typed):
    order = ["parish", "locality", "district", "county", "country"]
    kinds = dict(Area.objects.values_list("code", "kind"))
    ranks = [order.index(kinds[code]) for code in resolve(typed).areas]
    assert ranks == sorted(ranks)
    assert ranks[-1] == len(order) - 1


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "NR1 " * 5_000,
        "O" * 10_000,
        "Diss, " * 3_000,
        "a\0b",
        "\ud800",
        "😀😀😀",
        "ﷺ" * 500,
        "'; DROP TABLE directory_place; --",
        "<script>alert('Diss')</script>",
        "%_%_%",
        '" OR 1=1',
        "((((((((((",
        "near nr near , ; ()",
    ],
)
def test_hostile_input_is_answered_quickly_and_never_repeated(text):
    resolve("Diss")
    begun = time.perf_counter()
    place = resolve(text)
    assert time.perf_counter() - begun < QUICK_SECONDS
    assert text not in (place.name, *place.suggestions)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=60))
def test_whatever_is_typed_the_name_is_a_stored_one(db, text):
    place = resolve(text)
    assert place.status in ("found", "ambiguous", "unknown", "none")
    assert bool(place.name) == (place.status in ("found", "ambiguous"))


@pytest.mark.parametrize(
    "typed", ["NR18 0QB", "NR18 0ZZ", "NR18 0", "NR18", "Diss", "Great Green", "Diss IP22"]
)
def test_a_hit_takes_at_most_two_queries(typed, django_assert_max_num_queries):
    resolve("Diss")
    with django_assert_max_num_queries(2):
        resolve(typed)


def test_names_are_read_anew_when_the_map_is_loaded_anew():
    assert resolve("Newplace").status == "unknown"
    Place.objects.create(
        kind="settlement", key="newplace", name="Newplace", latitude=52.4, longitude=1.1
    )
    _changed()
    assert resolve("Newplace").status == "found"


def test_nothing_that_was_typed_is_logged(caplog):
    with caplog.at_level(logging.DEBUG, logger="directory"):
        resolve("12 Secret Lane, Diss")
        resolve("my name is Secret")
    assert "ecret" not in caplog.text


def _changed() -> None:
    """As loading the map does: say that it is another one."""
    remember(LoadedFixture.PLACES, "0" * 64)
