"""Guessing is slow: passwords, codes and mails are counted, for all workers together."""

import sys

import pytest
from django.core.cache import cache as default_cache
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse

from cms.accounts.counts import TABLE, counts, forget_counts
from cms.models import LogIn
from tests.cms.accounts.conftest import PASSWORD, wrong_code

pytestmark = pytest.mark.django_db

TOO_MANY = "Too many wrong attempts. Wait five minutes and try again."


def _guess(name: str, times: int, address: str = "192.0.2.1"):
    """Log in from somewhere with a wrong password, so often. Gives the last answer."""
    data = {"login": name, "password": "not-the-password"}
    for _ in range(times):
        answer = Client(REMOTE_ADDR=address).post(reverse("account_login"), data)
    return answer


def test_after_five_wrong_passwords_the_right_one_waits(partner):
    assert TOO_MANY not in _guess(partner.name, 5).content.decode()
    answer = partner.log_in()
    assert TOO_MANY in answer.content.decode()
    assert not partner.is_in()


def test_the_limit_is_the_same_for_a_name_that_nobody_has(db):
    assert TOO_MANY not in _guess("nobody@example.org", 5).content.decode()
    assert TOO_MANY in _guess("nobody@example.org", 1).content.decode()


def test_another_worker_counts_on(partner):
    """What a worker holds for itself is lost with it; the count is not."""
    _guess(partner.name, 5)
    default_cache.clear()
    caches["log-in"].close()
    assert TOO_MANY in partner.log_in().content.decode()


def test_ten_wrong_names_a_minute_from_one_place_are_enough(partner):
    for number in range(10):
        _guess(f"nobody{number}@example.org", 1)
    assert TOO_MANY in _guess(partner.name, 1).content.decode()
    assert TOO_MANY not in _guess(partner.name, 1, address="198.51.100.7").content.decode()


def test_more_log_ins_than_anybody_needs_are_not_looked_at(db):
    answers = [_guess(f"n{number}@example.org", 1) for number in range(31)]
    assert answers[29].status_code == 200
    assert answers[30].status_code == 429
    assert "Too many attempts" in answers[30].content.decode()


@pytest.mark.parametrize(
    ("proxies", "same_place"), [(0, False), (1, True)], ids=["no proxy", "one proxy"]
)
def test_only_our_own_proxies_say_where_somebody_is(partner, settings, proxies, same_place):
    """What a visitor writes before our proxy's word is not believed."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    data = {"login": "", "password": "not-the-password"}
    for number in range(11):
        client = Client(REMOTE_ADDR=f"10.0.0.{number}")
        forwarded = f"203.0.113.{number}, 192.0.2.1"
        data["login"] = f"nobody{number}@example.org"
        answer = client.post(reverse("account_login"), data, headers={"x-forwarded-for": forwarded})
    assert (TOO_MANY in answer.content.decode()) is same_place


def test_after_five_wrong_codes_the_right_one_waits(editor):
    editor.set_up()
    editor.log_in()
    for _ in range(5):
        editor.type_code(wrong_code(editor.secret))
    answer = editor.type_code(editor.code())
    assert TOO_MANY in answer.content.decode()
    assert not editor.is_in()
    assert TOO_MANY in editor.type_code(editor.recovery_codes()[0]).content.decode()
    assert LogIn.objects.filter(user=editor.user, what="too_many").count() == 2


def test_wrong_codes_while_setting_up_are_counted_too(editor):
    editor.log_in()
    page = editor.client.get(reverse("mfa_activate_totp"))
    editor.secret = page.context["form"].secret
    for _ in range(5):
        editor.client.post(reverse("mfa_activate_totp"), {"code": wrong_code(editor.secret)})
    answer = editor.client.post(reverse("mfa_activate_totp"), {"code": editor.code()})
    assert "Too many attempts" in answer.content.decode()


def test_three_mails_an_hour_are_enough_for_an_address(partner, mailoutbox):
    address = reverse("account_reset_password")
    answers = [Client().post(address, {"email": partner.name}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert len(mailoutbox) == 3
    strangers = [Client().post(address, {"email": "nobody@example.org"}) for _ in range(4)]
    assert [answer.status_code for answer in strangers] == [302, 302, 302, 429]


def test_the_old_password_cannot_be_guessed_from_an_open_session(partner):
    partner.log_in()
    data = {"oldpassword": "guess", "password1": "x" * 14 + "7", "password2": "x" * 14 + "7"}
    address = reverse("account_change_password")
    answers = [partner.client.post(address, data).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def _rows() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cache_key, value FROM {TABLE}")
        return cursor.fetchall()


def test_counts_name_nobody_and_no_machine(editor):
    editor.set_up()
    _guess("nobody@example.org", 1, address="192.0.2.77")
    editor.log_in()
    editor.type_code(editor.code())
    kept = _rows()
    assert kept
    for key, value in kept:
        assert len(key) == 64
        for secret in ("192.0.2", "nobody", editor.name, editor.code(), PASSWORD, "allauth"):
            assert secret not in key + str(value)


def test_counts_whose_time_is_over_are_forgotten(db):
    counts.set("over", [1.0], -5)
    counts.set("running", [1.0], 300)
    before = len(_rows())
    assert forget_counts() == 1
    assert len(_rows()) == before - 1
    assert counts.get("running") == [1.0]


def test_nothing_of_allauth_counts_in_a_workers_own_cache():
    """Where an upgrade uses the default cache in one more place, this fails."""
    inside = {name: module for name, module in sys.modules.items() if name.startswith("allauth.")}
    assert "allauth.core.internal.ratelimit" in inside
    assert [name for name, module in inside.items()
            if getattr(module, "cache", None) is default_cache] == []  # fmt: skip
