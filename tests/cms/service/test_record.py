"""What a listing says of referral, closing, holidays and promises, from its page to its readers."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from cms.models import ServicePageHoliday
from cms.projection import service_record
from cms.templatetags.cms_display import (
    capacity_words,
    holiday_words,
    is_closed,
    referral_of_practitioners,
    referral_words,
    to_come,
)
from cms.views.directory import service_context
from directory.models import Listing
from directory.records import HolidayRecord
from directory.search.document import facets, facets_on, public_document, record_from
from matching.enquiry import Enquiry
from matching.pipeline import answer
from tests.cms.pages import add_partner, add_service
from tests.factories import ServiceRecordFactory

pytestmark = pytest.mark.django_db

UNTIL = date(2027, 1, 3)
TOLD = {
    "self_referral": True,
    "practitioner_referral": True,
    "next_steps": "We ring back in two days.",
    "accessibility": "Step-free.",
    "outreach": "Tuesdays at the library.",
    "pledge": "We answer within two working days.",
    "outcomes": "Families owe less.",
}


def test_the_record_says_all_that_the_page_says_and_comes_back_from_its_document():
    page = add_service(add_partner(), capacity="closed", closed_until=UNTIL, **TOLD)
    page.page_holidays = [
        ServicePageHoliday(valid_from=date(2026, 12, 24), valid_to=date(2027, 1, 2)),
        ServicePageHoliday(
            valid_from=UNTIL, valid_to=UNTIL, opens_at=time(10), closes_at=time(12, 30),
            description="Snow",
        ),
    ]  # fmt: skip
    page.save_revision().publish()
    record = record_from(Listing.objects.get(service_id=page.service_id).document)
    assert record == service_record(page)
    assert {name: getattr(record, name) for name in TOLD} == TOLD
    assert (record.capacity, record.closed_until) == ("closed", UNTIL)
    assert [(h.opens_at, h.closes_at, h.description) for h in record.holidays] == [
        ("", "", ""),
        ("10:00", "12:30", "Snow"),
    ]


def test_a_document_from_before_these_fields_is_read_as_not_said():
    record = ServiceRecordFactory()
    document = public_document(record)
    for name in [*TOLD, "closed_until", "holidays"]:
        del document[name]
    assert record_from(document) == record
    old = facets(record)
    del old["closed_until"]
    old["capacity"] = "closed"
    assert facets_on(old, UNTIL)["capacity"] == "closed"


@pytest.mark.parametrize(
    ("capacity", "until", "day", "counts_as"),
    [
        ("closed", UNTIL, UNTIL - timedelta(days=1), "closed"),
        ("closed", UNTIL, UNTIL, "open"),
        ("closed", UNTIL, UNTIL + timedelta(days=400), "open"),
        ("closed", None, UNTIL, "closed"),
        ("waiting_list", None, UNTIL, "waiting_list"),
    ],
)
def test_what_is_closed_until_a_day_is_open_from_that_day(capacity, until, day, counts_as):
    record = ServiceRecordFactory(capacity=capacity, closed_until=until)
    assert record.capacity_on(day) == counts_as
    assert facets_on(facets(record), day)["capacity"] == counts_as


@pytest.mark.usefixtures("empty_directory", "model")
def test_the_matcher_offers_it_from_that_day_on_without_a_new_projection():
    page = add_service(add_partner(), capacity="closed", closed_until=UNTIL)
    version = Listing.objects.get(service_id=page.service_id).version
    ask = Enquiry(needs=("debt-advice",), place="Wymondham")
    before, after = (answer(ask, today=day) for day in (UNTIL - timedelta(days=1), UNTIL))
    assert not before.services
    assert before.near_misses[0].detail == "It is closed to new people until 3 January 2027."
    assert [service.name for service in after.services] == ["Kingfisher casework"]
    assert not after.near_misses
    assert Listing.objects.get(service_id=page.service_id).version == version


def test_people_read_until_when_it_is_closed_and_that_it_has_opened_again():
    today = timezone.localdate()
    closed = ServiceRecordFactory(capacity="closed", closed_until=today + timedelta(days=1))
    opened = replace(closed, closed_until=today)
    assert capacity_words(closed).startswith("Closed to new people until ")
    assert is_closed(closed)
    assert capacity_words(opened).startswith("Taking people on again since ")
    assert not is_closed(opened)
    assert capacity_words(replace(closed, closed_until=None)).startswith("Not taking new people")


@pytest.mark.parametrize(
    ("holiday", "words"),
    [
        (HolidayRecord(UNTIL, UNTIL), "Closed on 3 January 2027"),
        (
            HolidayRecord(date(2026, 12, 24), date(2026, 12, 26), description="Christmas"),
            "Closed 24 to 26 December 2026 (Christmas)",
        ),
        (
            HolidayRecord(date(2026, 11, 30), date(2026, 12, 1)),
            "Closed 30 November to 1 December 2026",
        ),
        (HolidayRecord(date(2026, 12, 24), UNTIL), "Closed 24 December 2026 to 3 January 2027"),
        (HolidayRecord(UNTIL, UNTIL, "10:00", "12:30"), "10am to 12:30pm only, on 3 January 2027"),
    ],
)
def test_days_that_differ_are_said_in_one_line(holiday, words):
    assert holiday_words(holiday) == words


def test_days_that_are_over_are_not_shown():
    today = timezone.localdate()
    over = HolidayRecord(today - timedelta(days=9), today - timedelta(days=1))
    last_day = HolidayRecord(today - timedelta(days=9), today)
    later = HolidayRecord(today + timedelta(days=9), today + timedelta(days=9))
    assert to_come([later, over, last_day]) == [last_day, later]


@pytest.mark.parametrize("oneself", [True, False])
@pytest.mark.parametrize("practitioner", [True, False])
def test_who_may_ask_is_said_to_both(oneself, practitioner):
    record = ServiceRecordFactory(self_referral=oneself, practitioner_referral=practitioner)
    assert bool(referral_words(record)) == (oneself or practitioner)
    assert ("refer first" in referral_of_practitioners(record)) is False
    assert referral_of_practitioners(record)


def test_the_page_of_a_service_says_all_of_it(rf):
    record = ServiceRecordFactory(
        capacity="closed", closed_until=timezone.localdate() + timedelta(days=9), **TOLD
    )
    said = render_to_string("cms/service_page.html", service_context(record), rf.get("/"))
    told = [words for words in TOLD.values() if isinstance(words, str)]
    for words in (*told, "Closed to new people until", "You ask yourself", "Financial stability"):
        assert words in said
