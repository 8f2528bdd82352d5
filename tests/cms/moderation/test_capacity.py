"""How full a service is can be said at any time: beside a review, and beside a plan."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry
from wagtail.test.utils import WagtailTestUtils
from wagtail.test.utils.form_data import querydict_from_html

from cms.assurance.confirming import confirm
from cms.models import SafeFields, ServicePage
from cms.moderation.capacity import FIELDS
from cms.partners.boundary import ALLOWED
from cms.partners.spaces import close_space, remove_member
from tests.cms.confidential.editing import its_time_has_come, service
from tests.cms.moderation.steps import answer, edit, filled, latest, live, public, send, submit
from tests.cms.pages import add_service

pytestmark = pytest.mark.django_db


def _address(page: ServicePage) -> str:
    return reverse("service_how_full", args=[page.pk])


def _opened(client: Client, page: ServicePage) -> dict[str, str]:
    """The short form as a browser would send it untouched."""
    response = client.get(_address(page))
    assert response.status_code == 200
    return querydict_from_html(response.content.decode(), form_id="w-editor-form").dict()


def _say(client: Client, page: ServicePage, **values: str) -> HttpResponse:
    """Open the form, change these fields, and send it."""
    return client.post(_address(page), {**_opened(client, page), **values})


def _errors(response: HttpResponse) -> str:
    found = WagtailTestUtils.get_soup(response.content.decode()).select(".error-message")
    return " ".join(" ".join(error.get_text().split()) for error in found)


def _full(page: ServicePage) -> tuple[str, int | None]:
    """What everybody is told."""
    said = public(page)
    return said["capacity"], said["waiting_weeks"]


def _plan(page: ServicePage, **values: object) -> None:
    """A change that the hub has approved for a later day."""
    later = latest(page)
    later.go_live_at = timezone.now() + timedelta(days=30)
    for name, value in values.items():
        setattr(later, name, value)
    later.save_revision().publish()
    assert live(page).scheduled_revision is not None


def _looked_at(*fields: str) -> None:
    """The hub wants to see changes of these fields first, and of no other that is asked here."""
    policy = SafeFields.load()
    for field in FIELDS:
        setattr(policy, field, field not in fields)
    policy.save()


@pytest.fixture
def in_review(heron) -> ServicePage:
    submit(heron.client, heron.live, summary="A better sentence")
    return heron.live


# During a review


def test_while_a_change_waits_the_partner_says_that_it_is_full(heron, in_review):
    said = _say(heron.client, in_review, capacity="waiting_list", waiting_weeks="6")
    assert said.url == reverse("wagtailadmin_home")
    assert _full(in_review) == ("waiting_list", 6)
    told = heron.client.get(said.url).content.decode()
    assert "whether it takes people on, weeks to wait" in told


def test_and_corrects_its_phone_number(heron, in_review):
    _say(heron.client, in_review, phone="01632 960123")
    assert public(in_review)["phone"] == "01632 960123"


def test_the_review_goes_on_and_nothing_of_it_is_public(heron, in_review):
    before = public(in_review)
    _say(heron.client, in_review, capacity="limited")
    page = live(in_review)
    assert page.workflow_in_progress
    assert page.has_unpublished_changes
    assert latest(page).summary == "A better sentence"
    now = public(in_review)
    assert {name for name in now if now[name] != before[name]} == {"capacity"}


def test_approving_later_keeps_what_was_said_meanwhile(heron, hub, in_review):
    _say(heron.client, in_review, capacity="waiting_list", waiting_weeks="6", phone="01632 960123")
    answer(hub, in_review, "approve")
    assert public(in_review)["summary"] == "A better sentence"
    assert _full(in_review) == ("waiting_list", 6)
    assert public(in_review)["phone"] == "01632 960123"
    assert not live(in_review).has_unpublished_changes


def test_sending_back_keeps_it_too(heron, hub, in_review):
    _say(heron.client, in_review, capacity="closed", closed_until="2040-01-15")
    answer(hub, in_review, "reject", "Say for whom it is.")
    assert public(in_review)["closed_until"] == "2040-01-15"
    submit(heron.client, in_review, summary="For everybody in Diss")
    answer(hub, in_review, "approve")
    assert public(in_review)["closed_until"] == "2040-01-15"


def test_whoever_looks_at_the_review_is_asked_to_look_again(heron, hub, in_review):
    seen = live(in_review).latest_revision_id
    _say(heron.client, in_review, capacity="limited")
    told = answer(hub, in_review, "approve", revision=seen)
    assert "It was changed while you were looking" in told.content.decode()
    assert live(in_review).workflow_in_progress


def test_the_hub_may_say_it_and_then_approve_what_the_partner_wrote(heron, hub, in_review):
    """What waits is still the partner's: nobody becomes its writer by saying how full it is."""
    writer = live(in_review).latest_revision.user
    said = _say(hub, in_review, capacity="limited")
    assert said.url == reverse("wagtailadmin_pages:edit", args=[in_review.pk])
    assert live(in_review).latest_revision.user == writer == heron.user
    answer(hub, in_review, "approve")
    assert _full(in_review)[0] == "limited"
    assert public(in_review)["summary"] == "A better sentence"


def test_a_capacity_that_waits_gives_way_to_the_newer_one(heron, hub):
    """It was handed in while the hub still looked at such changes."""
    _looked_at("capacity", "closed_until")
    submit(heron.client, heron.live, capacity="closed", closed_until="2040-01-15")
    assert _full(heron.live)[0] == "open"
    _looked_at()
    _say(heron.client, heron.live, capacity="limited")
    answer(hub, heron.live, "approve")
    assert _full(heron.live)[0] == "limited"
    assert public(heron.live)["closed_until"] is None


def test_what_else_waits_of_the_same_form_goes_on_waiting(heron, hub):
    submit(heron.client, heron.live, phone="01632 960123 ask for Ola")
    _say(heron.client, heron.live, capacity="limited")
    assert public(heron.live)["phone"] == "01632 960001"
    answer(hub, heron.live, "approve")
    assert public(heron.live)["phone"] == "01632 960123 ask for Ola"
    assert _full(heron.live)[0] == "limited"


# With a draft, and with nothing waiting


def test_a_draft_that_is_not_handed_in_stays_one(heron):
    assert latest(heron.live).summary == "Heron Trust secret change"
    _say(heron.client, heron.live, capacity="limited")
    assert "secret" not in public(heron.live)["summary"]
    page = latest(heron.live)
    assert (page.summary, page.capacity) == ("Heron Trust secret change", "limited")


def test_a_phone_number_in_a_draft_stays_there(heron):
    edit(heron.client, heron.live, phone="01632 960321")
    _say(heron.client, heron.live, capacity="limited")
    assert public(heron.live)["phone"] == "01632 960001"
    assert latest(heron.live).phone == "01632 960321"


def test_if_nothing_waits_nothing_waits_afterwards(heron):
    page = add_service(heron.page, "Quiet service")
    _say(heron.client, page, capacity="limited")
    assert _full(page)[0] == "limited"
    page = live(page)
    assert not page.has_unpublished_changes
    assert page.live_revision_id == page.latest_revision_id


def test_it_is_in_the_history_with_who_and_what_and_can_be_undone(heron, hub, in_review):
    before = live(in_review).live_revision
    _say(heron.client, in_review, capacity="closed")
    entry = PageLogEntry.objects.filter(page=in_review.pk, action="cms.publish_safe").latest("pk")
    assert (entry.user, entry.data) == (heron.user, {"fields": ["capacity"]})
    before.publish(user=hub.user)
    assert _full(in_review)[0] == "open"


def test_saying_what_is_public_already_changes_nothing(heron, in_review):
    revisions = in_review.revisions.count()
    _say(heron.client, in_review)
    assert in_review.revisions.count() == revisions
    assert not PageLogEntry.objects.filter(page=in_review.pk, action="cms.publish_safe").exists()


# With a plan


@pytest.fixture
def planned(heron) -> ServicePage:
    _plan(heron.live, summary="From February on: mornings too")
    return heron.live


@pytest.mark.parametrize("who", ["partner", "hub"])
def test_with_a_planned_change_it_can_be_said_and_the_plan_stands(who, heron, hub, planned):
    approved = live(planned).scheduled_revision.approved_go_live_at
    _say(heron.client if who == "partner" else hub, planned, capacity="waiting_list")
    assert _full(planned)[0] == "waiting_list"
    page = live(planned)
    assert page.live
    assert page.scheduled_revision == page.latest_revision
    assert page.scheduled_revision.approved_go_live_at == approved
    assert page.revisions.filter(approved_go_live_at__isnull=False).count() == 1
    assert public(planned)["summary"] != "From February on: mornings too"


def test_when_the_day_has_come_the_plan_is_public_and_keeps_it(heron, planned):
    _say(heron.client, planned, capacity="waiting_list", waiting_weeks="6")
    its_time_has_come()
    assert public(planned)["summary"] == "From February on: mornings too"
    assert _full(planned) == ("waiting_list", 6)


def test_a_plan_to_close_is_not_undone_by_what_is_said_before_its_day(heron):
    closing = timezone.localdate() + timedelta(days=60)
    _plan(heron.live, capacity="closed", closed_until=closing)
    said = _say(heron.client, heron.live, capacity="limited", phone="01632 960123")
    assert _full(heron.live)[0] == "limited"
    assert "says something else, and stays as it is" in heron.client.get(said.url).content.decode()
    its_time_has_come()
    assert _full(heron.live)[0] == "closed"
    assert public(heron.live)["closed_until"] == closing.isoformat()
    assert public(heron.live)["phone"] == "01632 960123"


# Two at once


def test_a_confirmation_after_the_form_was_opened_stays(heron, in_review, hub):
    form = _opened(heron.client, in_review)
    confirm(in_review, timezone.localdate())
    heron.client.post(_address(in_review), {**form, "capacity": "limited"})
    answer(hub, in_review, "approve")
    assert public(in_review)["assured_date"] == timezone.localdate().isoformat()
    assert _full(in_review)[0] == "limited"


def test_a_confirmation_after_it_was_said_is_kept_by_the_plan(heron, planned):
    _say(heron.client, planned, capacity="limited")
    confirm(planned, timezone.localdate())
    its_time_has_come()
    assert public(planned)["assured_date"] == timezone.localdate().isoformat()
    assert _full(planned)[0] == "limited"


def test_somebody_elses_word_is_not_undone_by_a_form_that_was_opened_before(heron, hub, in_review):
    form = _opened(heron.client, in_review)
    _say(hub, in_review, capacity="waiting_list", waiting_weeks="6")
    mine = {**form, "capacity": "limited", "phone": "01632 960123"}
    told = heron.client.post(_address(in_review), mine)
    assert told.status_code == 422
    assert "Somebody has changed this since you opened it" in _errors(told)
    assert "People wait about 6 weeks" in _errors(told)
    assert _full(in_review) == ("waiting_list", 6)
    assert public(in_review)["phone"] == "01632 960001"
    again = querydict_from_html(told.content.decode(), form_id="w-editor-form").dict()
    assert (again["capacity"], again["phone"]) == ("limited", "01632 960123")
    assert heron.client.post(_address(in_review), again).status_code == 302
    assert _full(in_review)[0] == "limited"


def test_the_whole_form_that_was_opened_before_does_not_undo_it_unwarned(heron):
    address = reverse("wagtailadmin_pages:edit", args=[heron.live.pk])
    form = filled(heron.client.get(address).content.decode())
    _say(heron.client, heron.live, capacity="limited")
    told = send(heron.client, heron.live, form)
    assert told.status_code == 200
    assert "saved a newer version at" in told.content.decode()
    assert latest(heron.live).capacity == "limited"


# The model's own rules, with what was typed kept


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"capacity": "limited", "closed_until": "2040-01-15"}, "Choose “Closed to new people”"),
        ({"waiting_weeks": "521"}, "A wait is 520 weeks at most"),
        ({"waiting_weeks": "-1"}, "greater than or equal to 0"),
        ({"waiting_weeks": "soon"}, "Enter a whole number"),
        ({"capacity": "full"}, "Select a valid choice"),
        ({"closed_until": "spring"}, "Enter a valid date"),
        ({"phone": "ring the house at 7 Quill Yard"}, "Write the number alone"),
        ({"phone": "0" * 41}, "at most 40 characters"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(values, words, heron, in_review):
    before = public(in_review)
    told = _say(heron.client, in_review, **values)
    assert told.status_code == 422
    assert words in _errors(told)
    kept = told.context["form"]
    assert {name: kept[name].value() for name in values} == values
    assert public(in_review) == before


def test_a_service_that_cannot_be_published_as_it_is_says_so(heron):
    ServicePage.objects.filter(pk=heron.live.pk).update(languages="not codes", summary="")
    told = _say(heron.client, heron.live, capacity="limited")
    assert told.status_code == 422
    assert "Languages: Write two-letter codes" in _errors(told)
    ServicePage.objects.filter(pk=heron.live.pk).update(languages="en")
    told = _say(heron.client, heron.live, capacity="limited")
    assert told.status_code == 422
    assert "The page cannot be published as it is" in _errors(told)
    assert _full(heron.live)[0] == "open"


# What the hub allows


@pytest.mark.parametrize("field", FIELDS)
def test_what_the_policy_does_not_call_safe_is_not_offered(field, heron, in_review):
    _looked_at(field)
    form = _opened(heron.client, in_review)
    assert set(FIELDS) - set(form) == {field}


@pytest.mark.parametrize(
    ("field", "forged"),
    [("capacity", "limited"), ("waiting_weeks", "9"), ("phone", "01632 960123")],
)
def test_a_field_that_is_sent_all_the_same_is_refused_and_said(field, forged, heron, in_review):
    form = _opened(heron.client, in_review)
    _looked_at(field)
    before = public(in_review)
    told = heron.client.post(_address(in_review), {**form, field: forged})
    assert told.status_code == 422
    assert f"You typed: {forged}" in _errors(told)
    assert public(in_review) == before


def test_with_the_policy_off_there_is_no_form_and_a_word_of_what_to_do(heron, in_review):
    _looked_at(*FIELDS)
    said = heron.client.get(_address(in_review)).content.decode()
    assert "The hub looks at these changes before they are public" in said
    assert 'name="capacity"' not in said
    assert "Make it public" not in said
    before = public(in_review)
    told = heron.client.post(_address(in_review), {"capacity": "limited", "seen": ""})
    assert told.status_code == 422
    assert public(in_review) == before


def test_a_word_that_the_form_cannot_take_back_is_named(heron):
    """Closed until a day, and the hub looks at days: reopening would leave the day behind."""
    page = add_service(heron.page, capacity="closed", closed_until=timezone.localdate())
    _looked_at("closed_until")
    told = _say(heron.client, page, capacity="limited")
    assert told.status_code == 422
    assert "Closed until: Choose “Closed to new people”" in _errors(told)


def test_the_phone_of_a_service_with_a_confidential_site_is_not_offered(heron, hub):
    page = service(heron, confidential=True)
    for client in (heron.client, hub):
        assert "phone" not in _opened(client, page)
    form = _opened(heron.client, page)
    heron.client.post(_address(page), {**form, "phone": "01632 960123"})
    assert public(page)["phone"] == "01632 960001"
    _say(heron.client, page, capacity="limited")
    assert _full(page)[0] == "limited"


def test_an_address_that_waits_to_be_shown_waits_on(heron):
    page = service(heron, confidential=True)
    submit(heron.client, page, **{"page_sites-0-confidential": None})
    assert not latest(page).page_sites.get().confidential
    _say(heron.client, page, capacity="limited")
    assert not latest(page).page_sites.get().confidential
    assert live(page).page_sites.get().confidential
    assert "Quillfeather" not in str(public(page))


def test_what_the_hub_has_locked_is_locked_here_too(heron, in_review):
    form = _opened(heron.client, in_review)
    ServicePage.objects.filter(pk=in_review.pk).update(locked=True)
    assert (
        "The hub has locked this service" in heron.client.get(_address(in_review)).content.decode()
    )
    told = heron.client.post(_address(in_review), {**form, "capacity": "limited"})
    assert told.status_code == 422
    assert told.context["form"]["capacity"].value() == "limited"
    assert _full(in_review)[0] == "open"


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
    assert _full(otter.live)[0] == "open"


def test_neither_is_a_draft_of_ones_own_or_a_withdrawn_service(heron):
    _refused(heron.client, heron.draft.pk)
    heron.live.unpublish()
    _refused(heron.client, heron.live.pk)


def test_a_member_of_the_hub_who_is_of_a_partner_is_bound_to_it(heron, otter, hub):
    hub.user.groups.add(heron.space.group)
    assert hub.get(_address(heron.live)).status_code == 200
    _refused(hub, otter.live.pk)


def test_nobody_says_it_without_a_log_in(heron):
    for ask in (Client().get, Client().post):
        response = ask(_address(heron.live))
        assert response.status_code == 302
        assert "Heron" not in response.content.decode()
    assert _full(heron.live)[0] == "open"


def test_whoever_left_or_whose_partner_is_closed_says_nothing(heron, otter):
    remove_member(heron.space, heron.user)
    assert heron.client.post(_address(heron.live), {"capacity": "closed"}).status_code in (302, 403)
    assert _full(heron.live)[0] == "open"
    close_space(otter.space)
    assert otter.client.get(_address(otter.live)).status_code in (302, 403, 404)


def test_it_needs_a_token_of_the_form(heron):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(heron.user)
    assert strict.post(_address(heron.live), {"capacity": "closed"}).status_code == 403


# Where it is found


def test_the_dashboard_leads_to_it_for_live_services_alone(heron):
    said = heron.client.get(reverse("wagtailadmin_home")).content.decode()
    assert _address(heron.live) in said
    assert _address(heron.draft) not in said


def test_the_list_of_pages_leads_to_it_for_live_services_alone(heron):
    address = reverse("wagtailadmin_explore", args=[heron.page.pk])
    said = heron.client.get(address).content.decode()
    assert _address(heron.live) in said
    assert _address(heron.draft) not in said


def _locked_form(client: Client, page: ServicePage) -> str:
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_the_form_that_is_closed_for_a_review_leads_to_it(heron, in_review):
    said = _locked_form(heron.client, in_review)
    assert "is currently awaiting moderation" in said
    assert f'href="{_address(in_review)}">How full we are</a>' in said


def test_the_form_that_is_closed_for_a_plan_leads_to_it_for_everybody(heron, hub, planned):
    for client in (heron.client, hub):
        said = _locked_form(client, planned)
        assert "has been scheduled to go live" in said
        assert f'href="{_address(planned)}">How full we are</a>' in said


def test_a_form_that_is_open_or_of_a_new_service_does_not(heron):
    assert _address(heron.live) not in _locked_form(heron.client, heron.live)
    submit(heron.client, heron.draft, phone="01632 960002")
    assert _address(heron.draft) not in _locked_form(heron.client, heron.draft)
