"""What waits for the hub."""

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.urls import reverse
from django.utils import timezone

from cms.models import Invitation, Notice, Reminder
from tests.cms.dashboard.submitting import submit
from tests.cms.pages import add_service
from tests.cms.reports.reading import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("calm")]

OLD = 13


def _said(client) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()


def _old(months: int = OLD):
    return timezone.localdate() - relativedelta(months=months) - timedelta(days=2)


def _submit(partner, page) -> None:
    submit(page, partner.user)


def test_submissions_are_there_the_oldest_first_and_lead_to_the_review(hub, heron, otter):
    _submit(otter, otter.draft)
    _submit(heron, heron.live)
    said = _said(hub)
    assert said.index("Otter Society secret draft") < said.index("Heron Trust live service")
    assert reverse("hub_review", args=[otter.draft.pk]) in said
    assert "otter@example.org" in said


def test_what_one_asked_for_oneself_is_said_to_need_somebody_else(hub, heron):
    submit(heron.live, hub.user)
    assert "you: somebody else approves it" in _said(hub)


def test_listings_to_decide_about_lead_to_each_decision(hub, heron):
    page = add_service(heron.page, "Forgotten service", assured_date=_old())
    said = _said(hub)
    assert "Forgotten service" in said
    for action in ("confirm", "ask", "withdraw"):
        assert reverse("hub_decide", args=[page.pk, action]) in said
    Reminder.objects.create(page=page, assured_date=page.assured_date, month=OLD)
    assert "Forgotten service" not in _said(hub)


def test_mails_that_failed_are_counted(administrator, heron):
    add_service(heron.page, "Due", assured_date=_old(6))
    heron.user.last_login = None
    heron.user.save()
    Notice.objects.create(to="a@example.org", subject="x", body="x", problem="refused")
    Notice.objects.create(to="a@example.org", subject="x", body="x")
    said = _said(administrator)
    assert "1 listing is due and no reminder went out" in said
    assert "1 invitation did not go out" in said
    assert "1 mail about a page could not be sent" in said
    Invitation.objects.update(sent=timezone.now())
    assert "invitation" not in _said(administrator)


def test_an_editor_of_the_hub_is_not_told_of_invitations(hub, heron):
    heron.user.last_login = None
    heron.user.save()
    assert "did not go out" not in _said(hub)


def test_incomplete_listings_and_gaps_are_counted_and_lead_to_the_reports(hub, empty_directory):
    said = _said(hub)
    assert "live listings are incomplete" in said
    assert reverse("hub_report_incomplete") in said
    assert "81 gaps" in said
    assert reverse("hub_report_coverage") in said


def test_each_number_is_that_of_its_report(administrator, heron):
    import re

    from tests.cms.reports.reading import rows_of

    add_service(heron.page, "Due", assured_date=_old(6))
    said = _said(administrator)
    for words, name, query in (
        (r"(\d+) live listings? (?:is|are) incomplete", "hub_report_incomplete", {}),
        (r"(\d+) listings? (?:is|are) due", "hub_report_due", {"wanted": "unsent"}),
    ):
        assert int(re.search(words, said)[1]) == len(rows_of(administrator, name, **query))


def test_a_partner_sees_nothing_of_it(heron, otter):
    _submit(otter, otter.draft)
    said = _said(heron.client)
    assert "What waits for you" not in said
    assert "Otter" not in said
    assert "incomplete" not in said


def test_somebody_of_the_hub_in_a_partners_group_sees_the_partners(hub, heron, otter):
    hub.user.groups.add(heron.space.group)
    said = _said(hub)
    assert "What waits for you" not in said
    assert "Heron Trust live service" in said
    assert "Otter" not in said


def test_queries_do_not_grow_with_services_or_submissions(administrator, heron):
    def fill(numbers):
        for number in numbers:
            page = add_service(heron.page, f"Service {number}", assured_date=_old())
            _submit(heron, page)

    fill(range(2))
    few = queries_of(administrator, reverse("wagtailadmin_home"))
    fill(range(2, 20))
    assert queries_of(administrator, reverse("wagtailadmin_home")) == few
