"""Signs of danger: found, explained, and never an all-clear."""

import pytest

from matching.enquiry import Member
from matching.safeguarding import detect, detect_beside
from matching.understanding.reading import read


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("I want to kill myself, I have saved up my tablets for tonight", {"self_harm"}),
        (
            "He strangled me last night and says he will kill me if I leave",
            {"domestic_abuse", "immediate"},
        ),
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
        "kms",
        "my son says he wants to kill himself",
        "I lost my job and I want to die",
        "Since the loss of my mum I want to end my life",
        "years ago my dad hit me and now I want to die",
        "I want to take my own life",
        "We are behind with the rent and the bailiffs came on Monday. I want to kill myself.",
        "I lost my job in March. My son will not go to school and shouts at everybody, and we have "
        "no heating. I don't want to be alive.",
    ],
)
def test_what_is_said_outright_is_enough_and_is_quoted(model, text):
    signs = detect(text, (), model)
    assert signs.urgent
    assert "ending their life" in signs.reasons[0]


@pytest.mark.parametrize(
    "text",
    [
        "bereaved by suicide group",
        "suicide prevention training",
        "dying to get a job",
        "not suicidal",
        "Asked about wanting to die: none, never.",
        "He was suicidal years ago and is well.",
    ],
)
def test_the_same_words_as_a_subject_denied_or_past_are_no_sign(model, text):
    assert not detect(text, (), model).urgent


@pytest.mark.parametrize("text", ["overdose", "I really want to die please can someone help"])
def test_where_there_is_danger_no_sentence_sounds_like_all_clear(model, text):
    why = read(text, (), model).level[1]
    assert "in danger" in why
    assert "enough" not in why


def test_a_denial_beside_it_does_not_hide_danger(model):
    text = "He has never hit the children but he had his hands round my throat last night."
    assert detect(text, (), model).urgent


@pytest.mark.parametrize(
    "text",
    [
        *("", "hello", "thank you", "\x00", "😀", "how do I get a bus pass", "fly tipping"),
        *("hi there, can you help me", "hello, can anyone help?", "thanks for your help"),
        *("good morning, i hope you are well", "what services are there near me"),
        *("no smoke alarm in the flat", "bailiffs at the door", "I don't know what to do"),
    ],
)
def test_ordinary_words_are_no_sign(model, text):
    signs = detect(text, (), model)
    assert not signs.urgent
    assert signs.reasons == ()


@pytest.mark.parametrize(
    "text",
    [
        *("my dad hits me", "no smoke alarm and my dad hits me, im 14", "my husband hits me"),
        *("mum hits my little brother", "he choked me last night", "I hit my son"),
        *("my mum's boyfriend touches me", "my dad locks me out at night"),
    ],
)
def test_harm_that_is_named_in_few_words_is_enough(model, text):
    assert detect(text, (), model).urgent


def test_the_age_in_the_words_says_who_is_in_danger(model):
    assert detect("My stepdad hits me every night, I'm 13.", (), model).who == "child"
    home = (Member("adult", 34),)
    text = "My husband hit me and broke my wrist last night."
    assert detect(text, home, model).who == "adult"


def test_danger_is_found_in_most_notes_that_have_it(model):
    """Out of fold, on notes that the models had not seen: the figures of the training."""
    assert model.judges.figures["danger recall"] >= 0.95
    assert model.judges.figures["danger false alarms"] <= 0.25


@pytest.mark.parametrize(
    "text",
    [
        "He lost it and punched me in the face again last night and I am scared of him.",
        "My husband lost it last night and strangled me until I passed out.",
    ],
)
def test_who_is_hurt_is_not_told_that_a_child_may_be(model, text):
    signs = detect(text, (), model, "resident")
    assert signs.urgent
    assert not any("hurting a child" in reason for reason in signs.reasons)
    assert "may be being hurt" in signs.reasons[0]


def test_a_parent_near_the_end_is_not_given_a_verdict(model):
    text = "I am going to lose it and shake the baby if he cries again tonight."
    told = detect(text, (), model, "resident")
    assert told.urgent
    assert "asking for help now is right" in told.reasons[0]
    assert "close to hurting a child" in detect(text, (), model).reasons[0]


@pytest.mark.parametrize(
    "text",
    [
        "Mój mąż mnie bije i boję się o dzieci, proszę o pomoc. I want to kill myself.",
        "Mi marido me pega y tengo mucho miedo por mis hijos. I want to die.",
    ],
)
def test_danger_said_in_english_beside_another_language_is_heard(model, text):
    signs = detect_beside(text, (), model, "resident")
    assert signs.urgent
    assert signs.kind == "self_harm"
    assert "“I want to" in signs.reasons[0]


@pytest.mark.parametrize("text", ["Man reikia pagalbos, neturiu kur gyventi", "بيتي بارد", ""])
def test_words_that_are_not_read_are_no_sign(model, text):
    assert not detect_beside(text, (), model, "resident").urgent


def test_a_child_alone_is_who_is_in_danger_whatever_the_kind(model):
    alone = (Member("young person", 15),)
    assert detect("My boyfriend strangled me and says he will kill me", alone, model).who == "child"


@pytest.mark.parametrize(
    ("text", "writes"),
    [
        ("my dad hits me, im 14", True),
        ("I am only 9 and my mum hits me", True),
        ("my dad hits my son who is 14", False),
        ("I'm 34 and my husband hits me and our son of 14", False),
        ("I'm 14 weeks pregnant and he hits me", False),
        ("I'm 5 months pregnant and he hits me", False),
    ],
)
def test_a_child_that_tells_its_own_age_is_heard_as_the_one_who_asks(model, text, writes):
    assert detect(text, (), model).child_writes is writes
