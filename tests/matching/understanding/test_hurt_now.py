"""Few words that say that somebody is being hurt."""

import pytest

from matching.understanding.hurt_now import says_that_somebody_is_hurt


@pytest.mark.parametrize(
    "text",
    [
        "no smoke alarm, my dad hits me",
        "we owe rent and my husband hits me",
        "My partner still punches the kids.",
        "her carer slaps her",
        "He strangles me",
        "my daughter is being hit by her boyfriend",
        "he cuts himself every night",
        "My daughter's cutting her arms, she's 14",
        "i keep cutting my legs, not sleeping, no job",
        "I cut myself when he is out",
        "she can't stop cutting herself",
    ],
)
def test_harm_of_now_is_heard(text):
    assert says_that_somebody_is_hurt(text)


@pytest.mark.parametrize(
    "text",
    [
        "my dad never hits me",
        "Nobody hits me at home.",
        "my dad hit me when i was small",
        "he beats me at chess",
        "the song chokes me up",
        "saw a film where he beats her",
        "the gas bill hits us hard",
        "She hits the gym",
        "he cut himself shaving and it bled",
        "I cut myself as a teenager, fine now",
        "She has not been cutting herself",
        "he never cuts himself",
        "my son cuts himself off from his friends",
        "she was cutting herself, nothing since Year 9",
        "My brother cuts his own hair",
        "The cost hits me with fees",
    ],
)
def test_what_is_denied_past_or_told_is_not(text):
    assert not says_that_somebody_is_hurt(text)
