"""A partner's own services on its dashboard."""

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from cms.models import ServicePage
from cms.partners.spaces import add_member, close_space, remove_member
from directory.models import Listing
from tests.cms.dashboard.submitting import send_back, submit
from tests.cms.pages import add_service
from tests.cms.reports.reading import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("calm")]


def _said(client) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()


def _button(page) -> str:
    return reverse("partner_still_right", args=[page.pk])


def _old(page, months: int = 6):
    assured = timezone.localdate() - relativedelta(months=months) - timedelta(days=1)
    ServicePage.objects.filter(pk=page.pk).update(assured_date=assured)
    return assured


def test_how_each_service_stands_is_said(heron):
    said = _said(heron.client)
    assert "Live; a change is not handed in yet" in said
    assert "Draft, not handed in yet" in said
    submit(heron.live, heron.user)
    submit(heron.draft, heron.user)
    said = _said(heron.client)
    assert "Live; a change waits for the hub" in said
    assert "Draft waits for the hub" in said


def test_what_was_sent_back_is_there_with_the_hubs_words(heron, hub):
    send_back(submit(heron.draft, heron.user), hub.user, "Say for whom it is.")
    said = _said(heron.client)
    assert "Draft was sent back by the hub" in said
    assert "Say for whom it is." in said


def test_what_was_withdrawn_is_said(heron):
    heron.live.unpublish()
    assert "Withdrawn" in _said(heron.client)


def test_what_to_do_next_is_said_of_the_draft(heron):
    """Of what was saved last, not of what is public."""
    page = ServicePage.objects.get(pk=heron.draft.pk)
    assert "Next: say how people start" in _said(heron.client)
    page.how_to_access = "Ring us."
    page.save_revision()
    heron.live.how_to_access = "Ring us."
    heron.live.save_revision()
    assert "Next: say how people start" not in _said(heron.client)


def test_the_button_is_there_when_it_is_due_and_confirms(heron):
    ServicePage.objects.filter(pk=heron.live.pk).update(assured_date=timezone.localdate())
    assert _button(heron.live) not in _said(heron.client)
    _old(heron.live)
    assert _button(heron.live) in _said(heron.client)
    response = heron.client.post(_button(heron.live), follow=True)
    assert "is confirmed as of today" in response.content.decode()
    today = timezone.localdate()
    assert ServicePage.objects.get(pk=heron.live.pk).assured_date == today
    assert Listing.objects.get(service_id=heron.live.service_id).assured_date == today
    entry = PageLogEntry.objects.get(page_id=heron.live.pk, action="cms.confirm")
    assert entry.user == heron.user
    assert _button(heron.live) not in _said(heron.client)


def test_looking_at_the_buttons_address_confirms_nothing(heron):
    old = _old(heron.live)
    assert heron.client.get(_button(heron.live)).status_code == 405
    assert ServicePage.objects.get(pk=heron.live.pk).assured_date == old


def test_the_button_needs_a_token_of_the_form(heron):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(heron.user)
    _old(heron.live)
    assert strict.post(_button(heron.live)).status_code == 403


def test_anothers_service_is_not_there(heron, otter):
    old = _old(otter.live)
    assert heron.client.post(_button(otter.live)).status_code == 404
    assert heron.client.post(_button(otter.draft)).status_code == 404
    assert heron.client.post(reverse("partner_still_right", args=[9_999_999])).status_code == 404
    assert ServicePage.objects.get(pk=otter.live.pk).assured_date == old


def test_a_draft_of_ones_own_cannot_be_confirmed(heron):
    assert heron.client.post(_button(heron.draft)).status_code == 404


def test_whoever_left_or_was_shut_out_confirms_nothing(heron, otter):
    old = _old(heron.live), _old(otter.live)
    remove_member(heron.space, heron.user)
    assert heron.client.post(_button(heron.live)).status_code in (302, 403)
    add_member(otter.space, heron.user.email)
    assert heron.client.post(_button(heron.live)).status_code == 404
    close_space(otter.space)
    assert otter.client.post(_button(otter.live)).status_code in (302, 403, 404)
    found = ServicePage.objects.filter(pk__in=[heron.live.pk, otter.live.pk])
    assert {page.assured_date for page in found} == set(old)


def test_nothing_of_others_is_shown_also_not_of_a_partner_one_has_left(heron, otter):
    page = ServicePage.objects.get(pk=heron.live.pk)
    from wagtail.log_actions import log

    log(page, "wagtail.edit", user=heron.user)
    remove_member(heron.space, heron.user)
    add_member(otter.space, heron.user.email)
    said = _said(heron.client)
    assert "Otter Society live service" in said
    assert "Heron Trust" not in said


def test_somebody_of_two_partners_sees_both_and_no_third(heron, otter, client_of):
    from tests.cms.partners.conftest import Partner

    Partner("Kite Club", client_of())
    add_member(otter.space, heron.user.email)
    said = _said(heron.client)
    assert "Heron Trust live service" in said
    assert "Otter Society live service" in said
    assert "Kite Club" not in said
    assert "w-summary" not in said


def test_those_that_want_something_come_first(heron, hub):
    done = add_service(heron.page, "A done service", assured_date=timezone.localdate())
    due = add_service(heron.page, "Z due service")
    _old(due)
    back = add_service(heron.page, "Z sent back")
    send_back(submit(back, heron.user), hub.user, "No.")
    said = _said(heron.client)
    order = [said.index(page.title) for page in (back, due, heron.draft, done)]
    assert order == sorted(order)


def test_queries_do_not_grow(heron):
    def fill(numbers):
        for number in numbers:
            submit(add_service(heron.page, f"Service {number}"), heron.user)

    fill(range(2))
    few = queries_of(heron.client, reverse("wagtailadmin_home"))
    fill(range(2, 20))
    assert queries_of(heron.client, reverse("wagtailadmin_home")) == few
