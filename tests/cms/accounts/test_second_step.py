"""People of the hub log in with a second step or not at all; partners may."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.urls import NoReverseMatch, get_resolver, reverse

from cms.accounts import second_step
from cms.accounts.adapters import MfaAdapter
from cms.partners.roles import EDITORS
from cms.partners.spaces import add_member, open_space
from tests.cms.accounts.conftest import code_for, wrong_code
from tests.cms.pages import add_partner, add_service
from tests.cms.partners.test_boundary import _names

pytestmark = pytest.mark.django_db

SET_UP, ADMIN = "mfa_activate_totp", "wagtailadmin_home"
WAY_OUT = {"wagtailadmin_login", "wagtailadmin_logout"}


def _enrol(person, next_page: str = ""):
    """Set up the app as somebody does who reads the key from the page."""
    address = reverse(SET_UP) + (f"?next={next_page}" if next_page else "")
    page = person.client.get(address)
    person.secret = page.context["form"].secret
    data = {"code": person.code(), "next": next_page}
    return person.client.post(reverse(SET_UP), data)


@pytest.mark.parametrize("who", ["editor", "administrator", "superuser"])
def test_the_hub_sets_up_a_second_step_before_anything_else(required, request, who):
    person = request.getfixturevalue(who)
    asked = reverse("wagtailadmin_reports:site_history")
    assert person.log_in(next_page=asked)["Location"] == asked
    sent = person.client.get(asked)
    assert sent["Location"] == f"{reverse(SET_UP)}?next=%2Fadmin%2Freports%2Fsite-history%2F"
    codes = person.client.get(_enrol(person, asked)["Location"])
    assert codes.status_code == 200
    assert codes.context["onwards"] == asked
    assert len(codes.context["unused_codes"]) == 10
    assert person.client.get(asked).status_code == 200


def _candidates(name: str, service) -> list[str]:
    found = []
    for arguments in ([], [1], [service.pk], ["cms", "servicepage"], [service.pk, 1], ["x", "y"],
                      ["cms", "servicepage", service.pk], ["wagtailcore", "page", "delete"],
                      [1, 1], [service.pk, "approve", 1], [1, "max-1x1"]):  # fmt: skip
        try:
            found.append(reverse(name, args=arguments))
        except NoReverseMatch:
            continue
    return found


def test_no_view_of_the_admin_answers_the_hub_without_the_second_step(required, administrator):
    service = add_service(add_partner(), "Kingfisher secret", publish=False)
    administrator.log_in()
    names = {name for name in _names(get_resolver()) if not name.startswith("admin/")}
    assert len(names) > 200
    answering, asked = [], 0
    for name in sorted(names - WAY_OUT):
        for address in _candidates(name, service):
            for ask in (administrator.client.get, administrator.client.post):
                asked += 1
                answer = ask(address)
                if not answer.headers.get("Location", "").startswith(reverse(SET_UP)):
                    answering.append((name, address, answer.status_code))
    assert answering == []
    assert asked > 400


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("wagtailadmin_api:pages:listing", []),
        ("wagtailadmin_pages:preview_on_edit", ["service"]),
        ("wagtailadmin_pages:view_draft", ["service"]),
        ("wagtailadmin_pages:edit", ["service"]),
    ],
)
def test_what_a_script_asks_for_is_refused_and_not_sent_on(required, editor, name, arguments):
    service = add_service(add_partner(), "Kingfisher secret", publish=False)
    editor.log_in()
    address = reverse(name, args=[service.pk for _ in arguments])
    answer = editor.client.get(address, headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.status_code == 403
    assert "Kingfisher" not in answer.content.decode()


def test_the_hub_logs_in_with_password_and_code(required, editor):
    editor.set_up()
    asked = reverse("wagtailadmin_explore_root")
    assert editor.log_in(next_page=asked)["Location"] == reverse("mfa_authenticate")
    assert not editor.is_in()
    assert editor.type_code(editor.code())["Location"] == asked
    assert editor.is_in()


def test_a_code_works_once_for_as_long_as_it_is_in_time(editor):
    editor.set_up()
    code = editor.code()
    editor.log_in()
    editor.type_code(code)
    editor.client.logout()
    editor.log_in()
    again = editor.type_code(code)
    assert "That code is not right, or was used already." in again.content.decode()
    assert not editor.is_in()


def test_the_code_that_set_it_up_is_not_taken_for_the_next_log_in(editor):
    editor.log_in()
    _enrol(editor)
    code = editor.code()
    editor.client.logout()
    editor.log_in()
    assert editor.type_code(code).status_code == 200
    assert editor.type_code(editor.code(later=1)).status_code == 302


def test_a_wrong_code_lets_nobody_in(editor):
    editor.set_up()
    editor.log_in()
    assert editor.type_code(wrong_code(editor.secret)).status_code == 200
    assert not editor.is_in()


def test_a_recovery_code_lets_in_once(editor):
    editor.set_up()
    code, other = editor.recovery_codes()[:2]
    for typed, gets_in in ((code, True), (code, False), (f"{other[:4]} {other[4:]}", True)):
        editor.log_in()
        editor.type_code(typed)
        assert editor.is_in() is gets_in
        editor.client.post(reverse("account_logout"))
    assert len(editor.recovery_codes()) == 8


def test_who_came_in_by_password_alone_is_asked_for_the_code(required, editor):
    """However that came about: a session from before it was set up, or a door left open."""
    editor.set_up()
    editor.client.force_login(editor.user)
    asked = reverse("wagtailadmin_account")
    sent = editor.client.get(asked)["Location"]
    assert sent == f"{reverse('mfa_reauthenticate')}?next=%2Fadmin%2Faccount%2F"
    for name in ("mfa_index", "mfa_view_recovery_codes", "mfa_deactivate_totp",
                 "mfa_generate_recovery_codes", "mfa_download_recovery_codes"):  # fmt: skip
        shut = editor.client.get(reverse(name))["Location"]
        assert shut.startswith(reverse("mfa_reauthenticate")), name
    data = {"code": editor.code(), "next": asked}
    answer = editor.client.post(reverse("mfa_reauthenticate"), data)
    assert answer["Location"] == asked
    assert editor.client.get(asked).status_code == 200


def test_the_second_step_of_one_is_not_that_of_another(required, editor, administrator):
    editor.set_up()
    editor.log_in()
    editor.type_code(editor.code())
    assert editor.is_in()
    session = editor.client.session
    editor.client.force_login(administrator.user)
    assert editor.client.session.session_key != session.session_key
    assert not editor.is_in()


def test_without_the_second_step_the_hub_can_still_log_out(required, editor):
    editor.log_in()
    editor.client.post(reverse("wagtailadmin_logout"))
    assert reverse("account_login") in editor.client.get(reverse(ADMIN))["Location"]


def test_a_partner_comes_in_without(required, partner):
    assert partner.log_in()["Location"] == reverse(ADMIN)
    assert partner.is_in()


def test_a_partner_may_set_it_up_and_then_needs_it(required, partner):
    partner.log_in()
    offer = partner.client.get(reverse("mfa_index")).content.decode()
    assert reverse(SET_UP) in offer
    _enrol(partner)
    partner.client.post(reverse("account_logout"))
    assert partner.log_in()["Location"] == reverse("mfa_authenticate")
    assert not partner.is_in()
    partner.type_code(partner.code(later=1))
    assert partner.is_in()


def test_a_partner_who_is_of_the_hub_as_well_needs_it(required, partner):
    partner.user.groups.add(Group.objects.get(name=EDITORS))
    partner.log_in()
    assert not partner.is_in()


def test_any_other_way_into_the_admin_counts_as_the_hubs(required, partner, person):
    other = person(EDITORS, "other")
    group = Group.objects.create(name="Feeds")
    group.permissions.set(Group.objects.get(name=EDITORS).permissions.all())
    other.user.groups.set([group])
    assert second_step.required_of(other.user)
    add_member(open_space("Otter Society"), partner.name)
    assert not second_step.required_of(partner.user)


def test_where_it_is_offered_nobody_is_stopped(settings, editor):
    settings.HUB_TWO_FACTOR = "offered"
    editor.log_in()
    assert editor.is_in()


def test_a_mistyped_setting_opens_nothing(settings, editor):
    settings.HUB_TWO_FACTOR = "ofered"
    editor.log_in()
    assert not editor.is_in()


def test_removing_it_leads_the_hub_back_to_setting_it_up(required, editor):
    editor.set_up()
    editor.log_in()
    editor.type_code(editor.code())
    editor.client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert editor.client.get(reverse(ADMIN))["Location"].startswith(reverse(SET_UP))


def test_the_page_shows_a_picture_and_a_key_without_scripts(editor):
    editor.log_in()
    page = editor.client.get(reverse(SET_UP))
    said = page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in said
    assert "<script" not in said
    assert "data:" in re.search(r"img-src ([^;]+)", page["Content-Security-Policy"])[1]
    key = page.context["form"].secret
    assert " ".join(re.findall("....", key)) in said
    assert code_for(key).isdigit()


def test_setting_up_asks_for_the_password_again_when_the_log_in_was_a_while_ago(
    editor, monkeypatch
):
    editor.log_in()
    assert editor.client.get(reverse(SET_UP)).status_code == 200
    monkeypatch.setattr("cms.accounts.adapters.time", lambda: time.time() + 600)
    sent = editor.client.get(reverse(SET_UP))["Location"]
    assert sent.startswith(reverse("account_reauthenticate"))
    form = editor.client.get(sent)
    assert "Type your password" in form.content.decode()


def test_the_database_alone_gives_no_codes(editor):
    editor.set_up()
    for row in Authenticator.objects.all():
        assert editor.secret not in str(row.data)
        assert all(code not in str(row.data) for code in editor.recovery_codes())
    assert MfaAdapter().decrypt(
        Authenticator.objects.get(type="totp").data["secret"]
    ) == editor.secret  # fmt: skip


def test_another_secret_key_is_explained_and_an_old_one_still_reads(editor, settings):
    editor.set_up()
    kept = Authenticator.objects.get(type="totp").data["secret"]
    before, settings.SECRET_KEY = settings.SECRET_KEY, "another-" * 8
    with pytest.raises(ImproperlyConfigured, match="reset_two_factor"):
        MfaAdapter().decrypt(kept)
    settings.SECRET_KEY_FALLBACKS = [before]
    assert MfaAdapter().decrypt(kept) == editor.secret
