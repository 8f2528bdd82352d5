"""Each side gets one plain mail, after the change, and none is lost."""

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cms.models import Notice
from cms.moderation import outbox
from tests.cms.moderation.steps import answer, edit, live, submit

pytestmark = pytest.mark.django_db


class RefusingBackend(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages):
        raise ConnectionError("the mail server is away")


def _is_plain(mail) -> bool:
    return mail.content_subtype == "plain" and not getattr(mail, "alternatives", [])


def test_submitting_tells_each_reviewer_once_in_plain_words(
    heron, otter, hub, administrator, sent, settings, django_user_model
):
    django_user_model.objects.create_superuser("root", "root@example.org", "secret-word-123")
    mails = sent(submit, heron.client, heron.live, summary="News")
    assert sorted(mail.to for mail in mails) == [[administrator.user.email], [hub.user.email]]
    for mail in mails:
        assert _is_plain(mail)
        assert mail.subject == "Heron Trust: “Heron Trust live service” waits for you"
        assert f"{settings.SITE_URL}{reverse('hub_review', args=[heron.live.pk])}" in mail.body
        assert "heron@example.org has submitted a change" in mail.body


def test_somebody_in_both_groups_of_the_hub_is_told_once(heron, hub, administrator, sent):
    from django.contrib.auth.models import Group

    hub.user.groups.add(*Group.objects.filter(name__startswith="Hub"))
    mails = sent(submit, heron.client, heron.live, summary="News")
    assert [mail.to for mail in mails].count([hub.user.email]) == 1


def test_who_has_switched_these_mails_off_gets_none(heron, hub, sent):
    from wagtail.users.models import UserProfile

    UserProfile.objects.create(user=hub.user, submitted_notifications=False)
    assert sent(submit, heron.client, heron.live, summary="News") == []


def test_approval_is_told_to_whoever_asked_with_a_link_to_the_public_page(heron, hub, sent):
    sent(submit, heron.client, heron.live, summary="News")
    (mail,) = sent(answer, hub, heron.live, "approve", "Well put.")
    assert mail.to == [heron.user.email]
    assert mail.subject == "“Heron Trust live service” is approved"
    assert "Well put." in mail.body
    assert live(heron.live).full_url in mail.body
    assert "with changes of its own" not in mail.body
    assert _is_plain(mail)


def test_approval_of_what_the_hub_edited_says_so(heron, hub, sent):
    sent(submit, heron.client, heron.live, summary="News")
    sent(edit, hub, heron.live, summary="News, put better")
    (mail,) = sent(answer, hub, heron.live, "approve")
    assert "with changes of its own" in mail.body


def test_what_is_sent_back_is_told_with_the_comment_and_a_link(heron, hub, sent, settings):
    sent(submit, heron.client, heron.live, summary="News")
    (mail,) = sent(answer, hub, heron.live, "reject", "Say for whom it is.")
    assert mail.to == [heron.user.email]
    assert "Say for whom it is." in mail.body
    edit_link = reverse("wagtailadmin_pages:edit", args=[heron.live.pk])
    assert f"{settings.SITE_URL}{edit_link}" in mail.body
    assert _is_plain(mail)


def test_submitting_again_after_it_was_sent_back_tells_the_hub_again(heron, hub, sent):
    sent(submit, heron.client, heron.live, summary="News")
    sent(answer, hub, heron.live, "reject", "Say for whom it is.")
    (mail,) = sent(submit, heron.client, heron.live, summary="News for parents")
    assert mail.to == [hub.user.email]


def test_a_hub_that_publishes_it_itself_tells_whoever_asked(heron, hub, sent):
    sent(submit, heron.client, heron.live, summary="News")
    (mail,) = sent(edit, hub, heron.live, summary="Ours", **{"action-publish": "1"})
    assert mail.to == [heron.user.email]
    assert "the hub has published" in mail.body


def test_taking_back_what_one_submitted_tells_nobody(heron, hub, sent):
    sent(submit, heron.client, heron.live, summary="News")
    address = reverse("wagtailadmin_pages:edit", args=[heron.live.pk])
    assert sent(heron.client.post, address, {"action-cancel-workflow": "1"}) == []
    assert not live(heron.live).workflow_in_progress


def test_a_mail_that_cannot_go_out_undoes_nothing_and_is_tried_again(
    heron, hub, sent, settings, mailoutbox
):
    settings.EMAIL_BACKEND = "tests.cms.moderation.test_mails.RefusingBackend"
    assert sent(submit, heron.client, heron.live, summary="News") == []
    assert live(heron.live).workflow_in_progress
    notice = Notice.objects.get(sent=None)
    assert notice.problem == "the mail server is away"
    with pytest.raises(CommandError, match="the mail server is away"):
        call_command("tidy")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("tidy")
    call_command("tidy")
    assert [mail.to for mail in mailoutbox] == [[hub.user.email]]


def test_one_that_fails_does_not_keep_the_others(db, settings, mailoutbox):
    outbox.post("first@example.org", "One", "Words")
    outbox.post("second@example.org", "Other", "Words")
    settings.EMAIL_BACKEND = "tests.cms.moderation.test_mails.FirstRefused"
    with pytest.raises(CommandError, match=r"One to first@example\.org: away"):
        call_command("tidy")
    assert [mail.to for mail in mailoutbox] == [["second@example.org"]]


class FirstRefused(EmailBackend):
    """A mail server that does not know the first address."""

    def send_messages(self, messages):
        if messages[0].to == ["first@example.org"]:
            raise ConnectionError("away")
        return super().send_messages(messages)


def test_while_the_mail_server_is_away_only_the_first_waits_for_it(
    db, settings, mailoutbox, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "tests.cms.moderation.test_mails.RefusingBackend"
    for to in ("first@example.org", "second@example.org"):
        with django_capture_on_commit_callbacks(execute=True):
            outbox.post(to, "Subject", "Words")
    assert [bool(notice.tried) for notice in Notice.objects.all()] == [True, False]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("tidy")
    assert [mail.to[0] for mail in mailoutbox] == ["first@example.org", "second@example.org"]


def test_what_somebody_else_is_sending_is_not_sent_twice(db, mailoutbox):
    notice = outbox.post("somebody@example.org", "Subject", "Words")
    Notice.objects.filter(pk=notice.pk).update(tried=timezone.now())
    call_command("tidy")
    assert mailoutbox == []
    Notice.objects.filter(pk=notice.pk).update(tried=timezone.now() - 2 * outbox.PAUSE)
    call_command("tidy")
    assert len(mailoutbox) == 1


def test_a_change_that_did_not_happen_is_not_told(
    db, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        try:
            with transaction.atomic():
                outbox.post("somebody@example.org", "Subject", "Words")
                raise ValueError
        except ValueError:
            pass
    call_command("tidy")
    assert mailoutbox == []


def test_a_title_with_a_line_break_breaks_no_mail(db, mailoutbox):
    outbox.post("somebody@example.org", "One\nBcc: other@example.org", "Words")
    call_command("tidy")
    assert mailoutbox[0].subject == "One Bcc: other@example.org"


def test_mails_that_are_out_are_forgotten_after_a_while(db, settings):
    old = timezone.now() - timezone.timedelta(days=settings.DELETED_PAGES_KEPT_DAYS + 1)
    Notice.objects.create(to="a@example.org", subject="Old", body="Words", sent=old)
    Notice.objects.create(to="b@example.org", subject="New", body="Words", sent=timezone.now())
    call_command("tidy")
    assert [notice.subject for notice in Notice.objects.all()] == ["New"]
