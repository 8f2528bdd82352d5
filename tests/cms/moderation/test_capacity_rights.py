"""Who may say how full a service is, of what, and where they find the form."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.models import ServicePage
from cms.moderation.capacity import FIELDS
from cms.partners.boundary import ALLOWED
from cms.partners.spaces import close_space, remove_member
from tests.cms.confidential.editing import service
from tests.cms.moderation.how_full import (
    errors_shown,
    form_of,
    looked_at_first,
    opened_form,
    say,
    told_of,
)
from tests.cms.moderation.steps import latest, live, public, submit
from tests.cms.pages import add_service

pytestmark = pytest.mark.django_db


# What the hub allows


@pytest.mark.parametrize("field", FIELDS)
def test_what_the_policy_does_not_call_safe_is_not_offered(field, heron, in_review):
    looked_at_first(field)
    form = opened_form(heron.client, in_review)
    assert set(FIELDS) - set(form) == {field}


@pytest.mark.parametrize(
    ("field", "forged"),
    [("capacity", "limited"), ("waiting_weeks", "9"), ("phone", "01632 960123")],
)
def test_a_field_that_is_sent_all_the_same_is_refused_and_said(field, forged, heron, in_review):
    form = opened_form(heron.client, in_review)
    looked_at_first(field)
    before = public(in_review)
    told = heron.client.post(form_of(in_review), {**form, field: forged})
    assert told.status_code == 422
    assert f"You typed: {forged}" in errors_shown(told)
    assert public(in_review) == before


def test_with_the_policy_off_there_is_no_form_and_a_word_of_what_to_do(heron, in_review):
    looked_at_first(*FIELDS)
    said = heron.client.get(form_of(in_review)).content.decode()
    assert "The hub looks at these changes before they are public" in said
    assert 'name="capacity"' not in said
    assert "Make it public" not in said
    before = public(in_review)
    told = heron.client.post(form_of(in_review), {"capacity": "limited", "seen": ""})
    assert told.status_code == 422
    assert public(in_review) == before


def test_a_word_that_the_form_cannot_take_back_is_named(heron):
    """Closed until a day, and the hub looks at days: reopening would leave the day behind."""
    page = add_service(heron.page, capacity="closed", closed_until=timezone.localdate())
    looked_at_first("closed_until")
    told = say(heron.client, page, capacity="limited")
    assert told.status_code == 422
    assert "Closed until: Choose “Closed to new people”" in errors_shown(told)


def test_the_phone_of_a_service_with_a_confidential_site_is_not_offered(heron, hub):
    page = service(heron, confidential=True)
    for client in (heron.client, hub):
        assert "phone" not in opened_form(client, page)
    form = opened_form(heron.client, page)
    heron.client.post(form_of(page), {**form, "phone": "01632 960123"})
    assert public(page)["phone"] == "01632 960001"
    say(heron.client, page, capacity="limited")
    assert told_of(page)[0] == "limited"


def test_an_address_that_waits_to_be_shown_waits_on(heron):
    page = service(heron, confidential=True)
    submit(heron.client, page, **{"page_sites-0-confidential": None})
    assert not latest(page).page_sites.get().confidential
    say(heron.client, page, capacity="limited")
    assert not latest(page).page_sites.get().confidential
    assert live(page).page_sites.get().confidential
    assert "Quillfeather" not in str(public(page))


def test_what_the_hub_has_locked_is_locked_here_too(heron, in_review):
    form = opened_form(heron.client, in_review)
    ServicePage.objects.filter(pk=in_review.pk).update(locked=True)
    assert (
        "The hub has locked this service" in heron.client.get(form_of(in_review)).content.decode()
    )
    told = heron.client.post(form_of(in_review), {**form, "capacity": "limited"})
    assert told.status_code == 422
    assert told.context["form"]["capacity"].value() == "limited"
    assert told_of(in_review)[0] == "open"


# Whose it is


def _refused(client: Client, page_pk: int) -> bytes:
    """What somebody is told who asks for it, and who tries to say it."""
    address = reverse("service_how_full", args=[page_pk])
    shown, sent = client.get(address), client.post(address, {"capacity": "closed"})
    assert (shown.status_code, sent.status_code) == (404, 404)
    assert shown.content == sent.content
    return shown.content


def test_partners_are_given_the_view():
    assert "service_how_full" in ALLOWED


def test_anothers_service_is_told_in_the_words_of_one_that_is_not_there(heron, otter):
    nothing = _refused(heron.client, 9_999_999)
    for page in (otter.live, otter.draft, otter.page):
        assert _refused(heron.client, page.pk) == nothing
    assert b"Otter" not in nothing
    assert told_of(otter.live)[0] == "open"


def test_neither_is_a_draft_of_ones_own_or_a_withdrawn_service(heron):
    _refused(heron.client, heron.draft.pk)
    heron.live.unpublish()
    _refused(heron.client, heron.live.pk)


def test_a_member_of_the_hub_who_is_of_a_partner_is_bound_to_it(heron, otter, hub):
    hub.user.groups.add(heron.space.group)
    assert hub.get(form_of(heron.live)).status_code == 200
    _refused(hub, otter.live.pk)


def test_nobody_says_it_without_a_log_in(heron):
    for ask in (Client().get, Client().post):
        response = ask(form_of(heron.live))
        assert response.status_code == 302
        assert "Heron" not in response.content.decode()
    assert told_of(heron.live)[0] == "open"


def test_whoever_left_or_whose_partner_is_closed_says_nothing(heron, otter):
    remove_member(heron.space, heron.user)
    assert heron.client.post(form_of(heron.live), {"capacity": "closed"}).status_code in (
        302,
        403,
    )
    assert told_of(heron.live)[0] == "open"
    close_space(otter.space)
    assert otter.client.get(form_of(otter.live)).status_code in (302, 403, 404)


def test_it_needs_a_token_of_the_form(heron):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(heron.user)
    assert strict.post(form_of(heron.live), {"capacity": "closed"}).status_code == 403


# Where it is found


def test_the_dashboard_leads_to_it_for_live_services_alone(heron):
    said = heron.client.get(reverse("wagtailadmin_home")).content.decode()
    assert form_of(heron.live) in said
    assert form_of(heron.draft) not in said


def test_the_list_of_pages_leads_to_it_for_live_services_alone(heron):
    address = reverse("wagtailadmin_explore", args=[heron.page.pk])
    said = heron.client.get(address).content.decode()
    assert form_of(heron.live) in said
    assert form_of(heron.draft) not in said


def _locked_form(client: Client, page: ServicePage) -> str:
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_the_form_that_is_closed_for_a_review_leads_to_it(heron, in_review):
    said = _locked_form(heron.client, in_review)
    assert "is currently awaiting moderation" in said
    assert f'href="{form_of(in_review)}">How full we are</a>' in said


def test_the_form_that_is_closed_for_a_plan_leads_to_it_for_everybody(heron, hub, planned):
    for client in (heron.client, hub):
        said = _locked_form(client, planned)
        assert "has been scheduled to go live" in said
        assert f'href="{form_of(planned)}">How full we are</a>' in said


def test_a_form_that_is_open_or_of_a_new_service_does_not(heron):
    assert form_of(heron.live) not in _locked_form(heron.client, heron.live)
    submit(heron.client, heron.draft, phone="01632 960002")
    assert form_of(heron.draft) not in _locked_form(heron.client, heron.draft)
