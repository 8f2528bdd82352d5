"""What single cells may hold, and what they say when they may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.exchange.cells import (
    CellRefused,
    as_choice,
    as_codes,
    as_date,
    as_decimal,
    as_text,
    as_whole,
    as_yes_no,
    guarded,
    unguarded,
)
from cms.exchange.hours import as_holidays, as_hours, show_holidays, show_hours

NEEDS = {"debt-advice": "Debt advice", "housing-advice": "Housing advice"}


@given(st.text(alphabet="=+-@' \tａ＝x1", max_size=8) | st.text(max_size=20))
def test_the_guard_against_formulas_is_undone_exactly(text):
    assert unguarded(guarded(text)) == text
    assert guarded(text).lstrip()[:1] not in tuple("=+-@＝＋－＠")


@pytest.mark.parametrize("text", ["=1+1", "+44 1632", "-x", "@SUM(A1)", " =1", "＝1", "'=1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["'tis", "plain", "01632 960001", "x=1", ""])
def test_other_texts_are_left_alone(text):
    assert guarded(text) == unguarded(text) == text


@pytest.mark.parametrize(
    "text", ["2026-11-26", "26/11/2026", "26.11.2026", "26 November 2026", "26 Nov 2026"]
)
def test_dates_are_read_as_people_write_them(text):
    assert as_date(text) == "2026-11-26"


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (as_date, "31/02/2026"),
        (as_date, "11-26-2026"),
        (as_whole, "twelve"),
        (as_whole, "1.5"),
        (as_whole, "-3"),
        (as_whole, "99999"),
        (as_decimal, "north"),
        (as_decimal, "1e5"),
        (as_yes_no, "maybe"),
        (as_hours, "MO 9-5"),
        (as_hours, "XX 09:00-10:00"),
        (as_hours, "MO 16:00-09:00"),
        (as_holidays, "Christmas"),
        (as_holidays, "2026-12-31 to 2026-12-24 closed"),
        (as_holidays, "2026-12-31 12:00-09:00"),
    ],
)
def test_what_is_wrong_is_quoted(read, text):
    with pytest.raises(CellRefused, match=text[:2]):
        read(text)


@pytest.mark.parametrize("text", ["Yes", "y", "TRUE", "1", "x"])
def test_yes_is_read_as_people_write_it(text):
    assert as_yes_no(text) is True


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("MO TU 09:30-16:00", "MO TU 09:30-16:00"),
        ("Mon-Fri 9.00 to 17:00; sat 9:00–12:00", "MO TU WE TH FR 09:00-17:00; SA 09:00-12:00"),
        ("mo, we and fr 09:00-10:00", "MO WE FR 09:00-10:00"),
        ("SA-MO 09:00-10:00", "SA SU MO 09:00-10:00"),
        ("", ""),
    ],
)  # fmt: skip
def test_opening_hours_are_read_as_people_write_them(typed, shown):
    assert show_hours(as_hours(typed)) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("2026-12-24 to 2027-01-02 closed Christmas", "2026-12-24 to 2027-01-02 closed Christmas"),
        ("24/12/2026", "2026-12-24 closed"),
        (
            "2026-12-31 09:00-12:00 New Year's Eve; 2027-05-01 closed",
            "2026-12-31 09:00-12:00 New Year's Eve; 2027-05-01 closed",
        ),
    ],
)
def test_holidays_are_read_as_people_write_them(typed, shown):
    assert show_holidays(as_holidays(typed)) == shown


def test_an_unknown_code_is_told_with_the_one_that_was_meant():
    with pytest.raises(CellRefused, match=r"Did you mean debt-advice \(Debt advice\)\?"):
        as_codes("debt-advise", NEEDS, "a need")
    with pytest.raises(CellRefused, match=r"Did you mean housing-advice"):
        as_codes("Housing advice", NEEDS, "a need")


def test_all_unknown_codes_are_told_at_once():
    with pytest.raises(CellRefused, match=r"'aaa'.*'zzz'"):
        as_codes("aaa; debt-advice; zzz", NEEDS, "a need")


def test_codes_are_read_with_any_of_the_usual_marks_between():
    assert as_codes("debt-advice, housing-advice\ndebt-advice;", NEEDS, "") == list(NEEDS)


def test_a_choice_is_its_words_or_its_code():
    labels = {"open": "Taking people on", "closed": "Closed to new people"}
    assert as_choice("taking PEOPLE on", labels) == as_choice("open", labels) == "open"
    with pytest.raises(CellRefused, match="Taking people on; Closed"):
        as_choice("perhaps", labels)


def test_what_is_too_long_says_by_how_much():
    with pytest.raises(CellRefused, match="Keep it to 300 characters: it has 1,000,000"):
        as_text("x" * 1_000_000, 300)
