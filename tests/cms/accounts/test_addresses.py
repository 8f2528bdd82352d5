"""Every page about accounts is decided: who may see it. What is not needed does not exist."""

import allauth.account.urls
import allauth.mfa.urls
import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

pytestmark = pytest.mark.django_db

#: Before the log-in.
ANYBODY = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
}
#: After it, each for oneself.
LOGGED_IN = {
    "account_change_password",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
}
#: Signing up, addresses that people change, log-in by mail, and all that allauth brings besides.
CLOSED = {
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email",
    "account_email_verification_sent",
    "account_set_password",
    "account_signup",
}
ARGUMENTS = {"account_reset_password_from_key": ["1", "set-password"]}


def _names(patterns, prefix="", under="accounts/"):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _names(pattern.url_patterns, route, under)
        elif route.startswith(under):
            yield pattern.name or route


def test_every_page_about_accounts_is_decided():
    """One that an upgrade or somebody adds fails here until it is said who may see it."""
    assert set(_names(get_resolver().url_patterns)) == ANYBODY | LOGGED_IN


def test_every_page_of_allauth_is_decided():
    theirs = set(_names(allauth.account.urls.urlpatterns, under="")) | set(
        _names(allauth.mfa.urls.urlpatterns, under="")
    )
    assert theirs == ANYBODY | LOGGED_IN | CLOSED


@pytest.mark.parametrize("name", sorted(CLOSED))
def test_what_is_closed_does_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name, args=["x"] if name == "account_confirm_email" else [])


@pytest.mark.parametrize(
    "path",
    [
        "signup/", "email/", "confirm-email/", "confirm-email/x/", "login/code/",
        "login/code/confirm/", "password/set/", "social/login/cancelled/", "3rdparty/",
        "3rdparty/signup/", "2fa/webauthn/", "2fa/trust/", "sessions/", "google/login/", "",
    ],
)  # fmt: skip
def test_nothing_answers_there(path):
    assert Client().get(f"/accounts/{path}").status_code == 404


@pytest.mark.parametrize("name", sorted(LOGGED_IN))
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_sees_them_before_the_log_in(name, method):
    answer = getattr(Client(), method)(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", sorted(ANYBODY | LOGGED_IN))
def test_each_looks_like_the_site_and_lies_in_no_cache(name, editor, partner):
    """Ours all: none of allauth's own templates shows, and no page has a script of its own."""
    editor.set_up()
    half_way = name == "mfa_authenticate"
    editor.log_in()
    if not half_way:
        editor.type_code(editor.code())
    person = editor
    if name == "mfa_activate_totp":
        partner.log_in()
        person = partner
    client = Client() if name in ANYBODY - {"mfa_authenticate", "account_logout"} else person.client
    if name == "mfa_reauthenticate":
        client.force_login(editor.user)
    answer = client.get(reverse(name, args=ARGUMENTS.get(name, [])))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    said = answer.content.decode()
    if name == "mfa_download_recovery_codes":
        assert answer["Content-Type"] == "text/plain"
        return
    assert 'class="nwd-header' in said
    assert said.count("<h1") == 1
    assert "<script" not in said and "style=" not in said and "onclick" not in said
    for words in ("Sign In", "Sign Up", "authenticat" + "ion method", "Two-Factor"):
        assert words not in said


def test_no_part_of_allauth_is_installed_that_is_not_used(settings):
    installed = {name for name in settings.INSTALLED_APPS if name.startswith("allauth")}
    assert installed == {"allauth", "allauth.account", "allauth.mfa"}
    assert "django.contrib.sites" not in settings.INSTALLED_APPS
