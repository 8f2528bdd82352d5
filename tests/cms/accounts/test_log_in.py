"""One log-in for the whole admin: by e-mail address, without sign-up, and back to where one was."""

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.partners.spaces import remove_member, spaces_of
from tests.cms.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def test_the_admin_leads_to_the_log_in_and_back_to_the_page_asked_for(partner):
    asked = f"{reverse('wagtailadmin_explore_root')}?q=herons"
    sent = partner.client.get(asked)
    assert sent.status_code == 302
    assert sent["Location"].startswith(reverse("account_login"))
    form = partner.client.get(sent["Location"])
    assert f'name="next" value="{asked}"' in form.content.decode()
    assert partner.log_in(next_page=asked)["Location"] == asked


@pytest.mark.parametrize("name", ["ola@example.org", "OLA@Example.org", " ola@example.org "])
def test_people_log_in_by_their_address(partner, name):
    data = {"login": name, "password": PASSWORD}
    assert partner.client.post(reverse("account_login"), data)["Location"] == "/admin/"
    assert partner.is_in()


def test_an_account_made_without_allauth_logs_in_by_its_address_whatever_its_letters(db):
    users = get_user_model().objects
    users.create_superuser("root", "Ola.Heron@Example.ORG", PASSWORD)
    assert not EmailAddress.objects.exists()
    for name in ("ola.heron@example.org", "Ola.Heron@Example.ORG", "root"):
        answer = Client().post(reverse("account_login"), {"login": name, "password": PASSWORD})
        assert answer.status_code == 302, name
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example", "//evil.example", "///evil.example", "javascript:alert(1)",
        "/\\evil.example", "http:evil.example",
    ],
)  # fmt: skip
def test_no_other_site_is_next(partner, target):
    assert partner.log_in(next_page=target)["Location"] == "/admin/"
    again = partner.client.get(reverse("account_login"), {"next": target})
    assert again["Location"] == "/admin/"


@pytest.mark.parametrize("wrong", ["password", "name"])
def test_a_refusal_does_not_tell_who_has_an_account(partner, wrong):
    name = partner.name if wrong == "password" else "nobody@example.org"
    data = {"login": name, "password": "not-the-password"}
    answer = Client().post(reverse("account_login"), data)
    assert answer.status_code == 200
    said = answer.content.decode()
    assert "The name or the password is not right." in said
    assert said.replace(name, "") == _refusal_of_nobody().replace("somebody@example.org", "")


def _refusal_of_nobody() -> str:
    data = {"login": "somebody@example.org", "password": "not-the-password"}
    answer = Client().post(reverse("account_login"), data)
    return answer.content.decode()


@pytest.fixture(autouse=True)
def _same_csrf_token(monkeypatch):
    """So that two pages can be compared."""
    monkeypatch.setattr("django.middleware.csrf._mask_cipher_secret", lambda secret: "x" * 64)


def test_a_refusal_keeps_the_name_that_was_typed_and_not_the_password(partner):
    said = partner.log_in("not-the-password").content.decode()
    assert 'value="ola@example.org"' in said
    assert "not-the-password" not in said


def test_a_closed_account_does_not_get_in(partner):
    get_user_model().objects.filter(pk=partner.user.pk).update(is_active=False)
    assert partner.log_in()["Location"] == reverse("account_inactive")
    assert not partner.is_in()


@pytest.mark.parametrize("name", ["wagtailadmin_login", "wagtailcore_login"])
def test_wagtails_own_log_ins_let_nobody_in(partner, name):
    data = {"username": "ola@example.org", "password": PASSWORD, "next": "/admin/pages/"}
    answer = partner.client.post(reverse(name), data)
    assert answer["Location"] == f"{reverse('account_login')}?next=%2Fadmin%2Fpages%2F"
    assert not partner.is_in()
    foreign = partner.client.get(reverse(name), {"next": "https://evil.example/"})
    assert foreign["Location"] == reverse("account_login")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("wagtailadmin_password_reset", []),
        ("wagtailadmin_password_reset_done", []),
        ("wagtailadmin_password_reset_confirm", ["MQ", "set-password"]),
        ("wagtailadmin_password_reset_complete", []),
    ],
)
def test_wagtails_own_password_pages_are_closed(partner, name, arguments):
    assert partner.client.get(reverse(name, args=arguments)).status_code == 404


def test_a_log_in_ends_with_the_browser_and_after_the_hours_of_the_settings(partner):
    partner.log_in()
    cookie = partner.client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["expires"] == ""
    assert cookie["max-age"] == ""
    session = Session.objects.get(session_key=cookie.value)
    hours = (session.expire_date - timezone.now()).total_seconds() / 3600
    assert hours == pytest.approx(settings.SESSION_HOURS, abs=0.1)
    assert "remember" not in partner.client.get("/accounts/logout/").content.decode().lower()


def test_a_session_that_is_over_leads_back_to_where_it_ended(partner):
    partner.log_in()
    Session.objects.update(expire_date=timezone.now())
    asked = reverse("wagtailadmin_account")
    sent = partner.client.get(asked)["Location"]
    assert sent == f"{reverse('account_login')}?next={asked}"
    assert partner.log_in(next_page=asked)["Location"] == asked


def test_logging_out_takes_a_press_of_a_button(partner):
    partner.log_in()
    assert partner.client.get(reverse("account_logout")).status_code == 200
    assert partner.is_in()
    assert partner.client.post(reverse("account_logout"))["Location"] == reverse("account_login")
    assert not partner.is_in()
    partner.log_in()
    partner.client.post(reverse("wagtailadmin_logout"))
    assert not partner.is_in()


def test_who_was_taken_off_is_told_so_and_not_sent_round_in_circles(partner):
    partner.log_in()
    (space,) = spaces_of(partner.user)
    remove_member(space, partner.user)
    answer = partner.client.get(reverse("wagtailadmin_home"), follow=True)
    assert answer.status_code == 403
    assert "You have no pages to keep" in answer.content.decode()


def test_people_do_not_change_the_address_they_are_invited_and_reset_by(partner, administrator):
    """Somebody who took a colleague's address would get the colleague's invitation."""
    partner.log_in()
    account = reverse("wagtailadmin_account")
    assert 'name="name_email-email"' not in partner.client.get(account).content.decode()
    data = {"name_email-first_name": "Ola", "name_email-last_name": "Heron",
            "name_email-email": administrator.name}  # fmt: skip
    partner.client.post(account, data)
    partner.user.refresh_from_db()
    assert partner.user.email == "ola@example.org"


def test_the_account_page_offers_the_password_and_the_second_step(partner):
    partner.log_in()
    said = partner.client.get(reverse("wagtailadmin_account")).content.decode()
    assert reverse("account_change_password") in said
    assert reverse("mfa_index") in said


def test_nobody_sets_anothers_password(administrator, partner):
    administrator.log_in()
    address = reverse("wagtailusers_users:edit", args=[partner.user.pk])
    said = administrator.client.get(address).content.decode()
    assert 'name="email"' in said
    assert 'type="password"' not in said
