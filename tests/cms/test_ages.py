"""Ages as people type them: what is read, what is passed over, and how they are told."""

import pytest

from cms.ages import MOST_AGES, read_ages


def known(typed):
    return [member.age for member in read_ages(typed).members if member.age is not None]


@pytest.mark.parametrize(
    ("typed", "ages"),
    [
        ("", []),
        ("34, 15, 8", [34, 15, 8]),
        ("34 15 8", [34, 15, 8]),
        ("34; 15/8", [34, 15, 8]),
        ("34\n15", [34, 15]),
        ("34, 15 and 8", [34, 15, 8]),
        ("34 years old, aged 15, 8yrs", [34, 15, 8]),
        ("me 34, my son 15yo", [34, 15]),
        ("15-year-old (girl)", [15]),
        ("8½", [8]),
        ("34 and a baby", [34, 0]),
        ("2 babies", [0, 0]),
        ("baby 6 months, 34", [0, 34]),
        ("6 weeks", [0]),
        ("18 months", [1]),
        ("18-month-old", [1]),
        ("2 years 6 months", [2]),
        ("0, 120", [0, 120]),
    ],
)
def test_ages_are_read_as_people_write_them(typed, ages):
    read = read_ages(typed)
    assert [member.age for member in read.members] == ages
    assert read.note == ""


@pytest.mark.parametrize(
    ("typed", "ages", "unread"),
    [
        ("34 and pregnant", [34], "pregnant"),
        ("34 pregnant", [34], "pregnant"),
        ("34, twins", [34], "twins"),
        ("34, my son", [34], "my son"),
        ("34, teen", [34], "teen"),
        ("34, -5", [34], "-5"),
        ("34, 150", [34], "150"),
        ("34, year 8", [34], "year 8"),
        ("34, 2 kids", [34], "2 kids"),
        ("1 adult, 8", [8], "1 adult"),
        ("teen", [], "teen"),
        ("all of us", [], "all of us"),
        ("???", [], "???"),
    ],
)
def test_what_is_no_age_is_passed_over_and_named_with_what_to_type(typed, ages, unread):
    read = read_ages(typed)
    assert known(typed) == ages
    assert f"We did not understand “{unread}”. " in read.note
    assert "Type each age as a number up to 120, for example 34, 15, 8." in read.note


def test_the_note_says_which_ages_were_read():
    assert read_ages("34, 15, twins").note.startswith("We read the ages 34 and 15. ")
    assert read_ages("34, twins").note.startswith("We read the age 34. ")
    assert not read_ages("twins").note.startswith("We read")


def test_what_was_not_understood_beside_an_age_may_be_somebody_of_any_age():
    assert [member.age for member in read_ages("34, twins").members] == [34, None]
    assert read_ages("twins").members == ()


@pytest.mark.parametrize("typed", ["8 " * 3_000, "x" * 3_000, "baby" + " " * 100_000 + "6"])
def test_whatever_is_typed_there_is_little_to_read_and_a_short_note(typed):
    read = read_ages(typed)
    assert len(known(typed)) <= MOST_AGES
    assert "we read only the first part" in read.note
    assert len(read.note) < 400


def test_many_things_that_are_no_ages_are_not_all_quoted_back():
    assert read_ages("a cat, a dog, a cow, a pig, a hen").note.startswith(
        "We did not understand “a cat”, “a dog” and “a cow” and more. "
    )


@pytest.mark.parametrize(
    ("age", "role"),
    [(0, "baby"), (8, "child"), (15, "young person"), (34, "adult"), (70, "older person")],
)
def test_an_age_says_the_stage_of_life(age, role):
    assert read_ages(str(age)).members[0].role == role


def test_ages_beyond_those_that_are_read_shut_nobody_out():
    read = read_ages("34 " * 20 + "8")
    assert (len(read.members), read.members[-1].age) == (21, None)
    assert "20 of the ages" in read.note


def test_no_number_of_ages_is_said_where_none_was_read():
    assert "of the ages" not in read_ages("x" * 600).note
