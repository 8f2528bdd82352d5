"""A form that was open when the service was confirmed does not take the confirmation back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from cms.assurance.confirming import confirm
from cms.assurance.links import link_to
from cms.models import ServicePage
from tests.cms.moderation.steps import edit, latest, live, public, send
from tests.cms.pages import add_service
from tests.cms.untouched import untouched

pytestmark = pytest.mark.django_db

OLD = date(2025, 1, 10)
PUBLISH, SUBMIT, SAVE = {"action-publish": "1"}, {"action-submit": "1"}, {}


@pytest.fixture
def page(heron) -> ServicePage:
    return add_service(heron.page, "Owl line", phone="01632 960001", assured_date=OLD)


def _opened(client, page):
    """The form as a browser has it."""
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    return untouched(html)


def _sent(client, page, form, **values) -> None:
    for name, value in values.items():
        form[name] = value
    response = send(client, page, form)
    assert response.status_code == 302, response.content.decode()[:4000]


def _in_review(page) -> bool:
    return WorkflowState.objects.active().filter(object_id=str(page.pk)).exists()


@pytest.fixture(params=["partner", "hub"])
def browser(request, heron, hub):
    """Whoever has the form open, and how they send it."""
    return (heron.client, SUBMIT) if request.param == "partner" else (hub, PUBLISH)


def test_the_date_stays_and_nothing_goes_to_review(heron, page, browser):
    client, action = browser
    form = _opened(client, page)
    heron.client.post(reverse("partner_still_right", args=[page.pk]))
    _sent(client, page, form, **action)
    today = timezone.localdate()
    assert live(page).assured_date == latest(page).assured_date == today
    assert public(page)["assured_date"] == today.isoformat()
    assert not _in_review(page)


def test_the_link_of_the_mail_does_not_open_again(page, browser, settings):
    link = link_to(page).removeprefix(settings.SITE_URL)
    client, action = browser
    form = _opened(client, page)
    client.post(link)
    _sent(client, page, form, **action)
    assert "was confirmed already" in client.get(link).content.decode()


def test_what_was_typed_in_the_open_form_is_taken(heron, page):
    form = _opened(heron.client, page)
    confirm(page, timezone.localdate())
    _sent(heron.client, page, form, phone="01632 960009", **SUBMIT)
    assert live(page).phone == "01632 960009"
    assert live(page).assured_date == timezone.localdate()
    assert not _in_review(page)


def test_a_draft_that_waits_keeps_the_confirmation_as_well(heron, page):
    edit(heron.client, page, summary="A change that is not handed in")
    form = _opened(heron.client, page)
    confirm(page, timezone.localdate())
    _sent(heron.client, page, form, **SAVE)
    assert latest(page).assured_date == timezone.localdate()
    assert latest(page).summary == "A change that is not handed in"
    assert live(page).assured_date == timezone.localdate()


def test_a_first_confirmation_is_kept_too(heron):
    page = add_service(heron.page, "Never confirmed", phone="01632 960001")
    form = _opened(heron.client, page)
    confirm(page, timezone.localdate())
    _sent(heron.client, page, form, **SUBMIT)
    assert live(page).assured_date == timezone.localdate()


def test_a_later_day_in_the_open_form_counts(heron, page):
    form = _opened(heron.client, page)
    confirm(page, timezone.localdate() - timedelta(days=3))
    today = timezone.localdate()
    _sent(heron.client, page, form, assured_date=today.isoformat(), **SUBMIT)
    assert live(page).assured_date == today


@pytest.mark.parametrize("typed", ["2025-01-09", ""])
def test_whoever_opens_the_form_anew_may_go_back(hub, page, typed):
    confirm(page, timezone.localdate())
    _sent(hub, page, _opened(hub, page), assured_date=typed, **PUBLISH)
    assert live(page).assured_date == (date.fromisoformat(typed) if typed else None)


def test_a_date_is_changed_as_any_other_field(hub, page):
    form = _opened(hub, page)
    _sent(hub, page, form, assured_date="2024-12-01", **PUBLISH)
    assert live(page).assured_date == date(2024, 12, 1)


def test_what_is_planned_for_a_later_day_does_not_bring_the_old_date_back(page):
    planned = page.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))
    live(page).save_revision()
    confirm(page, timezone.localdate())
    planned.refresh_from_db()
    planned.approved_go_live_at = None
    planned.publish()
    assert live(page).assured_date == timezone.localdate()
