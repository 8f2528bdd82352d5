"""While somebody waits for their page, a few mails go out over one connection; the rest follows."""

from datetime import timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from cms.models import Notice
from cms.moderation import outbox

pytestmark = pytest.mark.django_db

HERE = "tests.cms.moderation.test_outbox"


class Counted(EmailBackend):
    """A mail server that counts how often it is called, and does not know some addresses."""

    opened: list[int] = []
    unknown: set[str] = set()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_open = False

    def open(self):
        if not self.is_open:
            self.is_open = True
            self.opened.append(1)
        return True

    def close(self):
        self.is_open = False

    def send_messages(self, messages):
        assert self.is_open
        if self.unknown & set(messages[0].to):
            raise ConnectionError("unknown")
        return super().send_messages(messages)


class EndsBadly(EmailBackend):
    """A mail server that takes what it is given and cannot say goodbye."""

    def close(self):
        raise ConnectionError("gone already")


@pytest.fixture
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{HERE}.Counted"
    monkeypatch.setattr(Counted, "opened", [])
    monkeypatch.setattr(Counted, "unknown", set())
    return Counted


@pytest.fixture
def posted(django_capture_on_commit_callbacks, mailoutbox):
    """Post so many mails in one change, and give to whom they went at once."""

    def do(number: int) -> list[str]:
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            for one in range(number):
                outbox.post(f"person{one}@example.org", "Subject", "Words")
        return [mail.to[0] for mail in mailoutbox]

    return do


def test_the_mails_of_one_change_go_out_over_one_connection(server, posted):
    assert len(posted(outbox.AT_ONCE)) == outbox.AT_ONCE
    assert len(server.opened) == 1


def test_of_many_a_few_go_at_once_and_the_rest_over_one_connection_later(
    server, posted, mailoutbox
):
    assert len(posted(20)) == outbox.AT_ONCE
    rest = Notice.objects.filter(sent=None)
    assert rest.count() == 20 - outbox.AT_ONCE
    assert {notice.problem for notice in rest} == {""}
    call_command("tidy")
    assert len({mail.to[0] for mail in mailoutbox}) == len(mailoutbox) == 20
    assert len(server.opened) == 2


def test_the_next_change_has_its_few_again(server, posted):
    posted(20)
    assert len(posted(2)) == 2


def test_what_was_undone_does_not_keep_the_others(
    server, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        try:
            with transaction.atomic():
                outbox.post("undone@example.org", "Subject", "Words")
                raise ValueError
        except ValueError:
            outbox.post("first@example.org", "Subject", "Words")
        outbox.post("second@example.org", "Subject", "Words")
    assert [mail.to[0] for mail in mailoutbox] == ["first@example.org", "second@example.org"]


def test_after_one_fails_nobody_waits_for_the_others(server, posted, mailoutbox):
    server.unknown.add("person1@example.org")
    assert posted(3) == ["person0@example.org"]
    server.unknown.clear()
    call_command("tidy")
    assert len(mailoutbox) == 3


def test_after_a_failure_the_timer_goes_on_over_a_new_connection(server, mailoutbox):
    for number in range(3):
        outbox.post(f"person{number}@example.org", "Subject", "Words")
    server.unknown.add("person0@example.org")
    sent = outbox.send_waiting(lambda words: None)
    assert (sent.mails, len(sent.failed)) == (2, 1)
    assert len(server.opened) == 2


def test_a_connection_that_ends_badly_loses_nothing(settings, posted, mailoutbox):
    settings.EMAIL_BACKEND = f"{HERE}.EndsBadly"
    assert len(posted(2)) == 2
    assert not Notice.objects.filter(sent=None).exists()


def _older(notice: Notice, **age: int) -> None:
    Notice.objects.filter(pk=notice.pk).update(made=timezone.now() - timedelta(**age))


def test_after_a_week_a_mail_is_tried_no_longer_and_says_so(server, mailoutbox):
    server.unknown.add("gone@example.org")
    notice = outbox.post("gone@example.org", "Subject", "Words")
    _older(notice, days=6)
    with pytest.raises(CommandError, match=r"gone@example\.org"):
        call_command("tidy")
    _older(notice, days=8)
    server.unknown.clear()
    call_command("tidy")
    assert not mailoutbox
    notice.refresh_from_db()
    assert notice.sent is None
    assert "unknown" in notice.problem


def test_a_mail_that_no_timer_fetched_for_a_week_counts_as_one_that_failed(server, mailoutbox):
    notice = outbox.post("late@example.org", "Subject", "Words")
    _older(notice, days=8)
    call_command("tidy")
    notice.refresh_from_db()
    assert not mailoutbox
    assert "too long" in notice.problem


def test_what_was_given_up_is_forgotten_like_what_is_out(settings, server):
    server.unknown.add("gone@example.org")
    kept, old = (outbox.post("gone@example.org", name, "Words") for name in ("kept", "old"))
    _older(kept, days=settings.DELETED_PAGES_KEPT_DAYS + 5)
    _older(old, days=settings.DELETED_PAGES_KEPT_DAYS + 8)
    assert outbox.forget_old() == 1
    assert Notice.objects.get() == kept
