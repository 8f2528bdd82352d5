"""Clauses keep their place in the original, whatever was typed."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.understanding.clauses import normalise, sentences_of, split

ODD = [
    "",
    "   \n\n ",
    "\x00\x00",
    "😀😀 help 😀",
    "<b>Mum</b> <script>alert('x')</script> can't cope",
    "İstanbul'da yaşıyorum",
    "a" * 10_000,
    "no, " * 2_500,
    "." * 10_000,
    "<" * 10_000,
    "HE WONT GO TO SCHOOL AND WE ARE BEHIND WITH THE RENT",
]


@pytest.mark.parametrize("text", ODD)
def test_offsets_point_into_the_original(text):
    for clause in split(text):
        assert text[clause.start : clause.end] == clause.text


@given(st.text(max_size=300))
def test_clauses_are_in_order_and_never_overlap(text):
    clauses = split(text)
    assert len(normalise(text)) == len(text)
    for clause in clauses:
        assert text[clause.start : clause.end] == clause.text
    for earlier, later in pairwise(clauses):
        assert earlier.end <= later.start


def test_a_list_of_different_things_parts_at_its_commas():
    text = (
        "rent arrears and bailiffs, eldest (15) not going to school and kicking off with stepdad, "
        "no concerns about drink"
    )
    assert [clause.text for clause in split(text)] == [
        "rent arrears and bailiffs",
        "eldest (15) not going to school and kicking off with stepdad",
        "no concerns about drink",
    ]


def test_a_list_under_one_denial_stays_together():
    assert [clause.text for clause in split("No drink, drugs or debts.")] == [
        "No drink, drugs or debts."
    ]


def test_but_starts_a_clause():
    texts = [clause.text for clause in split("He drinks every night but he has never hit me")]
    assert texts == ["He drinks every night", "but he has never hit me"]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("rent arrears, no drugs", ["rent arrears", "no drugs"]),
        ("No violence but feeling low", ["No violence", "but feeling low"]),
        ("Owes rent and no drink", ["Owes rent", "and no drink"]),
        ("Kids cheerful, never hungry. Damp.", ["Kids cheerful", "never hungry.", "Damp."]),
        ("no debts, PIP stopped", ["no debts", "PIP stopped"]),
        ("no drink, drugs or violence", ["no drink, drugs or violence"]),
        ("no drink, no debts", ["no drink, no debts"]),
        ("no drink and no drugs", ["no drink and no drugs"]),
    ],
)
def test_a_denial_parts_from_what_it_does_not_deny(text, pieces):
    assert [clause.text for clause in split(text)] == pieces


@pytest.mark.parametrize("text", ["Seen by Dr. Patel on the ward", "about 3.5 miles from here"])
def test_a_full_stop_inside_a_phrase_ends_nothing(text):
    assert len(split(text)) == 1


def test_writing_without_punctuation_is_cut_where_it_joins():
    text = (
        "my son wont get up for school and hes rude to everyone i cant pay the rent and the man "
        "came about the telly and i just sit and cry most days now"
    )
    assert len(split(text)) > 1


@pytest.mark.parametrize("unit", ["no, ", "word ", "a. ", "<b>", "he is 5, ", "and he "])
def test_time_grows_with_length_not_with_its_square(unit):
    started = time.perf_counter()
    split(unit * (10_000 // len(unit)))
    assert time.perf_counter() - started < 1.0


@pytest.mark.parametrize("mark", [*" \u00a0\u200b.!…,;'\"-—|\n<>", "</", ". ", ' "', "-\n", ").("])
def test_a_key_held_down_costs_no_more_than_as_many_words(mark):
    started = time.perf_counter()
    split("a" + mark * (50_000 // len(mark)) + "b")
    # With the square of the length it would be a minute.
    assert time.perf_counter() - started < 3.0


@pytest.mark.parametrize(
    "text",
    [
        "Earns <minimum wage and he hits her most nights, hours >40 a week.",
        "BP <normal and she says she wants to die, pulse >100.",
        "<He hits me> every night",
    ],
)
def test_only_mark_up_is_left_out(text):
    said = " ".join(clause.text for clause in split(text))
    assert all(word in said for word in re.findall(r"[a-z]{3,}", text))


def test_mark_up_is_left_out():
    text = "<p class=x>No food in<br/></p><!-- and no heating --><script>"
    assert [clause.text for clause in split(text)] == ["No food in"]


def test_sentences_are_those_of_the_clauses():
    text = "He is 4, and she is 6. No food in!\nPlease ring"
    assert sentences_of(text) == ["He is 4, and she is 6.", "No food in!", "Please ring"]
    assert sentences_of("") == sentences_of(" … ") == []


def test_less_and_more_are_no_mark_up():
    text = "Sleeping <4 hrs a night, dad hits him with a belt, drinking >40 units a week"
    read = " ".join(clause.text for clause in split(text))
    assert "dad hits him with a belt" in read
    assert normalise("i love my kids <3 but he hit me -> help").count("he hit me") == 1
    assert "b" not in normalise("<b>")
