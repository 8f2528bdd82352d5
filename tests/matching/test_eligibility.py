"""Whether a service can take a household on, and the one condition that it fails."""

import pytest

from directory.geography.coverage import Coverage
from directory.reference import current_reference
from matching.answer import LevelOfNeed
from matching.eligibility import Household, age_range, explain, failures, fitting_age
from matching.enquiry import Member
from tests.matching.prospects import SUGGESTED, need, prospect

OUTSIDE = Coverage(False, "outside_area", 4.0, True)
CHOSEN = LevelOfNeed("targeted", suggested=False, why="", beside=("emerging", "intensive"))


def _household(*ages, members=None):
    people = tuple(Member("person", age) for age in ages)
    concerned = tuple(range(len(people))) if members is None else members
    return Household(people, (need("debt-advice", members=concerned),))


@pytest.mark.parametrize(
    ("values", "household", "level", "failed"),
    [
        ({}, _household(34), SUGGESTED, ()),
        ({"coverage": OUTSIDE}, _household(34), SUGGESTED, ("area",)),
        ({"minimum_age": 18}, _household(9), SUGGESTED, ("age",)),
        ({"minimum_age": 18}, _household(9, 34), SUGGESTED, ()),
        ({"minimum_age": 18}, _household(9, 34, members=(0,)), SUGGESTED, ()),
        ({"minimum_age": 18}, _household(9, None), SUGGESTED, ()),
        ({"minimum_age": 18}, _household(), SUGGESTED, ()),
        ({"maximum_age": 5}, _household(6), SUGGESTED, ("age",)),
        ({"minimum_age": 11, "maximum_age": 18}, _household(18), SUGGESTED, ()),
        ({"facets": {"levels": ["universal"]}}, _household(), CHOSEN, ("level",)),
        ({"facets": {"levels": ["emerging"]}}, _household(), CHOSEN, ()),
        ({"facets": {"levels": ["universal"]}}, _household(), SUGGESTED, ()),
        ({"facets": {"levels": []}}, _household(), CHOSEN, ()),
        ({"capacity": "closed"}, _household(), SUGGESTED, ("capacity",)),
        ({"capacity": "waiting_list"}, _household(), SUGGESTED, ()),
        (
            {"capacity": "closed", "coverage": OUTSIDE},
            _household(),
            SUGGESTED,
            ("area", "capacity"),
        ),
    ],
)
def test_conditions(values, household, level, failed):
    assert failures(prospect(**values), household, level) == failed


def test_the_fitting_age_is_that_of_somebody_with_the_need():
    household = _household(9, 15, 40, members=(1, 2))
    assert fitting_age(prospect(minimum_age=11, maximum_age=18), household) == 15
    assert fitting_age(prospect(minimum_age=60), household) is None


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, "For all ages"),
        (18, None, "For ages 18 and over"),
        (None, 5, "For ages up to 5"),
        (0, 5, "For ages up to 5"),
        (11, 18, "For ages 11 to 18"),
    ],
)
def test_ages_in_words(low, high, words):
    assert age_range(low, high) == words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("failure", "values", "audience", "words"),
    [
        (
            "area",
            {"coverage": OUTSIDE},
            "resident",
            "Too far: its nearest site is about 4 km away.",
        ),
        ("age", {"maximum_age": 5}, "resident", "For ages up to 5: 34 and 9 do not fit."),
        ("level", {"facets": {"levels": ["universal"]}}, "practitioner", "It works at Universal"),
        ("level", {"facets": {"levels": ["universal"]}}, "resident", "more or less help"),
        ("capacity", {"capacity": "closed"}, "resident", "closed to new people at the moment"),
        (
            "capacity",
            {"capacity": "closed", "facets": {"closed_until": "2026-12-01"}},
            "resident",
            "closed to new people until 1 December 2026",
        ),
    ],
)
def test_what_fails_is_said_to_who_asks(failure, values, audience, words):
    home = _household(34, 9)
    said = explain(failure, prospect(**values), home, CHOSEN, current_reference(), audience)
    assert words in said
    assert audience == "practitioner" or "Universal" not in said
