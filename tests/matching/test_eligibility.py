"""Whether a service can take a household on, and the one condition that it fails."""

import pytest

from directory.geography.coverage import Coverage
from directory.reference import current_reference
from matching.answer import LevelOfNeed
from matching.at_home import Household, at_home
from matching.eligibility import age_range, explain, failures, fitting_age
from matching.enquiry import Enquiry, Member
from tests.matching.prospects import SUGGESTED, need, prospect

OUTSIDE = Coverage(False, "outside_area", 4.0, True)
CHOSEN = LevelOfNeed("targeted", suggested=False, why="", beside=("emerging", "intensive"))


YOUTH = {"minimum_age": 11, "maximum_age": 18}
TODDLERS = {"minimum_age": 1, "maximum_age": 4}
GROWN_UPS = {"minimum_age": 18}
OLDER_PEOPLE = {"minimum_age": 60}


def _household(*ages, members=None, text="", roles=("person",)):
    people = tuple(Member(roles[i % len(roles)], age) for i, age in enumerate(ages))
    concerned = tuple(range(len(people))) if members is None else members
    needs = (need("debt-advice", members=concerned),)
    return at_home(Enquiry(text=text, household=people), needs)


def _shut_out(service, household: Household) -> bool:
    return failures(prospect(**service), household, SUGGESTED) == ("age",)


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


@pytest.mark.parametrize(
    ("text", "age", "service"),
    [
        ("My son is 15 and he is cutting himself", 34, YOUTH),
        ("My son is cutting himself", 34, YOUTH),
        ("eldest (15) not going to school", 34, YOUTH),
        ("The teenager upstairs is mine", 34, YOUTH),
        ("Our toddler bites", 34, TODDLERS),
        ("I am 20 weeks pregnant", 34, {"maximum_age": 0}),
        ("My nan cannot cope alone", 34, OLDER_PEOPLE),
        ("We care for dad, who is 82", 34, OLDER_PEOPLE),
        ("She is in her early 20s", 40, {"minimum_age": 16, "maximum_age": 24}),
        ("Mum shouts at me", 15, GROWN_UPS),
        ("My daughter will not go to school", 15, GROWN_UPS),
    ],
)
def test_a_service_for_somebody_whom_the_words_name_is_not_shut_out_by_the_ages_given(
    text, age, service
):
    assert _shut_out(service, _household(age))
    assert not _shut_out(service, _household(age, text=text))


@pytest.mark.parametrize(
    ("text", "ages", "service"),
    [
        ("My son will not go to school", (34, 9), YOUTH),
        ("My son (9) will not go to school", (34,), YOUTH),
        ("Mum cannot sleep", (34, 9), OLDER_PEOPLE),
        ("I am 15 and cannot sleep", (15,), GROWN_UPS),
        ("We owe £15 since 3 years", (34,), YOUTH),
        ("Bailiffs came", (34,), YOUTH),
    ],
)
def test_who_is_named_may_be_one_of_those_whose_age_is_known(text, ages, service):
    assert _shut_out(service, _household(*ages, text=text))


@pytest.mark.parametrize("service", [YOUTH, TODDLERS, GROWN_UPS, OLDER_PEOPLE])
def test_words_alone_never_shut_a_service_out(service):
    assert not _shut_out(service, _household(text="My son is 9"))


@pytest.mark.parametrize(
    ("role", "fitting", "shut_out"),
    [
        ("child", (YOUTH, TODDLERS), (OLDER_PEOPLE,)),
        ("daughter", (YOUTH, TODDLERS), (OLDER_PEOPLE,)),
        ("young person", (YOUTH, GROWN_UPS), (TODDLERS, OLDER_PEOPLE)),
        ("older person", (OLDER_PEOPLE, GROWN_UPS), (YOUTH, TODDLERS)),
        ("parent", (YOUTH, TODDLERS, GROWN_UPS, OLDER_PEOPLE), ()),
        ("somebody", (YOUTH, TODDLERS, GROWN_UPS, OLDER_PEOPLE), ()),
    ],
)
def test_somebody_given_without_an_age_is_of_any_age_that_the_role_allows(role, fitting, shut_out):
    home = _household(None, roles=(role,))
    assert not [service for service in fitting if _shut_out(service, home)]
    assert all(_shut_out(service, home) for service in shut_out)


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
        (0, None, "For all ages"),
        (16, 16, "For age 16"),
        (0, 0, "For babies under 1"),
        (None, 0, "For babies under 1"),
        (0, 1, "For ages up to 1"),
    ],
)
def test_ages_in_words(low, high, words):
    assert age_range(low, high) == words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("household", "service", "said"),
    [
        (
            _household(34),
            YOUTH,
            "For ages 11 to 18: you told us only of a 34-year-old."
            " Add the ages of the others, if there are any.",
        ),
        (
            _household(15, 15, 0),
            GROWN_UPS,
            "For ages 18 and over: you told us only of a 15-year-old and a baby."
            " Add the ages of the others, if there are any.",
        ),
        (
            _household(8, 11, 80),
            {"minimum_age": 16, "maximum_age": 16},
            "For age 16: you told us only of an 8-year-old, an 11-year-old and an 80-year-old."
            " Add the ages of the others, if there are any.",
        ),
        (
            _household(34, text="My son (9) steals"),
            YOUTH,
            "For ages 11 to 18: you told us of a 34-year-old and a 9-year-old.",
        ),
        (
            _household(34, text="A neighbour in her 80’s helps"),
            YOUTH,
            "For ages 11 to 18: you told us only of a 34-year-old."
            " Add the ages of the others, if there are any.",
        ),
        (
            _household(None, roles=("child",)),
            OLDER_PEOPLE,
            "For ages 60 and over. Add the ages of everybody at home.",
        ),
    ],
)
def test_a_wrong_age_is_explained_by_the_ages_that_were_said_each_once(household, service, said):
    assert _shut_out(service, household)
    reference = current_reference()
    assert explain("age", prospect(**service), household, SUGGESTED, reference, "resident") == said


@pytest.mark.django_db
def test_a_level_that_the_hub_has_done_away_with_leaves_no_gap_in_the_sentence():
    gone = prospect(facets={"levels": ["gone"]})
    said = explain("level", gone, _household(34), CHOSEN, current_reference(), "practitioner")
    assert said == "It works at other levels, not at Targeted."


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
        ("age", {"maximum_age": 5}, "resident", "only of a 34-year-old and a 9-year-old."),
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


@pytest.mark.parametrize(
    ("age", "text", "low", "high"),
    [
        (34, "My mother needs care", 65, None),
        (34, "Our grandmother cannot wash herself", 65, None),
        (40, "My stepson will not go to school", 5, 17),
        (70, "my grandchildren live with me", 5, 11),
    ],
)
def test_parents_stepchildren_and_grandchildren_are_people_too(age, text, low, high):
    service = {"minimum_age": low, "maximum_age": high}
    assert not _shut_out(service, _household(age, text=text))
    assert _shut_out(service, _household(age, text="I need help with the rent"))


@pytest.mark.parametrize(
    ("ages", "text", "shut_out"),
    [
        ((8,), "His sister has stopped eating", False),
        ((8,), "he fights with his step-brothers", False),
        ((8,), "He has stopped eating", True),
        # The sister may be one of the two.
        ((8, 6), "His sister has stopped eating", True),
    ],
)
def test_a_childs_sibling_is_another_child_where_only_one_is_known(ages, text, shut_out):
    assert _shut_out(YOUTH, _household(*ages, text=text)) is shut_out
