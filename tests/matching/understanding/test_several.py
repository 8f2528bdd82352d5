"""Few words that name several things: each of them is found, and first what presses most."""

import pytest

from matching.enquiry import Member
from matching.understanding import reading
from matching.understanding.reading import read


def needs(text: str, model, household: tuple[Member, ...] = ()) -> list[str]:
    return [need.code for need in read(text, household, model).needs]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("can't manage the stairs and rent arrears", {"independent-living", "debt-advice"}),
        ("lost my job and drinking too much", {"adults-into-work", "substance-misuse"}),
        ("fly tipping, bailiffs coming", {"environmental-crime", "debt-advice"}),
        ("baby group also help with PIP form", {"revenue-and-benefits"}),
        (
            "rent arrears, son excluded from school, mum drinks too much, rats",
            {"debt-advice", "school-attendance", "substance-misuse"},
        ),
        ("rats, debts, drugs", {"nuisance", "debt-advice", "substance-misuse"}),
    ],
)
def test_each_thing_that_is_named_is_found(model, text, wanted):
    assert wanted <= set(needs(text, model))


def test_what_a_part_names_is_quoted_in_its_own_words(model):
    text = "Lost my job and DRINKING too much"
    found = read(text, (), model).needs
    quotes = {need.code: need.evidence for need in found}
    assert quotes["adults-into-work"] == ("Lost my job",)
    assert all(quote in text for evidence in quotes.values() for quote in evidence)
    assert all(0.5 <= need.confidence <= 1 for need in found)


@pytest.mark.parametrize(
    "text",
    ["rent arrears, son excluded from school, nan falling", "bailiffs, damp flat, mum drinks"],
)
def test_several_needs_want_a_plan(model, text):
    reading = read(text, (), model)
    assert len(reading.needs) >= 3
    assert reading.level[0] in ("targeted", "intensive")


@pytest.mark.parametrize(
    "text",
    [
        "no drink, drugs or debts",
        "rent arrears, no drugs, not drinking",
        "mum and dad",
        "bread and butter",
        "mum, dad and two kids",
        "I go to school and work",
    ],
)
def test_denials_and_pairs_of_words_name_nothing_more(model, monkeypatch, text):
    found = needs(text, model)
    monkeypatch.setattr(reading, "named_apart", lambda *_: [])
    assert needs(text, model) == found


def test_a_need_of_the_other_age_is_not_added(model):
    found = needs("panic attacks and school refusal, he is 13", model)
    assert "youth-mental-health" in found
    assert "adult-mental-health" not in found


def test_a_story_is_left_to_what_has_learned_from_stories(model, monkeypatch):
    asked = []
    monkeypatch.setattr(reading, "named_apart", lambda message, *_: asked.append(message) or [])
    needs("rent arrears and mum drinks", model)
    assert len(asked) == 1
    monkeypatch.undo()
    story = (
        "We moved here in March, the rent went up twice, and my husband lost his place at the "
        "factory, so we are three months behind and a man came to the door about it on Monday."
    )
    found = needs(story, model)
    monkeypatch.setattr(reading, "named_apart", lambda *_: [])
    assert needs(story, model) == found


def test_many_joining_words_are_read_in_time(model):
    assert needs("rent arrears" + " " * 100_000 + "x and mum drinks", model)
    assert needs(", and" * 50, model) == []
    assert needs(", and" * 5_000, model) is not None
    assert needs("a and " * 2_000 + "rent arrears", model) is not None
