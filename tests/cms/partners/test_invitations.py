"""Each who is invited hears of it, whatever becomes of the others, and a mail that fails is tried
again: with a fresh link, and not for ever."""

import re
from datetime import timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from cms.models import Invitation, PartnerSpace
from cms.partners import invitations
from cms.partners.spaces import add_member, close_space, open_space, remove_member

pytestmark = pytest.mark.django_db

FIRST, SECOND = "first@example.org", "second@example.org"


class FirstRefused(EmailBackend):
    """A mail server that does not know the first address."""

    def send_messages(self, messages):
        if messages[0].to == [FIRST]:
            raise ConnectionError("no such address")
        return super().send_messages(messages)


class WatchingBackend(EmailBackend):
    """A mail server that notes how many transactions were open around each mail."""

    depths: list[int] = []

    def send_messages(self, messages):
        self.depths.append(len(connection.savepoint_ids))
        return super().send_messages(messages)


@pytest.fixture
def refusing(settings):
    """The first address is refused until this is called."""
    sending = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.FirstRefused"

    def no_longer() -> None:
        settings.EMAIL_BACKEND = sending

    return no_longer


@pytest.fixture
def failed(roles, refusing) -> Invitation:
    """An invitation whose mail was refused."""
    with pytest.raises(CommandError):
        call_command("partner", "open", "Otter Society", "--email", FIRST)
    return Invitation.objects.get()


def _later(invitation: Invitation, **values: object) -> None:
    """The time for the next attempt has come."""
    now = timezone.now() - timedelta(seconds=1)
    Invitation.objects.filter(pk=invitation.pk).update(due=now, **values)


def test_who_cannot_be_told_holds_nobody_up(roles, refusing, mailoutbox, capsys):
    with pytest.raises(CommandError, match=rf"{FIRST}: no such address(.|\n)*partner add"):
        call_command("partner", "open", "Otter Society", "--email", FIRST, "--email", SECOND)
    assert [mail.to for mail in mailoutbox] == [[SECOND]]
    assert f"Invited {SECOND}." in capsys.readouterr().out
    space = PartnerSpace.objects.get(page__title="Otter Society")
    people = space.group.user_set.values_list("email", flat=True)
    assert sorted(people) == [FIRST, SECOND]


def test_adding_somebody_says_in_the_same_way_that_the_mail_failed(failed, refusing, mailoutbox):
    with pytest.raises(CommandError, match="no such address"):
        call_command("partner", "add", "Otter Society", "--email", FIRST)
    refusing()
    call_command("partner", "add", "Otter Society", "--email", FIRST)
    assert [mail.to for mail in mailoutbox] == [[FIRST]]


def test_a_mail_that_failed_is_sent_by_tidy_once_and_its_link_works(
    failed, refusing, mailoutbox, settings
):
    refusing()
    _later(failed)
    call_command("tidy")
    call_command("tidy")
    (mail,) = mailoutbox
    link = re.search(rf"{settings.SITE_URL}(/\S+)", mail.body)[1]
    assert "password1" in Client().get(link, follow=True).content.decode()
    failed.refresh_from_db()
    assert failed.sent is not None
    assert (failed.due, failed.problem) == (None, "")


def test_a_mail_that_fails_again_is_reported_by_tidy_and_waits_longer(failed):
    pauses = []
    for _ in range(3):
        _later(failed)
        with pytest.raises(CommandError, match=f"Invitation of {FIRST}: no such address"):
            call_command("tidy")
        failed.refresh_from_db()
        pauses.append(round((failed.due - timezone.now()) / invitations.PAUSE))
    assert pauses == [2, 4, 8]


def test_before_its_time_it_is_not_tried(failed):
    call_command("tidy")
    failed.refresh_from_db()
    assert failed.tries == 1


def test_after_many_attempts_the_hub_is_told_and_nothing_is_tried(
    failed, refusing, mailoutbox, administrator
):
    _later(failed, tries=invitations.MOST_TRIES - 1)
    with pytest.raises(CommandError, match="invite the address again"):
        call_command("tidy")
    refusing()
    call_command("tidy")
    assert mailoutbox == []
    assert "1 invitation did not go out" in administrator.get("/admin/").content.decode()
    said = administrator.get(f"/admin/partners/{failed.space_id}/").content.decode()
    assert "no such address. Invite the same address again" in said
    call_command("partner", "add", "Otter Society", "--email", FIRST)
    assert len(mailoutbox) == 1


def test_what_somebody_else_is_sending_is_not_sent_twice(roles, mailoutbox):
    invitation = invitations.want(add_member(open_space("Otter Society"), FIRST))
    Invitation.objects.update(due=timezone.now() + invitations.PAUSE, tries=1)
    assert invitations.deliver(invitation.pk) is None
    assert mailoutbox == []


def test_an_attempt_that_was_broken_off_is_made_again(roles, mailoutbox, monkeypatch):
    invitation = invitations.want(add_member(open_space("Otter Society"), FIRST))

    def broken_off(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(EmailBackend, "send_messages", broken_off)
        invitations.deliver(invitation.pk)
    _later(invitation)
    call_command("tidy")
    assert len(mailoutbox) == 1


def test_who_is_not_of_the_partner_any_more_is_not_invited(failed, refusing, mailoutbox):
    refusing()
    _later(failed)
    remove_member(failed.space, failed.user)
    call_command("tidy")
    assert mailoutbox == []


def test_a_closed_space_invites_nobody(failed, refusing, mailoutbox):
    refusing()
    _later(failed)
    close_space(failed.space)
    call_command("tidy")
    assert mailoutbox == []


def test_who_was_never_to_be_mailed_is_not_mailed_by_tidy(roles, mailoutbox):
    add_member(open_space("Otter Society"), FIRST)
    call_command("tidy")
    assert mailoutbox == []


def test_nobody_who_writes_waits_for_the_mail_server(roles, settings):
    settings.EMAIL_BACKEND = f"{__name__}.WatchingBackend"
    WatchingBackend.depths = []
    call_command("partner", "open", "Otter Society", "--email", FIRST)
    assert WatchingBackend.depths == [len(connection.savepoint_ids)]
