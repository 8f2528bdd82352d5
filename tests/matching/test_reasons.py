"""Every term of the score has its sentence, and the sentence says what was counted."""

from datetime import date, timedelta

import pytest

from directory.geography.coverage import Coverage
from directory.reference import current_reference
from matching.answer import LevelOfNeed, ServiceFound
from matching.at_home import Household
from matching.enquiry import Member
from matching.features import features
from matching.ranking import rank
from matching.reasons import COVERAGE_WORDS, Reasons, coverage_said, coverage_words
from tests.matching.prospects import need, prospect

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 1)
LEVEL = LevelOfNeed("emerging", True, "")
NEEDS = (need("debt-advice", members=(0,)), need("housing-options", members=(0,)))
HOUSEHOLD = Household((Member("young person", 15),), NEEDS)


ROUGHLY_HERE = Coverage(True, "area", None, False)
SITES = [[52.37, 1.11]]


def said(service, audience="practitioner", household=HOUSEHOLD, level=LEVEL) -> list[str]:
    [ranked] = rank([service], features([service], NEEDS, household, level, TODAY))
    reasons = Reasons(NEEDS, household, level, current_reference(), audience, TODAY)
    sentences = reasons.of(ranked)
    terms = len(ranked.contributions)
    assert len(sentences) == terms if audience == "practitioner" else len(sentences) <= terms
    assert all(sentences)
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
            "We do not know the place, so its area was not checked",
        ),
        ({"minimum_age": 11, "maximum_age": 18}, "For ages 11 to 18: fits the 15-year-old"),
        ({}, "For all ages"),
        ({"minimum_age": 0}, "For all ages"),
        ({"facets": {"levels": ["emerging"]}}, "Works at this level: Emerging"),
        (
            {"facets": {"levels": ["universal", "targeted", "statutory"]}},
            "Usually works at Universal, Targeted and Statutory: ask",
        ),
        ({}, "Taking people on now"),
        (
            {"facets": {"waiting_weeks": 6}},
            "Taking people on now, but people wait about 6 weeks",
        ),
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
        ({"text_score": 2.0}, "It names something you wrote about"),
        ({"facets": {"delivery": ["phone"]}}, "They can get it by phone"),
    ],
)
def test_a_term_is_put_into_words(values, sentence):
    assert sentence in said(prospect(**values))


@pytest.mark.parametrize(
    ("values", "audience", "sentence"),
    [
        ({}, "resident", "Not confirmed yet: ring first"),
        ({"free": False}, "resident", "There is a charge: ask"),
        (
            {"facets": {"levels": ["statutory"]}},
            "practitioner",
            "Usually works at Statutory: ask",
        ),
        ({"facets": {"levels": ["gone"]}}, "practitioner", "Usually works at other levels: ask"),
        (
            {"facets": {"levels": ["statutory"]}},
            "resident",
            "May be for people who need more or less help: ask",
        ),
        (
            {"coverage": Coverage(True, "area", 60.0, True)},
            "resident",
            "Its nearest site is 60 km away",
        ),
    ],
)
def test_what_speaks_against_a_service_is_said_after_what_speaks_for_it(values, audience, sentence):
    sentences = said(prospect(**values), audience)
    assert sentences.index(sentence) > sentences.index("Taking people on now")
    assert "Free" not in sentences or sentences.index(sentence) > sentences.index("Free")


def test_of_other_features_that_add_nothing_nothing_is_said():
    sentences = " ".join(said(prospect(facets={"completeness": 0.0})))
    for words in ("interpreter", "names something", "listing", "get it", "home"):
        assert words not in sentences


@pytest.mark.parametrize(
    ("coverage", "sites", "words"),
    [
        (Coverage(True, "area", 5.0, True), SITES, "Serves this area"),
        (Coverage(True, "area", 5.0, False), SITES, "May serve your area: ask"),
        (Coverage(True, "near", 5.0, True), SITES, "Has a site near this place"),
        (Coverage(True, "near", 5.0, False), SITES, "May have a site near you: ask"),
        (Coverage(True, "national", None, True), [], "Serves the whole country"),
        (Coverage(True, "unstated", None, True), [], "Does not say which area it serves: ask"),
        (
            Coverage(True, "unstated", None, False),
            SITES,
            "We cannot tell how far its site is: give a town or a postcode",
        ),
    ],
)
def test_what_is_only_possible_is_not_said_as_certain(coverage, sites, words):
    assert coverage_words(coverage, sited=bool(sites)) == words
    service = prospect(coverage=coverage, facets={"sites": sites})
    for audience in ("resident", "practitioner"):
        assert words in said(service, audience)
    assert coverage_said(_found(coverage.kind, said(service))) == words


@pytest.mark.parametrize("kind", sorted(COVERAGE_WORDS))
def test_of_a_service_without_reasons_the_kind_of_coverage_is_said(kind):
    assert coverage_said(_found(kind, [])) == COVERAGE_WORDS[kind]


def _found(kind: str, reasons: list[str]) -> ServiceFound:
    return ServiceFound("", "", "", "", 0.0, (), None, kind, (), tuple(reasons))


def test_an_age_under_one_is_that_of_a_baby():
    household = Household(
        (Member("parent", 34), Member("baby", 0)), (need("debt-advice", members=(1,)),)
    )
    assert "For ages up to 5: fits the baby" in said(prospect(maximum_age=5), household=household)


def test_a_resident_is_not_told_what_was_not_compared():
    unknown = LevelOfNeed("universal", True, "", known=False)
    line = prospect(
        coverage=Coverage(True, "anywhere", None, False),
        assured=str(TODAY),
        facets={"levels": ["universal"], "delivery": ["phone", "online"]},
    )
    plain = current_reference().needs["debt-advice"].plain_name
    assert said(line, "resident", Household((), NEEDS), unknown) == [
        f"Helps with: {plain}",
        f"Helps with what to act on first: {plain}",
        f"This is what it is there for: {plain}",
        "Taking people on now",
        "Its details were confirmed today",
        "You can get it by phone or online",
        "For all ages",
        "Free",
    ]


def test_a_practitioner_is_told_every_term():
    unknown = LevelOfNeed("universal", True, "", known=False)
    line = prospect(coverage=Coverage(True, "anywhere", None, False))
    sentences = said(line, level=unknown)
    assert "No distance to go by: counted as some way off" in sentences
    assert "We do not know the place, so its area was not checked" in sentences
    stated = prospect(facets={"levels": ["universal"]})
    assert "Level of need not known: it counts the same for every service" in said(
        stated, level=unknown
    )


@pytest.mark.parametrize(
    ("completeness", "sentence"),
    [
        (1.0, "Its page says who can come, how to ask and what happens next"),
        (0.7, None),
        (0.3, "Its page does not say much yet: ask"),
    ],
)
def test_a_resident_is_told_how_much_a_page_says_only_at_the_ends(completeness, sentence):
    sentences = said(prospect(facets={"completeness": completeness}), "resident")
    assert [words for words in sentences if "page" in words] == ([sentence] if sentence else [])


def test_a_resident_reads_no_jargon():
    text = " ".join(said(prospect(facets={"levels": ["emerging"]}), audience="resident"))
    assert "Debt Advice" not in text
    assert current_reference().needs["debt-advice"].plain_name in text
    assert "level" not in text.lower()
