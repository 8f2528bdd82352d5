"""Who wants to die says so in few words; who denies it, or tells of the past, uses them too."""

import pytest

from matching.understanding.outright import wants_to_die


@pytest.mark.parametrize(
    "sentence",
    [
        *("I want to die", "i wanna die", "She says she wants to kill herself", "suicidal", "kms"),
        *("I want to take my own life", "i want to slit my wrists", "going to hang myself"),
        *("I don't want to be alive", "He doesn't want to wake up any more… to live like this"),
        *("not eating, want to die", "I used to cope but now I want to die", "end it all"),
        *("I lost my job and I want to die", "Since the loss of my mum I want to end my life"),
        *("he’s taken an overdose", "overdose", "my son took an overdose", "I WANT TO DIE"),
    ],
)
def test_it_is_said(sentence):
    assert wants_to_die(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        *("", "not suicidal", "denies feeling suicidal", "No thoughts of wanting to kill himself"),
        *("She does not want to die", "Suicidal thoughts: none", "asked re wanting to die, never"),
        *("He was suicidal years ago", "She used to want to die when she was at school"),
        *("bereaved by suicide", "suicide prevention training", "dying to get a job"),
        *("He thinks he's going to die on the bus", "took an overdose at nineteen"),
        *("the car died", "my plants want water", "history of wanting to kill herself"),
    ],
)
def test_it_is_not_said(sentence):
    assert not wants_to_die(sentence)
