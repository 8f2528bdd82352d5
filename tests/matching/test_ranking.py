"""The score is the sum of what its features add, and each feature moves the rank as it says."""

from datetime import date, timedelta

import pytest

from directory.geography.coverage import Coverage
from matching.answer import FinerNeed, LevelOfNeed
from matching.at_home import Household
from matching.enquiry import Member
from matching.features import NAMES, features
from matching.ranking import SPEAK_AT_NOTHING, rank, weights
from tests.matching.prospects import SUGGESTED, need, prospect

TODAY = date(2026, 5, 1)
NEEDS = (
    need("debt-advice", presented=(FinerNeed("bailiffs", "Bailiffs are at the door"),)),
    need("housing-options"),
)
HOUSEHOLD = Household((Member("parent", 34), Member("child", 9)), NEEDS)


def _ranked(services, needs=NEEDS, household=HOUSEHOLD, level=SUGGESTED):
    return rank(services, features(services, needs, household, level, TODAY))


def test_contributions_add_up_to_the_score():
    services = [
        prospect({"debt-advice": 1.0, "housing-options": 0.6}, assured=str(TODAY)),
        prospect({"housing-options": 1.0}, capacity="waiting_list", free=False, text_score=2.0),
    ]
    for service in _ranked(services):
        assert sum(term.amount for term in service.contributions) == pytest.approx(service.score)


def test_what_adds_nothing_but_speaks_against_a_service_is_kept_and_comes_last():
    far = Coverage(True, "area", 60.0, True)
    [service] = _ranked([prospect(free=False, facets={"levels": ["statutory"]}, coverage=far)])
    amounts = [term.amount for term in service.contributions]
    nothing = [term.feature for term in service.contributions if term.amount == 0]
    assert set(nothing) == SPEAK_AT_NOTHING
    assert amounts == sorted(amounts, reverse=True)
    assert sum(amounts) == pytest.approx(service.score)


def test_other_features_that_add_nothing_are_no_contributions():
    [service] = _ranked([prospect(facets={"completeness": 0.0}, assured=str(TODAY))])
    assert all(term.amount > 0 for term in service.contributions)
    assert not {"text", "completeness", "language", "delivery"} & {
        term.feature for term in service.contributions
    }


def test_every_feature_lies_between_nothing_and_one():
    services = [
        prospect(text_score=score, coverage=Coverage(True, "area", km, True), capacity=capacity)
        for score in (0.0, 3.0)
        for km in (None, 0.0, 400.0)
        for capacity in ("open", "limited", "waiting_list", "closed")
    ]
    table = features(services, NEEDS, HOUSEHOLD, SUGGESTED, TODAY)
    assert table.shape == (len(services), len(NAMES))
    assert table.min() >= 0
    assert table.max() <= 1


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param({"needs": {"debt-advice": 1.0, "housing-options": 1.0}}, {}, id="more needs"),
        pytest.param({}, {"needs": {"housing-options": 1.0}}, id="the first need"),
        pytest.param({}, {"needs": {"debt-advice": 0.6}}, id="a main need"),
        pytest.param({"text_score": 2.0}, {"text_score": 1.0}, id="closer words"),
        pytest.param({}, {"coverage": Coverage(True, "national", 5.0, True)}, id="local"),
        pytest.param({}, {"coverage": Coverage(True, "near", 14.0, True)}, id="nearer"),
        pytest.param({"minimum_age": 18}, {}, id="for this age rather than all"),
        pytest.param({"facets": {"levels": ["emerging"]}}, {}, id="at this level"),
        pytest.param({}, {"facets": {"levels": ["intensive"]}}, id="not at another level"),
        pytest.param(
            {"facets": {"levels": ["targeted"]}},
            {"facets": {"levels": ["intensive"]}},
            id="a step away before two",
        ),
        pytest.param({"facets": {"presented": ["bailiffs"]}}, {}, id="the finer need"),
        pytest.param({}, {"capacity": "limited"}, id="open before nearly full"),
        pytest.param({"capacity": "limited"}, {"capacity": "waiting_list"}, id="before a wait"),
        pytest.param(
            {"capacity": "waiting_list", "facets": {"waiting_weeks": 2}},
            {"capacity": "waiting_list", "facets": {"waiting_weeks": 30}},
            id="a short wait before a long one",
        ),
        pytest.param({"facets": {"delivery": ["home_visit"]}}, {}, id="comes to the home"),
        pytest.param({}, {"free": False}, id="free"),
        pytest.param({"facets": {"interpreters": True}}, {}, id="interpreters"),
        pytest.param(
            {"assured": str(TODAY)}, {"assured": str(TODAY - timedelta(days=400))}, id="fresh"
        ),
        pytest.param({"facets": {"completeness": 1.0}}, {}, id="a full listing"),
    ],
)
def test_everything_else_equal_a_feature_decides(better, worse):
    services = [prospect(name="worse", **worse), prospect(name="better", **better)]
    assert [service.prospect.name for service in _ranked(services)] == ["better", "worse"]


@pytest.mark.parametrize(
    ("at_its_best", "at_its_worst"),
    [
        pytest.param({"text_score": 9.0}, {}, id="text"),
        pytest.param(
            {"coverage": Coverage(True, "near", 0.0, True)},
            {"coverage": Coverage(True, "near", 45.0, True)},
            id="distance",
        ),
        pytest.param(
            {"coverage": Coverage(True, "area", None, True)},
            {"coverage": Coverage(True, "unstated", None, True)},
            id="coverage",
        ),
        pytest.param({"minimum_age": 18}, {}, id="age"),
        pytest.param(
            {"facets": {"levels": ["emerging"]}}, {"facets": {"levels": ["statutory"]}}, id="level"
        ),
        pytest.param(
            {}, {"capacity": "waiting_list", "facets": {"waiting_weeks": 40}}, id="capacity"
        ),
        pytest.param({"assured": str(TODAY)}, {}, id="freshness"),
    ],
)
def test_no_small_feature_buries_a_service_for_the_first_need(at_its_best, at_its_worst):
    needs = (need("debt-advice"), need("housing-options"))
    other = prospect({"housing-options": 1.0}, name="other", **at_its_best)
    first = prospect(name="first", **at_its_worst)
    assert _ranked([other, first], needs=needs)[0].prospect.name == "first"


def test_equal_scores_are_ordered_by_name():
    services = [prospect(name=name) for name in ("c", "a", "b")]
    assert [service.prospect.name for service in _ranked(services)] == ["a", "b", "c"]


def test_weights_name_every_feature_and_none_is_negative():
    assert len(weights()) == len(NAMES)
    assert weights().min() > 0


def test_without_needs_there_is_still_an_order():
    household = Household((), ())
    services = [
        prospect(name="far", coverage=Coverage(True, "near", 14.0, True)),
        prospect(name="near", coverage=Coverage(True, "near", 1.0, True)),
    ]
    level = LevelOfNeed("universal", True, "")
    order = rank(services, features(services, (), household, level, TODAY))
    assert [service.prospect.name for service in order] == ["near", "far"]
