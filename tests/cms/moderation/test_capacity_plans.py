"""What is said of how full a service is stands beside plans, and beside what others say."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.assurance.confirming import confirm
from cms.models import ServicePage
from tests.cms.confidential.editing import its_time_has_come
from tests.cms.moderation.how_full import (
    errors_shown,
    form_of,
    opened_form,
    plan_for_later,
    say,
    told_of,
)
from tests.cms.moderation.steps import answer, latest, live, public, send
from tests.cms.untouched import untouched

pytestmark = pytest.mark.django_db


# With a plan


@pytest.mark.parametrize("who", ["partner", "hub"])
def test_with_a_planned_change_it_can_be_said_and_the_plan_stands(who, heron, hub, planned):
    approved = live(planned).scheduled_revision.approved_go_live_at
    say(heron.client if who == "partner" else hub, planned, capacity="waiting_list")
    assert told_of(planned)[0] == "waiting_list"
    page = live(planned)
    assert page.live
    assert page.scheduled_revision == page.latest_revision
    assert page.scheduled_revision.approved_go_live_at == approved
    assert page.revisions.filter(approved_go_live_at__isnull=False).count() == 1
    assert public(planned)["summary"] != "From February on: mornings too"


def test_when_the_day_has_come_the_plan_is_public_and_keeps_it(heron, planned):
    say(heron.client, planned, capacity="waiting_list", waiting_weeks="6")
    its_time_has_come()
    assert public(planned)["summary"] == "From February on: mornings too"
    assert told_of(planned) == ("waiting_list", 6)


def test_a_plan_to_close_is_not_undone_by_what_is_said_before_its_day(heron):
    closing = timezone.localdate() + timedelta(days=60)
    plan_for_later(heron.live, capacity="closed", closed_until=closing)
    said = say(heron.client, heron.live, capacity="limited", phone="01632 960123")
    assert told_of(heron.live)[0] == "limited"
    assert "says something else, and stays as it is" in heron.client.get(said.url).content.decode()
    its_time_has_come()
    assert told_of(heron.live)[0] == "closed"
    assert public(heron.live)["closed_until"] == closing.isoformat()
    assert public(heron.live)["phone"] == "01632 960123"


# Two at once


def test_a_confirmation_after_the_form_was_opened_stays(heron, in_review, hub):
    form = opened_form(heron.client, in_review)
    confirm(in_review, timezone.localdate())
    heron.client.post(form_of(in_review), {**form, "capacity": "limited"})
    answer(hub, in_review, "approve")
    assert public(in_review)["assured_date"] == timezone.localdate().isoformat()
    assert told_of(in_review)[0] == "limited"


def test_a_confirmation_after_it_was_said_is_kept_by_the_plan(heron, planned):
    say(heron.client, planned, capacity="limited")
    confirm(planned, timezone.localdate())
    its_time_has_come()
    assert public(planned)["assured_date"] == timezone.localdate().isoformat()
    assert told_of(planned)[0] == "limited"


def test_somebody_elses_word_is_not_undone_by_a_form_that_was_opened_before(heron, hub, in_review):
    form = opened_form(heron.client, in_review)
    say(hub, in_review, capacity="waiting_list", waiting_weeks="6")
    mine = {**form, "capacity": "limited", "phone": "01632 960123"}
    told = heron.client.post(form_of(in_review), mine)
    assert told.status_code == 422
    assert "Somebody has changed this since you opened it" in errors_shown(told)
    assert "People wait about 6 weeks" in errors_shown(told)
    assert told_of(in_review) == ("waiting_list", 6)
    assert public(in_review)["phone"] == "01632 960001"
    again = untouched(told.content.decode(), "w-editor-form").dict()
    assert (again["capacity"], again["phone"]) == ("limited", "01632 960123")
    assert heron.client.post(form_of(in_review), again).status_code == 302
    assert told_of(in_review)[0] == "limited"


def test_the_whole_form_that_was_opened_before_does_not_undo_it_unwarned(heron):
    address = reverse("wagtailadmin_pages:edit", args=[heron.live.pk])
    form = untouched(heron.client.get(address).content.decode())
    say(heron.client, heron.live, capacity="limited")
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
    told = say(heron.client, in_review, **values)
    assert told.status_code == 422
    assert words in errors_shown(told)
    kept = told.context["form"]
    assert {name: kept[name].value() for name in values} == values
    assert public(in_review) == before


def test_a_service_that_cannot_be_published_as_it_is_says_so(heron):
    ServicePage.objects.filter(pk=heron.live.pk).update(languages="not codes", summary="")
    told = say(heron.client, heron.live, capacity="limited")
    assert told.status_code == 422
    assert "Languages: Write two-letter codes" in errors_shown(told)
    ServicePage.objects.filter(pk=heron.live.pk).update(languages="en")
    told = say(heron.client, heron.live, capacity="limited")
    assert told.status_code == 422
    assert "The page cannot be published as it is" in errors_shown(told)
    assert told_of(heron.live)[0] == "open"
