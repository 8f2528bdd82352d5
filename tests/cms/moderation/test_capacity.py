"""How full a service is can be said at any time, also while a change of it waits."""

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from tests.cms.moderation.how_full import (
    looked_at_first,
    say,
    told_of,
)
from tests.cms.moderation.steps import answer, edit, latest, live, public, submit
from tests.cms.pages import add_service

pytestmark = pytest.mark.django_db


# During a review


def test_while_a_change_waits_the_partner_says_that_it_is_full(heron, in_review):
    said = say(heron.client, in_review, capacity="waiting_list", waiting_weeks="6")
    assert said.url == reverse("wagtailadmin_home")
    assert told_of(in_review) == ("waiting_list", 6)
    told = heron.client.get(said.url).content.decode()
    assert "whether it takes people on, weeks to wait" in told


def test_and_corrects_its_phone_number(heron, in_review):
    say(heron.client, in_review, phone="01632 960123")
    assert public(in_review)["phone"] == "01632 960123"


def test_the_review_goes_on_and_nothing_of_it_is_public(heron, in_review):
    before = public(in_review)
    say(heron.client, in_review, capacity="limited")
    page = live(in_review)
    assert page.workflow_in_progress
    assert page.has_unpublished_changes
    assert latest(page).summary == "A better sentence"
    now = public(in_review)
    assert {name for name in now if now[name] != before[name]} == {"capacity"}


def test_approving_later_keeps_what_was_said_meanwhile(heron, hub, in_review):
    say(heron.client, in_review, capacity="waiting_list", waiting_weeks="6", phone="01632 960123")
    answer(hub, in_review, "approve")
    assert public(in_review)["summary"] == "A better sentence"
    assert told_of(in_review) == ("waiting_list", 6)
    assert public(in_review)["phone"] == "01632 960123"
    assert not live(in_review).has_unpublished_changes


def test_sending_back_keeps_it_too(heron, hub, in_review):
    say(heron.client, in_review, capacity="closed", closed_until="2040-01-15")
    answer(hub, in_review, "reject", "Say for whom it is.")
    assert public(in_review)["closed_until"] == "2040-01-15"
    submit(heron.client, in_review, summary="For everybody in Diss")
    answer(hub, in_review, "approve")
    assert public(in_review)["closed_until"] == "2040-01-15"


def test_whoever_looks_at_the_review_is_asked_to_look_again(heron, hub, in_review):
    seen = live(in_review).latest_revision_id
    say(heron.client, in_review, capacity="limited")
    told = answer(hub, in_review, "approve", revision=seen)
    assert "It was changed while you were looking" in told.content.decode()
    assert live(in_review).workflow_in_progress


def test_the_hub_may_say_it_and_then_approve_what_the_partner_wrote(heron, hub, in_review):
    """What waits is still the partner's: nobody becomes its writer by saying how full it is."""
    writer = live(in_review).latest_revision.user
    said = say(hub, in_review, capacity="limited")
    assert said.url == reverse("wagtailadmin_pages:edit", args=[in_review.pk])
    assert live(in_review).latest_revision.user == writer == heron.user
    answer(hub, in_review, "approve")
    assert told_of(in_review)[0] == "limited"
    assert public(in_review)["summary"] == "A better sentence"


def test_a_capacity_that_waits_gives_way_to_the_newer_one(heron, hub):
    """It was handed in while the hub still looked at such changes."""
    looked_at_first("capacity", "closed_until")
    submit(heron.client, heron.live, capacity="closed", closed_until="2040-01-15")
    assert told_of(heron.live)[0] == "open"
    looked_at_first()
    say(heron.client, heron.live, capacity="limited")
    answer(hub, heron.live, "approve")
    assert told_of(heron.live)[0] == "limited"
    assert public(heron.live)["closed_until"] is None


def test_what_else_waits_of_the_same_form_goes_on_waiting(heron, hub):
    submit(heron.client, heron.live, phone="01632 960123 ask for Ola")
    say(heron.client, heron.live, capacity="limited")
    assert public(heron.live)["phone"] == "01632 960001"
    answer(hub, heron.live, "approve")
    assert public(heron.live)["phone"] == "01632 960123 ask for Ola"
    assert told_of(heron.live)[0] == "limited"


# With a draft, and with nothing waiting


def test_a_draft_that_is_not_handed_in_stays_one(heron):
    assert latest(heron.live).summary == "Heron Trust secret change"
    say(heron.client, heron.live, capacity="limited")
    assert "secret" not in public(heron.live)["summary"]
    page = latest(heron.live)
    assert (page.summary, page.capacity) == ("Heron Trust secret change", "limited")


def test_a_phone_number_in_a_draft_stays_there(heron):
    edit(heron.client, heron.live, phone="01632 960321")
    say(heron.client, heron.live, capacity="limited")
    assert public(heron.live)["phone"] == "01632 960001"
    assert latest(heron.live).phone == "01632 960321"


def test_if_nothing_waits_nothing_waits_afterwards(heron):
    page = add_service(heron.page, "Quiet service")
    say(heron.client, page, capacity="limited")
    assert told_of(page)[0] == "limited"
    page = live(page)
    assert not page.has_unpublished_changes
    assert page.live_revision_id == page.latest_revision_id


def test_it_is_in_the_history_with_who_and_what_and_can_be_undone(heron, hub, in_review):
    before = live(in_review).live_revision
    say(heron.client, in_review, capacity="closed")
    entry = PageLogEntry.objects.filter(page=in_review.pk, action="cms.publish_safe").latest("pk")
    assert (entry.user, entry.data) == (heron.user, {"fields": ["capacity"]})
    before.publish(user=hub.user)
    assert told_of(in_review)[0] == "open"


def test_saying_what_is_public_already_changes_nothing(heron, in_review):
    revisions = in_review.revisions.count()
    say(heron.client, in_review)
    assert in_review.revisions.count() == revisions
    assert not PageLogEntry.objects.filter(page=in_review.pk, action="cms.publish_safe").exists()
