"""Words that say how urgent a thing is."""

import pytest

from matching.understanding.urgency_words import urgency_words

SOON, POWER, BARE, ASKED, WAITS, NEW = range(6)


@pytest.mark.parametrize(
    ("clause", "groups"),
    [
        ("The keys go back on Friday", {SOON}),
        ("rent is due by the 14th", {SOON}),
        ("she's got ten days left", {SOON}),
        ("They gave him eleven days to pay.", {SOON}),
        ("The council has sent a summons", {POWER}),
        ("school are threatening a fine", {POWER}),
        ("There is no food in the house", {BARE}),
        ("We haven't eaten since Monday", {BARE, NEW}),
        ("We've nowhere to sleep tonight", {SOON, BARE}),
        ("That's what I'm ringing about.", {ASKED}),
        ("What she needs is a bed", {ASKED}),
        ("She would also like a club, no rush", {WAITS}),
        ("He hit her again last night", {NEW}),
    ],
)
def test_each_group_of_words_is_found(clause, groups):
    assert _groups(clause) == groups


@pytest.mark.parametrize(
    "clause",
    [
        "We are a family of four.",
        "He is fine in himself",
        "She has seizures",
        "hard of hearing",
        "her final year",
        "I notice he is quiet",
        "help from friends",
        "he lives on money from his nan",
        "has been sober ten weeks",
        "I have a baby six weeks old",
        "it always ends in a fight",
        "can't get out of bed",
        "she won't sleep in her own bed",
        "I'm too frightened to go home",
        "he hit me while we were asleep",
        "my first baby",
    ],
)
def test_everyday_words_are_not_urgent(clause):
    assert _groups(clause) == set()


def test_each_clause_has_a_row():
    assert urgency_words(["by Monday", "thank you", "the bailiffs"]).shape == (3, 6)


def _groups(clause: str) -> set[int]:
    [found] = urgency_words([clause])
    return {place for place, there in enumerate(found) if there}
