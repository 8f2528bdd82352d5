"""Ages as people write them, and whom a clause concerns."""

import pytest

from matching.enquiry import Member
from matching.understanding.ages import ages_in
from matching.understanding.clauses import split
from matching.understanding.household import BANDS, household_of, members_concerned


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("eldest (15) not going to school", [15]),
        ("her 15yo", [15]),
        ("Y8 girl", [13]),
        ("17M, cannabis daily", [17]),
        ("F53, lives alone", [53]),
        ("an 82 year old gentleman", [82]),
        ("baby 5/12", [0, 0]),
        ("aged 9", [9]),
        ("im 15 and", [15]),
        ("He's eleven and six stone", [11]),
        ("She's forty-four.", [44]),
        ("two ch (7, 5)", [5, 7]),
        ("five-week-old", [0]),
        ("a woman in her 80s", [85]),
        ("retired", [72]),
        ("my 15 yr old won't leave her bedroom", [15]),
        ("My 45 yr old husband", [45]),
        ("MY SON IS NINE YR OLD", [9]),
        ("SENCO: YR selective mute", [4]),
        ("in yr r", [4]),
        ("M25, lives alone", [25]),
        ("Police: M13 arrested", [13]),
        ("My son is in YR 10 and will not go in", [15]),
        ("She starts YR 7 in September", [12]),
    ],
)
def test_ages_are_read(text, years):
    assert [age.years for age in ages_in(text)] == years


@pytest.mark.parametrize(
    "text",
    [
        "14 a day",
        "lived here 3 years",
        "£15",
        "he's 2 doors down",
        "it was 20 years ago",
        "60%",
        "a 2 yr contract",
        "3 yr tenancy",
        "police called x9 this yr",
        "A 3 YR TENANCY",
        "he walks along the M25",
        "I'm two hours off on the M11.",
        "crash on M6 northbound",
        "turn off the M1",
        *(
            "Crash on M6 last night",
            "the bus F1 has stopped",
            "flat F2",
            "form F16",
            "20M from school",
        ),
        *("We moved here last YR and owe £500 a YR", "twice per YR"),
    ],
)
def test_other_numbers_are_no_ages(text):
    assert ages_in(text) == []


def test_the_need_is_of_the_one_whom_the_clause_names():
    members = (Member("parent", 41), Member("child", 15), Member("child", 8))
    text = "I cannot pay the rent. My son (15) cries every night."
    home = household_of(text, members, split(text))
    assert members_concerned(home, [1], 5, 25) == (1,)


def test_where_nobody_is_named_everybody_of_a_fitting_age_is_meant():
    members = (Member("parent", 41), Member("child", 15), Member("child", 8))
    text = "Panic attacks every night."
    home = household_of(text, members, split(text))
    assert members_concerned(home, [0], 5, 25) == (1, 2)
    assert members_concerned(home, [0], 70, 120) == (0, 1, 2)


def test_ages_in_the_words_stand_in_for_a_household_that_was_not_given():
    text = "My lad is 15 years old and won't go to school"
    home = household_of(text, (), split(text))
    band = [name for name, _, _ in BANDS].index("eleven to fifteen")
    assert home.flags[band] == 1
