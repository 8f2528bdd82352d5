"""What the command prints of an answer: true headings, and how to reach whom it names."""

from dataclasses import replace
from datetime import date

import pytest

from directory.reference import current_reference
from matching.answer import NearMiss, NeedFound, PackageChoice, Route
from matching.readable import lines_of
from tests.answers import ANSWER, EMPTY, FOUND, RECORD, SERVICE

pytestmark = pytest.mark.django_db

DEBT, FIRE = "debt-advice", "fire-safety"
COVERED = ("nuisance", "parenting-support")
DEBTLINE = Route("helpline", "National Debtline", "0808 808 4000", "https://debt.example", "Debts.")


def said(answer, audience="resident", *records):
    by_id = {str(record.id): record for record in records}
    return "\n".join(lines_of(answer, audience, current_reference(), by_id))


def planned(services=1, unmet=(), **values):
    """An answer whose package has so many services, one for each need, beside those of `unmet`."""
    needs = COVERED[:services]
    return replace(
        ANSWER,
        needs=tuple(NeedFound(code, code, 1.0, (), "chosen") for code in (*needs, *unmet)),
        services=tuple(replace(FOUND, id=str(n)) for n in range(services)),
        package=tuple(PackageChoice(str(n), (need,)) for n, need in enumerate(needs)),
        unmet=unmet,
        **values,
    )


@pytest.mark.parametrize(
    ("answer", "resident", "practitioner"),
    [
        (planned(1), "HELP WITH ALL OF IT", "PACKAGE: help with all of it"),
        (
            planned(2),
            "HELP WITH ALL OF IT, FROM AS FEW ORGANISATIONS AS CAN BE",
            "PACKAGE: help with all of it, from as few partners as can be",
        ),
        (
            planned(2, unmet=(DEBT, FIRE)),
            "HELP WITH 2 OF THE 4, FROM AS FEW ORGANISATIONS AS CAN BE",
            "PACKAGE: help with 2 of the 4, from as few partners as can be",
        ),
        (
            planned(2, unmet=(FIRE,), package_exact=False),
            "HELP WITH 2 OF THE 3",
            "PACKAGE: help with 2 of the 3",
        ),
        (EMPTY, "WHAT NOBODY HERE COVERS YET", "PACKAGE: what nobody here covers yet"),
    ],
    ids=["one", "several", "gaps", "greedy", "none"],
)
def test_the_heading_of_the_package_promises_no_more_than_it_does(answer, resident, practitioner):
    assert resident in said(answer).splitlines()
    assert practitioner in said(answer, "practitioner").splitlines()


def test_a_need_that_nobody_covers_is_printed_with_its_line_and_what_just_misses_it():
    miss = NearMiss("n", "Second help", (DEBT,), "capacity", "It is closed at the moment.")
    printed = said(replace(EMPTY, unmet_routes=(DEBTLINE,), near_misses=(miss,)))
    assert "Money you owe. Turn to National Debtline: 0808 808 4000, https://debt" in printed
    assert "Just misses: Second help. It is closed at the moment." in printed


def test_the_longest_wait_stands_right_under_the_name():
    record = replace(RECORD, waiting_weeks=40, practitioner_referral=True)
    lines = said(ANSWER, "practitioner", record).splitlines()
    name = next(n for n, line in enumerate(lines) if "1. Debt help" in line)
    assert lines[name + 1].strip() == (
        "waiting list, about 40 weeks’ wait · you refer · free · not confirmed yet: ring first · "
        "01632 960119"
    )


@pytest.mark.parametrize(
    ("values", "fact"),
    [
        ({"capacity": "open", "waiting_weeks": 1}, "taking people on, about 1 week’s wait"),
        ({"capacity": "limited", "waiting_weeks": None}, "a few places left"),
        ({"capacity": "closed"}, "closed to new people"),
        (
            {"capacity": "closed", "closed_until": date(2126, 12, 1)},
            "closed to new people until 1 December 2126",
        ),
        ({"capacity": "closed", "closed_until": date(2020, 12, 1)}, "taking people on"),
        ({"self_referral": True}, "you ask for it yourself"),
        ({"practitioner_referral": True}, "somebody who works with you asks for it"),
        ({"free": False}, "there is a charge"),
        ({"free": False, "fees_description": "£2 a time"}, "£2 a time"),
        ({"assured_date": date(2026, 5, 3)}, "confirmed in May 2026"),
    ],
)
def test_each_fact_is_said_in_a_few_words(values, fact):
    assert fact in facts(replace(RECORD, **values))


def facts(record):
    line = next(line for line in said(ANSWER, "resident", record).splitlines() if " · " in line)
    return line.strip().split(" · ")


@pytest.mark.parametrize(
    ("reasons", "printed"),
    [
        (("One", "Two", "Three", "Four"), ["One", "Two", "Three"]),
        (("One", "Serves this area", "Two", "Three"), ["One", "Two", "Three"]),
        (
            ("First: Money you owe", "Helps with: Money you owe", "For: Money you owe", "Free"),
            ["First: Money you owe", "Free"],
        ),
        (
            ("First: Money you owe", "Helps with: Money you owe; Staying safe from fire"),
            ["First: Money you owe", "Helps with: Money you owe; Staying safe from fire"],
        ),
        (("Free: ask", "Open: ask"), ["Free: ask", "Open: ask"]),
    ],
    ids=["three", "coverage above", "same need", "one more need", "same advice"],
)
def test_at_most_three_reasons_are_printed_and_each_says_something_new(reasons, printed):
    lines = said(replace(ANSWER, services=(replace(FOUND, reasons=reasons),))).splitlines()
    assert [line[7:] for line in lines if line.startswith("     - ")] == printed


def test_a_near_miss_is_printed_with_what_it_is_for_and_its_number():
    miss = NearMiss(str(SERVICE), "Debt help", (DEBT,), "area", "Breckland only.")
    printed = said(replace(EMPTY, near_misses=(miss,)), "resident", RECORD)
    assert "For: Money you owe · 01632 960119" in printed


def test_without_records_the_answer_is_still_printed():
    assert "1. Debt help (Larkmoor)" in said(ANSWER)
