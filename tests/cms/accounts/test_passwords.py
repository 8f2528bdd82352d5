"""Choosing a password: by a link that works once, for those who are invited or have forgotten."""

import re
from io import StringIO
from smtplib import SMTPException

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.cms.accounts.conftest import PASSWORD, Person

pytestmark = pytest.mark.django_db

NEW = {"password1": "four-loud-kestrels", "password2": "four-loud-kestrels"}
RESET = "account_reset_password"


def _link(mail, settings) -> str:
    return re.search(rf"{settings.SITE_URL}(/\S+)", mail.body)[1]


def _choose(client: Client, link: str, words: dict[str, str] = NEW):
    form = client.get(link, follow=True)
    return client.post(form.redirect_chain[-1][0], words)


@pytest.fixture
def invited(roles, mailoutbox, settings) -> str:
    """The link in an invitation."""
    call_command(
        "partner", "open", "Otter Society", "--email", "Ola@example.org", stdout=StringIO()
    )
    return _link(mailoutbox.pop(), settings)


def test_an_invitation_leads_through_a_password_to_the_admin(invited):
    client = Client()
    assert _choose(client, invited)["Location"] == reverse("wagtailadmin_home")
    pages = client.get(reverse("wagtailadmin_explore_root"), follow=True)
    assert "Otter Society" in pages.content.decode()
    user = get_user_model().objects.get(email="ola@example.org")
    again = Person(user, Client())
    again.log_in("four-loud-kestrels")
    assert again.is_in()


def test_an_invitation_works_once(invited):
    _choose(Client(), invited)
    again = Client().get(invited, follow=True).content.decode()
    assert "This link does not work any more" in again
    assert 'type="password"' not in again


def test_an_invitation_expires(invited, settings):
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert 'type="password"' not in Client().get(invited, follow=True).content.decode()


def test_the_pages_say_for_how_long_a_link_works(settings):
    assert settings.PASSWORD_RESET_TIMEOUT == 3 * 86_400, "three days, as the pages and mails say"


def test_a_link_of_one_does_not_open_the_account_of_another(invited, partner):
    uid, _, token = invited.rstrip("/").rpartition("/")[2].partition("-")
    other = reverse("account_reset_password_from_key", args=["1z", token])
    assert uid != "1z"
    assert 'type="password"' not in Client().get(other, follow=True).content.decode()


def test_the_token_does_not_stay_in_the_address(invited):
    form = Client().get(invited, follow=True)
    assert form.redirect_chain[-1][0].endswith("-set-password/")
    assert form["Referrer-Policy"] == "same-origin"


def test_an_invitation_of_the_hub_still_takes_the_second_step(required, partner, editor, mailoutbox,
                                                             settings):  # fmt: skip
    editor.set_up()
    Client().post(reverse(RESET), {"email": editor.name})
    assert _choose(editor.client, _link(mailoutbox[0], settings))["Location"] == reverse(
        "mfa_authenticate"
    )
    assert not editor.is_in()
    editor.type_code(editor.code())
    assert editor.is_in()


def test_forgotten_passwords_are_chosen_anew(partner, mailoutbox, settings):
    asked = Client().post(reverse(RESET), {"email": partner.name.upper()})
    assert asked["Location"] == reverse("account_reset_password_done")
    (mail,) = mailoutbox
    assert mail.to == [partner.name]
    assert mail.alternatives == []
    _choose(Client(), _link(mail, settings))
    partner.log_in("four-loud-kestrels")
    assert partner.is_in()


def test_whose_invitation_was_lost_has_a_new_link_sent(invited, mailoutbox, settings):
    Client().post(reverse(RESET), {"email": "ola@example.org"})
    client = Client()
    _choose(client, _link(mailoutbox[0], settings))
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


def test_an_account_that_the_hub_makes_gets_its_password_by_mail(administrator, mailoutbox,
                                                                settings):  # fmt: skip
    administrator.log_in()
    data = {"username": "new", "email": "new@example.org", "first_name": "New", "last_name": "One",
            "groups": [group.pk for group in administrator.user.groups.all()]}  # fmt: skip
    administrator.client.post(reverse("wagtailusers_users:add"), data)
    new = get_user_model().objects.get(username="new")
    assert not Person(new, Client()).log_in("").context["form"].is_valid()
    Client().post(reverse(RESET), {"email": "new@example.org"})
    client = Client()
    assert _choose(client, _link(mailoutbox[0], settings)).status_code == 302


def test_the_answer_does_not_tell_who_has_an_account(partner, mailoutbox):
    known = Client().post(reverse(RESET), {"email": partner.name}, follow=True)
    unknown = Client().post(reverse(RESET), {"email": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert known.content == unknown.content
    assert [mail.to for mail in mailoutbox] == [[partner.name]]


def test_the_answer_is_the_same_when_no_mail_goes_out(partner, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise SMTPException(f"no such mailbox: {partner.name}")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    known = Client().post(reverse(RESET), {"email": partner.name}, follow=True)
    unknown = Client().post(reverse(RESET), {"email": "nobody@example.org"}, follow=True)
    assert known.content == unknown.content
    assert "could not be sent: SMTPException" in caplog.text
    assert partner.name not in caplog.text


def test_the_link_is_on_our_own_address_whatever_the_request_named(partner, mailoutbox, settings):
    settings.ALLOWED_HOSTS = ["*"]
    Client().post(reverse(RESET), {"email": partner.name}, headers={"host": "evil.example"})
    assert "evil.example" not in mailoutbox[0].body
    assert f"{settings.SITE_URL}/accounts/password/reset/key/" in mailoutbox[0].body


def test_a_closed_account_gets_no_link(partner, mailoutbox):
    get_user_model().objects.filter(pk=partner.user.pk).update(is_active=False)
    Client().post(reverse(RESET), {"email": partner.name})
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", "at least 12 characters"),
        ("password1234", "too common"),
        ("ola@example.org", "too similar"),
        ("", "Type your new password."),
    ],
)
def test_a_weak_password_is_refused_with_the_rule_it_breaks(invited, password, words):
    client = Client()
    answer = _choose(client, invited, {"password1": password, "password2": password})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert client.get(reverse("wagtailadmin_home")).status_code == 302


def test_the_rules_are_said_before_one_is_broken(invited):
    said = Client().get(invited, follow=True).content.decode()
    assert "at least 12 characters" in said
    assert "<ul><li>" not in said


def test_a_password_is_changed_with_the_old_one_and_told_by_mail(partner, mailoutbox):
    partner.log_in()
    other = Person(partner.user, Client())
    other.log_in()
    address = reverse("account_change_password")
    assert partner.client.post(address, {"oldpassword": "wrong", **NEW}).status_code == 200
    partner.client.post(address, {"oldpassword": PASSWORD, **NEW})
    assert partner.is_in()
    assert not other.is_in(), "other browsers are logged out"
    (mail,) = mailoutbox
    assert "Your password was changed." in mail.body
    assert NEW["password1"] not in mail.body
