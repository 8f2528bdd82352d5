"""What counts as saying where a confidential site is, and what does not."""

import pytest

from cms.confidential.written_out import WrittenOut

SITE = {"address_1": "7 Quill Yard", "postal_code": "NR9 9ZZ"}


@pytest.mark.parametrize(
    "text",
    [
        "7 Quill Yard",
        "Come to 7  QUILL yard, behind the church.",
        "We are at 7, Quill\nYard",
        "No. 7 Quill-Yard",
        "7 Quill Yd.",
        "https://example.org/7-quill-yard",
        "Write to NR9 9ZZ.",
        "(nr99zz)",
        "NR9-9ZZ",
        "NR9\u00a09ZZ",
    ],
)
def test_number_and_street_or_the_whole_postcode_are_found_however_they_are_written(text):
    assert WrittenOut.of([SITE]).in_text(text)


@pytest.mark.parametrize(
    "text",
    ["", "Quill Yard", "17 Quill Yard", "7 Quill Yardley", "7 days", "NR9", "NR9 9ZY", "ANR9 9ZZ"],
)
def test_less_than_that_or_another_place_is_not(text):
    assert not WrittenOut.of([SITE]).in_text(text)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Flat 2, 7 Quill Yard", "7 Quill Yard"),
        ("The Old Forge, 7 Quill Yard, Wymondham", "7 Quill Yard"),
        ("7 Quill Yard Wymondham", "7 Quill Yard"),
        ("7, Quill Yard", "7 Quill Yard"),
        ("Unit 3, Quill Yard", "Unit 3 Quill Yard"),
        ("7-9 Quill Yard", "9 Quill Yard"),
        ("7-9 Quill Yard", "7 Quill Yard"),
        ("12a Saint Mary's Road", "12A St Mary’s Rd"),
        ("The Old Forge, Mill Lane", "the Old Forge, Mill Lane"),
    ],
)
def test_the_street_is_found_in_a_line_with_more_in_it(line, text):
    assert WrittenOut.of([{"address_1": line}]).in_text(f"Come to {text} on Monday.")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Library", "Ask in the library."),
        ("2nd floor, 7 Quill Yard", "Our office is on the 2nd floor."),
        ("Flat 2, 7 Quill Yard", "Our shop is at 2 Quill Yard."),
    ],
)
def test_what_is_no_street_with_a_number_gives_nothing_away(line, text):
    assert not WrittenOut.of([{"address_1": line}]).in_text(text)


def test_a_site_that_says_nothing_is_in_no_text():
    secret = WrittenOut.of([{"address_1": "", "postal_code": "", "city": "Diss"}, {}])
    assert not secret
    assert not secret.in_text("")


def test_the_fields_are_named_and_what_is_no_text_is_passed_over():
    texts = {
        "summary": "At 7 Quill Yard",
        "description": "In Diss",
        "minimum_age": 7,
        "photo": None,
    }
    assert WrittenOut.of([SITE]).fields(texts) == ["summary"]


def test_another_site_is_at_the_place_only_with_the_same_street_and_postcode():
    secret = WrittenOut.of([SITE])
    assert secret.is_at({"address_1": "7 QUILL YARD", "postal_code": "nr99zz"})
    assert not secret.is_at({"address_1": "8 Quill Yard", "postal_code": "NR9 9ZZ"})
    assert not secret.is_at({"address_1": "7 Quill Yard", "postal_code": ""})
