"""Log-ins are remembered for a while, for the hub's administrators, without anybody's words."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts import log
from cms.accounts.log import forget_log_ins
from cms.models import LogIn
from tests.cms.accounts.conftest import PASSWORD, wrong_code

pytestmark = pytest.mark.django_db

REPORT = "hub_log_ins"


def _log() -> list[tuple[str, str, str]]:
    rows = LogIn.objects.order_by("pk").select_related("user")
    return [(row.user.email if row.user else "", row.what, row.second_step) for row in rows]


def test_a_log_in_is_noted_with_who_and_how(partner):
    partner.client.defaults["REMOTE_ADDR"] = "203.0.113.77"
    partner.log_in()
    row = LogIn.objects.get()
    assert (row.user, row.what, row.second_step) == (partner.user, "in", "")
    assert row.network == "203.0.113.0/24"
    assert abs(timezone.now() - row.at) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1234:5678::9", "2001:db8:1234::/48"),
        ("", ""),
        ("not an address", ""),
    ],
)
def test_addresses_are_shortened(partner, address, network):
    request = type("Request", (), {"META": {"REMOTE_ADDR": address}, "headers": {}})()
    log.write(log.What.IN, request, partner.user)
    assert LogIn.objects.get().network == network


def test_the_second_step_is_noted(editor):
    editor.set_up()
    editor.log_in()
    assert _log() == [], "nobody is in yet"
    editor.type_code(wrong_code(editor.secret))
    editor.type_code(editor.code())
    editor.client.post(reverse("account_logout"))
    editor.log_in()
    editor.type_code(editor.recovery_codes()[0])
    assert _log() == [
        (editor.name, "wrong_code", ""),
        (editor.name, "in", "totp"),
        (editor.name, "in", "recovery_codes"),
    ]


def test_refusals_are_noted_without_what_was_typed(partner):
    for name in (partner.name, "OLA@example.org", "three-quiet-herons", "nobody@example.org"):
        Client().post(reverse("account_login"), {"login": name, "password": "not-the-password"})
    assert [who for who, what, _ in _log()] == [partner.name, partner.name, "", ""]
    assert {what for _, what, _ in _log()} == {"refused"}
    kept = str([list(row.values()) for row in LogIn.objects.values()])
    for typed in ("not-the-password", "three-quiet-herons", "nobody@"):
        assert typed not in kept


def test_nothing_typed_has_a_place_in_the_log():
    texts = {
        field.name
        for field in LogIn._meta.fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    }
    assert texts == {"network"}


def test_attempts_beyond_the_limit_are_noted(partner):
    for _ in range(5):
        partner.log_in("not-the-password")
    partner.log_in()
    assert [what for _, what, _ in _log()] == ["refused"] * 5 + ["too_many"]


def test_changes_of_the_log_in_are_noted(editor, django_capture_on_commit_callbacks):
    editor.log_in()
    page = editor.client.get(reverse("mfa_activate_totp"))
    editor.secret = page.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        editor.client.post(reverse("mfa_activate_totp"), {"code": editor.code()})
    with django_capture_on_commit_callbacks(execute=True):
        editor.client.post(reverse("mfa_generate_recovery_codes"))
    with django_capture_on_commit_callbacks(execute=True):
        editor.client.post(reverse("mfa_deactivate_totp"))
    new = "four-loud-kestrels"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    editor.client.post(reverse("account_change_password"), data)
    assert [what for _, what, _ in _log()] == ["in", "set_up", "new_codes", "removed", "password"]


def test_a_deleted_person_leaves_the_row_without_a_name(partner):
    partner.log_in()
    partner.user.delete()
    assert _log() == [("", "in", "")]


def test_old_rows_are_forgotten_and_young_ones_kept(partner, settings, capsys):
    settings.LOG_IN_LOG_DAYS = 90
    for days in (89, 91, 400):
        LogIn.objects.create(what="in", at=timezone.now() - timedelta(days=days))
    call_command("forget_log_ins")
    assert "2 log-ins older than 90 days forgotten" in capsys.readouterr().out
    assert LogIn.objects.count() == 1
    assert forget_log_ins() == 0


def test_an_administrator_of_the_hub_reads_the_log(administrator, partner):
    partner.log_in()
    administrator.log_in()
    said = administrator.client.get(reverse(REPORT)).content.decode()
    assert "ola@example.org" in said
    assert "Logged in" in said
    refused = administrator.client.get(reverse(REPORT), {"what": "refused"})
    assert not refused.context["object_list"]
    whose = administrator.client.get(reverse(REPORT), {"user": partner.user.pk})
    assert [row.user for row in whose.context["object_list"]] == [partner.user]
    since = {"at_from": (timezone.localdate() + timedelta(days=1)).isoformat()}
    assert not administrator.client.get(reverse(REPORT), since).context["object_list"]


def test_the_log_is_a_table_for_other_programs(administrator, partner):
    partner.log_in()
    administrator.log_in()
    answer = administrator.client.get(reverse(REPORT), {"export": "csv"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0] == "When,What,Who,Second step,From"
    assert any("Logged in,ola@example.org,None,127.0.0.0/24" in line for line in lines)


@pytest.mark.parametrize("name", ["hub_log_ins", "hub_log_ins_results"])
@pytest.mark.parametrize("query", [{}, {"export": "csv"}])
def test_nobody_else_reads_the_log(editor, partner, name, query):
    for person in (editor, partner):
        person.log_in()
        answer = person.client.get(reverse(name), query)
        assert answer.status_code in (302, 403)
    assert REPORT.replace("hub_", "") not in editor.client.get("/admin/").content.decode()


def test_the_log_asks_the_database_as_often_for_many_rows(
    administrator, partner, django_assert_max_num_queries
):
    administrator.log_in()
    for number in range(60):
        LogIn.objects.create(user=partner.user if number % 2 else None, what="in")
    with django_assert_max_num_queries(25):
        administrator.client.get(reverse(REPORT))


def _reset(by, person):
    return by.client.post(reverse("hub_reset_two_factor", args=[person.user.pk]))


def test_an_administrator_lets_somebody_set_up_again(
    administrator, editor, required, mailoutbox, django_capture_on_commit_callbacks
):
    administrator.set_up()
    administrator.log_in()
    administrator.type_code(administrator.code())
    editor.set_up()
    editor.user.last_login = timezone.now()
    editor.user.save()
    page = administrator.client.get(reverse("hub_reset_two_factor", args=[editor.user.pk]))
    assert "both lost" in page.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        _reset(administrator, editor)
    assert editor.log_in()["Location"] == reverse("wagtailadmin_home")
    sent = editor.client.get(reverse("wagtailadmin_home"))["Location"]
    assert sent.startswith(reverse("mfa_activate_totp"))
    assert [mail.to for mail in mailoutbox] == [[editor.name]]
    assert (editor.name, "removed", "") in _log()


def test_nobody_weakens_the_log_in_of_those_above_or_their_own(administrator, editor, superuser,
                                                               partner):  # fmt: skip
    for person in (administrator, editor, superuser, partner):
        person.set_up()
        person.client.force_login(person.user)
    for by, person in (
        (administrator, superuser),
        (administrator, administrator),
        (editor, administrator),
        (partner, editor),
    ):
        assert _reset(by, person).status_code in (302, 403)
        assert person.recovery_codes(), (by.name, person.name)


def test_the_command_does_so_too(editor, capsys):
    editor.set_up()
    call_command("reset_two_factor", editor.name.upper())
    assert "sets up two-step log-in again" in capsys.readouterr().out
    call_command("reset_two_factor", editor.name)
    assert "had no two-step log-in" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Nobody is called"):
        call_command("reset_two_factor", "nobody@example.org")
