"""Every term of the score has its sentence, and the sentence says what was counted."""

from datetime import date, timedelta

import pytest

from directory.geography.coverage import Coverage
from directory.reference import current_reference
from matching.answer import LevelOfNeed
from matching.eligibility import Household
from matching.enquiry import Member
from matching.features import features
from matching.ranking import rank
from matching.reasons import Reasons
from tests.matching.prospects import need, prospect

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 1)
LEVEL = LevelOfNeed("emerging", True, "")
NEEDS = (need("debt-advice", members=(0,)), need("housing-options", members=(0,)))
HOUSEHOLD = Household((Member("young person", 15),), NEEDS)


def said(service, audience="practitioner", household=HOUSEHOLD) -> list[str]:
    [ranked] = rank([service], features([service], NEEDS, household, LEVEL, TODAY))
    reasons = Reasons(NEEDS, household, LEVEL, current_reference(), audience, TODAY)
    sentences = reasons.of(ranked)
    assert len(sentences) == len(ranked.contributions)
    return list(sentences)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Helps with: Debt Advice"),
        ({}, "Helps with what to act on first: Debt Advice"),
        ({}, "This is what it is there for: Debt Advice"),
        ({}, "Its nearest site is 5 km away"),
        (
            {"coverage": Coverage(True, "area", 5.2, False)},
            "Its nearest site is roughly 5.2 km away",
        ),
        ({"coverage": Coverage(True, "national", None, True)}, "Serves the whole country"),
        (
            {"coverage": Coverage(True, "anywhere", None, False)},
            "Without a place that we know, its area was not checked",
        ),
        ({"minimum_age": 11, "maximum_age": 18}, "For ages 11 to 18: fits the 15-year-old"),
        ({}, "For all ages"),
        ({"facets": {"levels": ["emerging"]}}, "Works at this level: Emerging"),
        ({}, "Taking people on now"),
        (
            {"capacity": "waiting_list", "facets": {"waiting_weeks": 1}},
            "Has a waiting list: about 1 week",
        ),
        ({"facets": {"delivery": ["home_visit"]}}, "Can come to the home"),
        ({}, "Free"),
        ({"facets": {"interpreters": True}}, "Can arrange an interpreter"),
        (
            {"assured": str(TODAY - timedelta(days=40))},
            "Its details were confirmed 40 days ago",
        ),
        ({"text_score": 2.0}, "Its description uses words that you used"),
    ],
)
def test_a_term_is_put_into_words(values, sentence):
    assert sentence in said(prospect(**values))


def test_what_adds_nothing_is_not_given_as_a_reason():
    sentences = said(prospect(free=False, facets={"levels": ["intensive"], "completeness": 0.0}))
    assert "Free" not in sentences
    assert not [sentence for sentence in sentences if "level" in sentence.lower()]
    assert not [sentence for sentence in sentences if "confirmed" in sentence]


def test_a_resident_reads_no_jargon():
    text = " ".join(said(prospect(facets={"levels": ["emerging"]}), audience="resident"))
    assert "Debt Advice" not in text
    assert current_reference().needs["debt-advice"].plain_name in text
    assert "level" not in text.lower()
