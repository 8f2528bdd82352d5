"""Partners are asked at five, six and seven months, once each, whatever goes wrong in between."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cms.assurance import reminders
from cms.assurance.confirming import confirm
from cms.models import Notice, Reminder, ServicePage
from cms.partners.spaces import add_member, open_space
from tests.cms.pages import add_partner, add_service

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    """Nothing of the demonstration is due."""
    ServicePage.objects.update(assured_date=timezone.localdate())


def _confirmed(months: int, days: int = 0):
    return timezone.localdate() - relativedelta(months=months) - timedelta(days=days)


def _due(partner=None, months: int = 5, **values) -> ServicePage:
    partner = partner or add_partner(email="office@example.org")
    return add_service(partner, assured_date=_confirmed(months), **values)


@pytest.mark.parametrize(("months", "mails"), [(4, 0), (5, 1), (6, 1), (7, 1), (9, 1)])
def test_who_is_asked(months, mails, mailoutbox):
    _due(months=months)
    call_command("remind")
    assert len(mailoutbox) == mails


def test_running_it_again_sends_nothing_twice(mailoutbox):
    _due()
    call_command("remind")
    call_command("remind")
    assert len(mailoutbox) == 1


def test_the_next_month_asks_again(mailoutbox):
    page = _due()
    call_command("remind")
    ServicePage.objects.filter(pk=page.pk).update(assured_date=_confirmed(6))
    Reminder.objects.update(assured_date=_confirmed(6))
    call_command("remind")
    assert [reminder.month for reminder in Reminder.objects.order_by("month")] == [5, 6]
    assert len(mailoutbox) == 2


def test_who_has_confirmed_is_left_alone(mailoutbox):
    confirm(_due(), timezone.localdate())
    call_command("remind")
    assert mailoutbox == []


def test_a_partner_gets_one_mail_with_a_link_for_each_service(mailoutbox, client, settings):
    partner = add_partner(email="office@example.org")
    pages = [_due(partner, title=f"Service {n}") for n in range(3)]
    call_command("remind")
    (mail,) = mailoutbox
    links = [line.strip() for line in mail.body.splitlines() if "/still-right/" in line]
    assert len(links) == 3
    for link in links:
        assert client.post(link.removeprefix(settings.SITE_URL)).status_code == 200
    dates = {ServicePage.objects.get(pk=page.pk).assured_date for page in pages}
    assert dates == {timezone.localdate()}


def test_those_who_edit_for_the_partner_are_written_to(mailoutbox):
    space = open_space("Heron Trust")
    add_member(space, "ola@example.org")
    add_member(space, "eve@example.org")
    _due(space.page)
    call_command("remind")
    assert sorted(mail.to for mail in mailoutbox) == [["eve@example.org"], ["ola@example.org"]]


def test_a_partner_that_cannot_be_told_is_reported_and_tried_again(mailoutbox):
    partner = add_partner(email="")
    _due(partner)
    _due()
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command("remind")
    assert len(mailoutbox) == 1
    partner.email = "late@example.org"
    partner.save()
    call_command("remind")
    assert mailoutbox[1].to == ["late@example.org"]


class RefusingBackend(EmailBackend):
    """A mail server that is down."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("mail server is down")


@pytest.mark.parametrize("command", ["remind", "tidy"])
def test_a_mail_that_fails_is_reported_and_sent_once_by_the_next_round(
    mailoutbox, settings, command
):
    _due()
    sending = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    for _ in range(2):
        with pytest.raises(CommandError, match="mail server is down"):
            call_command("remind")
    assert Notice.objects.filter(sent=None).count() == 1
    settings.EMAIL_BACKEND = sending
    for _ in range(2):
        call_command(command)
    call_command("remind")
    assert len(mailoutbox) == 1
    assert Reminder.objects.count() == 1


class WatchingBackend(EmailBackend):
    """A mail server that notes how many transactions were open around each mail."""

    depths: list[int] = []

    def send_messages(self, messages):
        self.depths.append(len(connection.savepoint_ids))
        return super().send_messages(messages)


def test_nobody_who_writes_waits_for_the_mail_server(settings):
    _due()
    settings.EMAIL_BACKEND = f"{__name__}.WatchingBackend"
    WatchingBackend.depths = []
    call_command("remind")
    assert WatchingBackend.depths == [len(connection.savepoint_ids)]


def test_a_round_that_is_broken_off_before_it_sends_loses_nothing(mailoutbox, monkeypatch):
    _due()

    def broken_off(progress):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(reminders.outbox, "send_waiting", broken_off)
        call_command("remind")
    assert mailoutbox == []
    call_command("remind")
    call_command("remind")
    assert len(mailoutbox) == 1


def test_two_rounds_at_the_same_time_ask_once(mailoutbox, monkeypatch):
    _due()
    due = list(reminders.due(timezone.localdate()))
    call_command("remind")
    monkeypatch.setattr(reminders, "due", lambda today: iter(due))
    call_command("remind")
    assert len(mailoutbox) == 1
    assert Notice.objects.count() == 1


def test_a_dry_run_sends_nothing(mailoutbox, capsys):
    _due(title="Kingfisher casework")
    call_command("remind", "--dry-run")
    assert "5 months: Kingfisher casework" in capsys.readouterr().out
    assert mailoutbox == []


@pytest.mark.parametrize("confirmed", [None, date(2026, 1, 5)])
def test_no_database_holds_the_same_reminder_twice(confirmed):
    page = add_service(add_partner())
    Reminder.objects.create(page=page, assured_date=confirmed, month=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(page=page, assured_date=confirmed, month=5)
