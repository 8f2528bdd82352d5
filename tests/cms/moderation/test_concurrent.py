"""Two people save the same page: the second is told first, and nothing is lost."""

import pytest
from django.urls import reverse

from tests.cms.moderation.steps import edit, latest, public, send
from tests.cms.untouched import untouched

pytestmark = pytest.mark.django_db


def _opened(client, page):
    """The form as it is when somebody opens the page."""
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    return untouched(html)


def test_the_second_is_told_and_keeps_what_they_typed(heron, hub):
    form = _opened(heron.client, heron.live)
    edit(hub, heron.live, summary="By the hub")
    form["summary"] = "By the partner"
    told = send(heron.client, heron.live, form)
    assert told.status_code == 200
    said = told.content.decode()
    assert "editor saved a newer version at" in said
    assert "Nothing is lost: what you typed is below" in said
    assert "By the partner" in said
    assert latest(heron.live).summary == "By the hub"


def test_saving_again_is_a_decision_and_both_are_in_the_history(heron, hub):
    form = _opened(heron.client, heron.live)
    edit(hub, heron.live, summary="By the hub")
    form["summary"] = "By the partner"
    told = send(heron.client, heron.live, form)
    again = untouched(told.content.decode())
    assert again["summary"].strip() == "By the partner"
    again["summary"] = again["summary"].strip()  # a browser drops the first line break
    assert send(heron.client, heron.live, again).status_code == 302
    assert latest(heron.live).summary == "By the partner"
    said = [revision.content["summary"] for revision in heron.live.revisions.order_by("pk")]
    assert said[-2:] == ["By the hub", "By the partner"]


def test_publishing_over_a_newer_version_is_stopped_in_the_same_way(heron, hub):
    form = _opened(hub, heron.live)
    before = public(heron.live)["summary"]
    edit(heron.client, heron.live, summary="By the partner")
    form["summary"], form["action-publish"] = "By the hub", "1"
    assert send(hub, heron.live, form).status_code == 200
    assert public(heron.live)["summary"] == before


def test_saving_twice_oneself_warns_of_nothing(heron):
    edit(heron.client, heron.live, summary="One")
    edit(heron.client, heron.live, summary="Two")
    assert latest(heron.live).summary == "Two"


def test_somebody_else_in_the_page_is_shown_while_it_is_open(heron, hub):
    """Wagtail's editing sessions are there for partners too, for their own pages."""
    from wagtail.admin.models import EditingSession

    for client in (heron.client, hub):
        client.get(reverse("wagtailadmin_pages:edit", args=[heron.live.pk]))
    mine = EditingSession.objects.get(user=heron.user)
    address = reverse(
        "wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", heron.live.pk, mine.pk]
    )
    answer = heron.client.post(address).json()
    assert [session["user"] for session in answer["other_sessions"]] == ["editor"]


def test_of_another_partners_page_nothing_is_told(heron, otter):
    address = reverse(
        "wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", otter.live.pk, 1]
    )
    assert heron.client.post(address).status_code in (302, 403, 404)
