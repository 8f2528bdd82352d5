"""The link in a reminder: no log-in, one service, one date, one use."""

import re
from datetime import date, timedelta

import pytest
from django.core import signing
from django.utils import timezone
from wagtail.models import PageLogEntry

from cms.assurance.confirming import confirm
from cms.assurance.links import link_to
from cms.models import ServicePage
from directory.models import Listing
from tests.cms.pages import add_partner, add_service

pytestmark = pytest.mark.django_db

OLD = date(2025, 1, 10)


@pytest.fixture
def page() -> ServicePage:
    return add_service(add_partner(), assured_date=OLD)


def _path(page: ServicePage, settings) -> str:
    return link_to(page).removeprefix(settings.SITE_URL)


def _assured(page: ServicePage) -> date | None:
    return ServicePage.objects.get(pk=page.pk).assured_date


def _public(page: ServicePage) -> str:
    return Listing.objects.get(service_id=page.service_id).document["assured_date"]


def test_one_press_confirms_the_page_and_the_public_listing(client, page, settings):
    path = _path(page, settings)
    asked = client.get(path)
    assert "still right?" in asked.content.decode()
    done = client.post(path)
    today = timezone.localdate()
    assert "confirmed as of today" in done.content.decode()
    assert _assured(page) == today
    assert _public(page) == today.isoformat()


def test_looking_confirms_nothing(client, page, settings):
    client.get(_path(page, settings))
    client.head(_path(page, settings))
    assert _assured(page) == OLD


def test_it_changes_nothing_else(client, page, settings):
    path = _path(page, settings)
    page.summary = "A draft that the hub has not seen"
    page.save_revision()
    before = Listing.objects.get(service_id=page.service_id).document
    client.post(path)
    after = Listing.objects.get(service_id=page.service_id).document
    assert {name for name in before if before[name] != after[name]} == {"assured_date"}
    draft = ServicePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.summary == "A draft that the hub has not seen"
    assert draft.assured_date == timezone.localdate()
    assert ServicePage.objects.get(pk=page.pk).summary != draft.summary


def test_a_draft_begun_before_does_not_bring_the_old_date_back(client, page, settings):
    path = _path(page, settings)
    page.summary = "Later"
    revision = page.save_revision()
    client.post(path)
    revision.refresh_from_db()
    revision.publish()
    assert _assured(page) == timezone.localdate()


def test_it_works_once(client, page, settings):
    path = _path(page, settings)
    client.post(path)
    ServicePage.objects.filter(pk=page.pk).update(assured_date=date(2025, 6, 1))
    again = client.post(path)
    assert "confirmed already" in again.content.decode()
    assert _assured(page) == date(2025, 6, 1)


def test_it_does_not_open_again_when_the_hub_takes_the_confirmation_back(client, page, settings):
    path = _path(page, settings)
    client.post(path)
    ServicePage.objects.filter(pk=page.pk).update(assured_date=OLD)
    assert "confirmed already" in client.post(path).content.decode()
    assert _assured(page) == OLD
    page.refresh_from_db()
    client.post(_path(page, settings))
    assert _assured(page) == timezone.localdate()


def test_it_is_used_up_on_the_day_of_a_confirmation(client, page, settings):
    confirm(page, timezone.localdate())
    page.refresh_from_db()
    path = _path(page, settings)
    client.post(path)
    assert "confirmed already" in client.post(path).content.decode()
    assert PageLogEntry.objects.filter(page_id=page.pk, action="cms.confirm").count() == 2


def test_it_expires(client, page, settings):
    path = _path(page, settings)
    settings.ASSURANCE_LINK_DAYS = -1
    assert client.post(path).status_code == 410
    assert _assured(page) == OLD


def test_a_link_that_was_changed_does_nothing(client, page, settings):
    path = _path(page, settings)
    forged = signing.dumps([str(page.service_id), OLD.isoformat()], salt="something else")
    changed = path.replace("still-right/", "still-right/x")
    long = f"/still-right/{'x' * 5000}/"
    for wrong in (path[:-4] + "/", changed, f"/still-right/{forged}/", "/still-right/%00/", long):
        response = client.post(wrong)
        assert response.status_code == 404, wrong
    assert _assured(page) == OLD


def test_a_service_that_is_not_live_cannot_be_confirmed(client, page, settings):
    path = _path(page, settings)
    page.unpublish()
    assert client.post(path).status_code == 404
    assert _assured(page) == OLD


def test_it_is_in_the_history(page):
    confirm(page, timezone.localdate())
    entry = PageLogEntry.objects.get(page_id=page.pk, action="cms.confirm")
    assert entry.data["before"] == OLD.isoformat()


def test_the_press_needs_a_token_of_the_form(page, settings):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    path = _path(page, settings)
    assert strict.post(path).status_code == 403
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', strict.get(path).content.decode())[1]
    assert strict.post(path, {"csrfmiddlewaretoken": token}).status_code == 200


@pytest.mark.parametrize(("days", "said"), [(30, False), (300, False), (400, True)])
def test_a_listing_that_nobody_confirmed_for_a_year_says_so(client, days, said):
    page = add_service(add_partner(), assured_date=timezone.localdate() - timedelta(days=days))
    shown = client.get(page.url).content.decode()
    assert ("have not been confirmed since" in shown) is said
