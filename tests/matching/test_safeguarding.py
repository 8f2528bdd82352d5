"""Signs of danger: found, explained, and never an all-clear."""

import pytest

from matching.enquiry import Member
from matching.safeguarding import detect


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("I want to kill myself, I have saved up my tablets for tonight", {"self_harm"}),
        ("He strangled me last night and says he will kill me if I leave", {"abuse", "immediate"}),
        (
            "Six week old baby has a bruise on the cheek and the parents' stories do not match",
            {"abuse", "medical", "neglect"},
        ),
    ],
)
def test_danger_is_found_and_quoted(model, text, kinds):
    signs = detect(text, (), model)
    assert signs.urgent
    assert signs.kind in kinds
    assert signs.reasons
    assert "“" in signs.reasons[0]


@pytest.mark.parametrize(
    "text",
    [
        "I feel like ending it all",
        "want to die",
        "suicidal",
        "my son says he wants to kill himself",
    ],
)
def test_a_few_words_that_say_it_outright_are_enough(model, text):
    signs = detect(text, (), model)
    assert signs.urgent
    assert signs.reasons


@pytest.mark.parametrize(
    "text", ["bereaved by suicide group", "suicide prevention training", "dying to get a job"]
)
def test_the_same_words_as_a_subject_are_no_sign(model, text):
    assert not detect(text, (), model).urgent


def test_a_denial_beside_it_does_not_hide_danger(model):
    text = "He has never hit the children but he had his hands round my throat last night."
    assert detect(text, (), model).urgent


@pytest.mark.parametrize(
    "text", ["", "hello", "thank you", "\x00", "😀", "how do I get a bus pass", "fly tipping"]
)
def test_ordinary_words_are_no_sign(model, text):
    signs = detect(text, (), model)
    assert not signs.urgent
    assert signs.reasons == ()


def test_the_age_in_the_words_says_who_is_in_danger(model):
    assert detect("My stepdad hits me every night, I'm 13.", (), model).who == "child"
    home = (Member("adult", 34),)
    text = "My husband hit me and broke my wrist last night."
    assert detect(text, home, model).who == "adult"


def test_danger_is_found_in_most_notes_that_have_it(model):
    """Out of fold, on notes that the models had not seen: the figures of the training."""
    assert model.figures["danger recall"] >= 0.95
    assert model.figures["danger false alarms"] <= 0.25
