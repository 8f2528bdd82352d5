"""What is due: by months, by what was sent, and where the hub has to decide."""

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.core.management import call_command
from django.utils import timezone

from cms.assurance.standing import ANSWER_DAYS
from cms.models import Reminder, ServicePage
from tests.cms.pages import add_partner, add_service
from tests.cms.reports.reading import column_of, page_of, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("calm")]

NAME = "hub_report_due"


def _confirmed(months: int, days: int = 0):
    return timezone.localdate() - relativedelta(months=months) - timedelta(days=days)


def _due(months: int, partner=None, **values) -> ServicePage:
    title = f"Service of {months} months"
    return add_service(partner or add_partner(), title, assured_date=_confirmed(months), **values)


def test_the_oldest_come_first_and_what_was_confirmed_lately_is_not_there(hub):
    partner = add_partner()
    for months in (4, 13, 5, 7):
        _due(months, partner)
    found = rows_of(hub, NAME)
    assert [row["Service"] for row in found] == [f"Service of {n} months" for n in (13, 7, 5)]
    assert [row["Months ago"] for row in found] == ["13", "7", "5"]
    assert found[0]["Last confirmed"] == _confirmed(13).isoformat()
    assert {row["Partner"] for row in found} == {partner.title}


@pytest.mark.parametrize(("months", "found"), [(5, 3), (6, 2), (7, 2), (12, 1)])
def test_the_filter_by_months(hub, months, found):
    for age in (5, 7, 12):
        _due(age)
    assert len(rows_of(hub, NAME, months=months)) == found


def test_the_filter_by_partner(hub):
    one, other = add_partner("Heron Trust"), add_partner("Otter Society")
    _due(6, one)
    _due(8, other)
    assert column_of(hub, NAME, "Partner", partner=one.pk) == ["Heron Trust"]


def test_the_filter_by_hub_asks_what_reaches_its_areas(hub):
    from directory.models import Area
    from directory.reference import current_reference

    diss, other = (
        next(row for row in current_reference().hubs if row.areas == [code])
        for code in ("locality-diss", "locality-wymondham")
    )
    page = _due(6, phone="01632 960001")
    page.areas = [Area.objects.get(code="locality-diss")]
    page.save_revision().publish()
    assert len(rows_of(hub, NAME, hub=str(diss.pk))) == 1
    assert rows_of(hub, NAME, hub=str(other.pk)) == []


def test_a_listing_that_was_never_confirmed_counts_from_its_publication(hub):
    page = add_service(add_partner(), "Never confirmed")
    assert rows_of(hub, NAME) == []
    published = timezone.now() - timedelta(days=200)
    ServicePage.objects.filter(pk=page.pk).update(first_published_at=published)
    (row,) = rows_of(hub, NAME)
    assert (row["Last confirmed"], row["Months ago"]) == ("never", "6")
    assert row["The public is told"] == "Not confirmed yet"


def test_when_the_partner_was_asked_is_said(hub, mailoutbox):
    _due(6, add_partner(email="office@example.org"))
    assert column_of(hub, NAME, "Last asked") == ["never"]
    call_command("remind")
    assert column_of(hub, NAME, "Last asked") == [timezone.localdate().isoformat()]


def test_after_twelve_months_the_public_is_told_and_the_hub_has_to_decide(hub):
    _due(11)
    old = _due(12)
    (first, second) = rows_of(hub, NAME)
    assert first["The public is told"] == f"Not confirmed since {old.assured_date:%B %Y}"
    assert first["Wanted"] == "Decide: is it still offered?"
    assert second["Wanted"] == "Wait for the partner"
    assert column_of(hub, NAME, "Service", wanted="decide") == ["Service of 12 months"]


def test_a_partner_that_was_just_asked_has_time_to_answer(hub):
    page = _due(13)
    asked = Reminder.objects.create(page=page, assured_date=page.assured_date, month=13)
    assert rows_of(hub, NAME, wanted="decide") == []
    asked.sent = timezone.now() - timedelta(days=ANSWER_DAYS, minutes=1)
    asked.save()
    assert len(rows_of(hub, NAME, wanted="decide")) == 1


def test_what_should_have_gone_out_and_did_not(hub, mailoutbox):
    _due(5)  # due today: there is time
    silent = add_service(add_partner("Silent"), "Silent", assured_date=_confirmed(6, days=2))
    assert column_of(hub, NAME, "Service", wanted="unsent") == ["Silent"]
    Reminder.objects.create(page=silent, assured_date=silent.assured_date, month=5)
    assert column_of(hub, NAME, "Service", wanted="unsent") == ["Silent"]
    Reminder.objects.create(page=silent, assured_date=silent.assured_date, month=6)
    assert rows_of(hub, NAME, wanted="unsent") == []


def test_a_reminder_about_an_earlier_confirmation_does_not_count(hub):
    page = add_service(add_partner(), assured_date=_confirmed(6, days=2))
    Reminder.objects.create(page=page, assured_date=_confirmed(20), month=7)
    assert len(rows_of(hub, NAME, wanted="unsent")) == 1


def test_what_is_not_live_is_not_due(hub):
    _due(9).unpublish()
    assert rows_of(hub, NAME) == []


def test_the_page_leads_to_the_decisions(hub):
    page = _due(14)
    said = page_of(hub, NAME)
    for action in ("confirm", "ask", "withdraw"):
        assert f"/admin/reports/hub/decide/{page.pk}/{action}/" in said
