"""No wrong door: whatever is asked, from wherever, there is a named next step."""

import pytest
from django.conf import settings
from django.db import connection

from directory.models import Need, Place
from matching.enquiry import Enquiry
from matching.pipeline import answer
from matching.routes import COUNCIL_FINDER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("model")]

NEEDS = [
    "adult-mental-health", "adult-wellbeing", "adults-into-work", "care-and-repair",
    "community-grants", "community-groups", "crime-and-antisocial-behaviour", "debt-advice",
    "domestic-abuse", "early-years-health", "environmental-crime", "family-support",
    "fire-safety", "handy-persons", "housing-options", "independent-living", "nuisance",
    "parenting-support", "positive-activities", "revenue-and-benefits",
    "road-casualty-reduction", "school-attendance", "substance-misuse",
    "young-people-into-work", "youth-mediation", "youth-mental-health",
    "youth-offending-prevention",
]  # fmt: skip
ELSEWHERE = [
    None, "", "   ", "Atlantis", "asdkjhaskdjh", "SW1A 1AA", "ZE1", "BT1 1AA", "IP22", "IP20",
    "NR14", "NR35", "NR18 0", "NR18 0QB", "GIR 0AA", "EC1A 1BB", "12 Back Lane", "Norwich, Norfolk",
    "Di\x00ss", "NR18\x000QB", "\x00", "Diss \ud83d",
]  # fmt: skip
#: On other databases and beside OpenSearch, every so many places for each need: others for each.
_ELSEWHERE_EVERY = 6


def test_the_needs_tested_are_the_needs_there_are():
    assert set(Need.objects.values_list("code", flat=True)) == set(NEEDS)


@pytest.mark.parametrize("need", NEEDS)
def test_every_need_from_every_place_has_a_next_step(need):
    settlements = Place.objects.filter(kind="settlement").order_by("pk")
    places = [*settlements.values_list("name", flat=True).distinct()]
    assert len(places) > 600
    if settings.OPENSEARCH_URL or connection.vendor != "sqlite":
        # What leads to a next step is the same everywhere; the whole map is gone through once.
        places = places[NEEDS.index(need) % _ELSEWHERE_EVERY :: _ELSEWHERE_EVERY]
    places += ELSEWHERE
    for place in places:
        found = answer(Enquiry(needs=(need,), place=place))
        assert found.route.name, (need, place)
        assert found.route.phone or found.route.url, (need, place)
        assert found.route.why, (need, place)
        assert found.services, (need, place)
        assert [choice.needs for choice in found.package] == [(need,)], (need, place)


@pytest.mark.parametrize("need", NEEDS)
def test_without_any_listing_hub_or_line_there_is_still_a_next_step(need, empty_directory):
    from directory.models import Helpline, Hub

    for hub in Hub.objects.all():
        hub.delete()
    for line in Helpline.objects.all():
        line.delete()
    found = answer(Enquiry(needs=(need,), place="Diss"))
    assert found.services == ()
    assert found.unmet == (need,)
    assert found.route == COUNCIL_FINDER


@pytest.mark.parametrize(
    ("place", "hub"),
    [
        ("Diss", "Diss Early Help Hub"),
        ("Wymondham", "Wymondham Early Help Hub"),
        ("Costessey", "Costessey Early Help Hub"),
        ("IP22", "Diss Early Help Hub"),
    ],
)
def test_a_place_leads_to_its_own_hub(place, hub):
    route = answer(Enquiry(needs=("debt-advice",), place=place)).route
    assert (route.kind, route.name) == ("hub", hub)
    assert "onnector" in route.why


def test_far_away_the_route_is_a_national_line():
    route = answer(Enquiry(needs=("debt-advice",), place="ZE1")).route
    assert route.kind == "helpline"
    assert route.phone


@pytest.mark.parametrize(
    "text",
    [
        "hello", "?", "😀😀😀", "x" * 50_000, "word " * 10_000,
        "Dzień dobry, nie mówię po angielsku",
        "مرحبا كيف حالك", "<script>alert(1)</script>", "'; DROP TABLE directory_listing; --",
        "\x00", "a\x00b", "a \ud83d b", "\u202e\ufeff", "1234567890", "\n\n\t\n",
        "NEAR(a b) AND tags:*", "-" * 9_999,
    ],
)  # fmt: skip
def test_saying_nothing_useful_gets_a_kind_answer_with_a_route(text):
    found = answer(Enquiry(text=text, place="Diss"))
    assert found.route.name
    assert found.needs == ()


def test_more_needs_than_a_package_can_be_exact_for_are_still_answered():
    found = answer(Enquiry(needs=tuple(NEEDS), place="Wymondham", limit=50))
    assert not found.package_exact
    assert {need for choice in found.package for need in choice.needs} | set(found.unmet) == set(
        NEEDS
    )
