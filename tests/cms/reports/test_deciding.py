"""The hub decides: asked about first, then done, logged, and nothing else changed."""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from cms.models import Notice, Reminder, ServicePage
from directory.models import Listing
from tests.cms.pages import add_partner, add_service
from tests.cms.reports.reading import rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("calm")]

OLD = date(2024, 1, 10)
ACTIONS = ("confirm", "ask", "withdraw")


@pytest.fixture
def page() -> ServicePage:
    return add_service(add_partner(email="office@example.org"), assured_date=OLD)


def _address(page: ServicePage, action: str) -> str:
    return reverse("hub_decide", args=[page.pk, action])


def _state(page: ServicePage) -> tuple:
    fresh = ServicePage.objects.get(pk=page.pk)
    return fresh.live, fresh.assured_date, fresh.latest_revision_id, Reminder.objects.count()


@pytest.mark.parametrize("action", ACTIONS)
def test_looking_changes_nothing(hub, page, action, mailoutbox):
    before = _state(page)
    response = hub.get(_address(page, action))
    assert page.title in response.content.decode()
    assert _state(page) == before
    assert mailoutbox == []


def test_confirming_is_public_and_logged_with_who_did_it(hub, page):
    response = hub.post(_address(page, "confirm"), follow=True)
    assert "is confirmed as of today" in response.content.decode()
    today = timezone.localdate()
    assert ServicePage.objects.get(pk=page.pk).assured_date == today
    assert Listing.objects.get(service_id=page.service_id).assured_date == today
    assert PageLogEntry.objects.get(page_id=page.pk, action="cms.confirm").user == hub.user
    assert rows_of(hub, "hub_report_due") == []


@pytest.fixture
def ask(hub, django_capture_on_commit_callbacks):
    """Ask again, and give what the hub reads; the mail goes out once that is certain."""

    def do(page: ServicePage) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            response = hub.post(_address(page, "ask"), follow=True)
        return response.content.decode()

    return do


def test_asking_again_mails_the_partner_a_link_that_works(
    hub, ask, page, mailoutbox, client, settings
):
    assert "a mail goes to 1 person" in ask(page)
    (mail,) = mailoutbox
    assert mail.to == ["office@example.org"]
    (link,) = [line.strip() for line in mail.body.splitlines() if "/still-right/" in line]
    assert rows_of(hub, "hub_report_due", wanted="decide") == []
    assert PageLogEntry.objects.get(page_id=page.pk, action="cms.ask_again").user == hub.user
    assert ServicePage.objects.get(pk=page.pk).assured_date == OLD
    assert client.post(link.removeprefix(settings.SITE_URL)).status_code == 200
    assert ServicePage.objects.get(pk=page.pk).assured_date == timezone.localdate()


def test_no_mail_goes_out_while_the_hub_changes_something(hub, page, mailoutbox):
    hub.post(_address(page, "ask"))
    assert mailoutbox == []
    assert Notice.objects.get().to == "office@example.org"


def test_asking_twice_is_remembered_as_one_that_went_out_later(ask, page, mailoutbox):
    ask(page)
    ask(page)
    assert len(mailoutbox) == 2
    assert Reminder.objects.filter(page=page).count() == 1


def test_a_listing_that_was_never_confirmed_can_be_asked_about_twice(hub, mailoutbox):
    page = add_service(add_partner(email="office@example.org"))
    for _ in range(2):
        hub.post(_address(page, "ask"))
    assert Reminder.objects.filter(page=page).count() == 1


def test_nobody_to_ask_is_said_and_nothing_is_remembered(hub, mailoutbox):
    page = add_service(add_partner(email=""), assured_date=OLD)
    response = hub.post(_address(page, "ask"))
    assert "no e-mail address" in response.content.decode()
    assert not Reminder.objects.exists()
    assert not PageLogEntry.objects.filter(action="cms.ask_again").exists()


def test_a_mail_that_cannot_go_out_is_on_the_dashboard_and_sent_later(
    hub, ask, page, settings, mailoutbox
):
    sending = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.cms.assurance.test_reminders.RefusingBackend"
    ask(page)
    dashboard = hub.get(reverse("wagtailadmin_home")).content.decode()
    assert "1 mail about a page could not be sent" in dashboard
    settings.EMAIL_BACKEND = sending
    call_command("tidy")
    assert [mail.to for mail in mailoutbox] == [["office@example.org"]]


def test_withdrawing_takes_the_listing_out_and_keeps_the_page(hub, page):
    hub.post(_address(page, "withdraw"))
    assert not ServicePage.objects.get(pk=page.pk).live
    assert not Listing.objects.live().filter(service_id=page.service_id).exists()
    done = PageLogEntry.objects.get(page_id=page.pk, action="cms.withdraw_unconfirmed")
    assert done.user == hub.user
    assert hub.post(_address(page, "withdraw")).status_code == 404


@pytest.mark.parametrize("action", ACTIONS)
def test_partners_and_strangers_decide_nothing(heron, client, action, mailoutbox):
    before = _state(heron.live)
    assert heron.client.post(_address(heron.live, action)).status_code == 403
    assert client.post(_address(heron.live, action)).status_code == 302
    assert _state(heron.live) == before
    assert mailoutbox == []


@pytest.mark.parametrize("action", ACTIONS)
def test_the_view_refuses_partners_without_the_middleware(heron, rf, action):
    from django.core.exceptions import PermissionDenied

    from cms.views.hub.deciding import decide

    request = rf.post("/")
    request.user = heron.user
    with pytest.raises(PermissionDenied):
        decide(request, heron.live.pk, action)


def test_whoever_may_not_publish_the_page_decides_nothing(hub, page):
    from wagtail.models import GroupPagePermission

    GroupPagePermission.objects.filter(permission__codename="publish_page").delete()
    before = _state(page)
    assert hub.post(_address(page, "withdraw")).status_code in (302, 403)
    assert _state(page) == before


def test_an_editor_of_the_hub_learns_no_address_of_a_person(hub, administrator, heron):
    address = _address(heron.live, "ask")
    assert "heron@example.org" not in hub.get(address).content.decode()
    assert "1 person" in hub.get(address).content.decode()
    assert "heron@example.org" in administrator.get(address).content.decode()


def test_there_is_no_other_decision(hub, page):
    assert hub.post(_address(page, "delete")).status_code == 404
