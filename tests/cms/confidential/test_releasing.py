"""A confidential address becomes public in one way: ticked off, and published by who may see it."""

import pytest
from django.urls import reverse

from cms.confidential.held import held_of
from cms.models import ServicePage
from directory.models import Site
from tests.cms.confidential.editing import (
    ADDRESS,
    edit,
    its_time_has_come,
    latest,
    live,
    service,
    shown,
    tells,
)
from tests.cms.untouched import untouched

pytestmark = pytest.mark.django_db

UNTICK = {"page_sites-0-confidential": None}


def _public(page: ServicePage) -> Site:
    return Site.objects.get(listing__service_id=page.service_id)


def _approve(client, page: ServicePage):
    state = ServicePage.objects.get(pk=page.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    return client.post(address, {"comment": ""})


def _unticked_and_submitted(heron) -> ServicePage:
    page = service(heron, confidential=True)
    edit(heron.client, page, **UNTICK, **{"action-submit": "1"})
    return page


def test_unticking_it_in_a_draft_shows_nothing_to_anybody_yet(heron, hub):
    page = service(heron, confidential=True)
    edit(heron.client, page, **UNTICK)
    assert _public(page).confidential
    assert not tells(str([revision.content for revision in page.revisions.all()]))
    assert "a hub administrator decides" in shown(hub, page)
    assert not tells(shown(hub, page))
    assert len(tells(shown(heron.client, page))) == 4


def test_an_administrator_approves_it_and_everybody_sees_the_address(heron, administrator, client):
    page = _unticked_and_submitted(heron)
    _approve(administrator, page)
    assert _public(page).latitude == ADDRESS["latitude"]
    assert tells(client.get(page.get_url()).content.decode())
    assert held_of(page) == {}
    assert len(tells(shown(heron.client, page))) == 4


def test_after_that_the_next_draft_keeps_the_address(heron, administrator, hub):
    page = _unticked_and_submitted(heron)
    _approve(administrator, page)
    edit(hub, page, summary="Next", **{"action-publish": "1"})
    assert _public(page).latitude == ADDRESS["latitude"]


def test_a_hub_editor_cannot_approve_it(heron, hub):
    page = _unticked_and_submitted(heron)
    _approve(hub, page)
    assert _public(page).confidential
    assert ServicePage.objects.get(pk=page.pk).workflow_in_progress


def test_a_hub_editor_cannot_publish_it_and_loses_nothing_of_what_was_typed(heron, hub):
    page = service(heron, confidential=True)
    edit(heron.client, page, **UNTICK)
    edit(hub, page, summary="By the editor", **{"action-publish": "1"})
    assert _public(page).confidential
    assert latest(page).summary == "By the editor"
    assert not tells(shown(hub, page))


def test_a_hub_editor_still_approves_what_shows_no_address(heron, hub):
    page = service(heron, confidential=True)
    edit(heron.client, page, summary="Better", **{"action-submit": "1"})
    _approve(hub, page)
    assert live(page).summary == "Better"
    assert _public(page).confidential


def test_an_editor_who_goes_back_to_the_unticked_version_publishes_no_address(heron, hub):
    page = service(heron, confidential=True)
    edit(heron.client, page, **UNTICK)
    unticked = latest(page).latest_revision
    without = latest(page)
    without.page_sites = []
    without.in_person = False
    without.save_revision(user=heron.user)
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, unticked.pk])
    assert not tells(hub.get(address).content.decode())
    form = untouched(hub.get(address).content.decode())
    form |= {"action-publish": "1", "revision": str(unticked.pk)}
    hub.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    assert not tells(str(Site.objects.filter(listing__service_id=page.service_id).values()))


def test_ticking_it_again_takes_the_wish_back_everywhere(heron, administrator):
    page = service(heron, confidential=True)
    edit(heron.client, page, **UNTICK)
    unticked = latest(page).latest_revision
    edit(heron.client, page, **{"page_sites-0-confidential": "on"})
    unticked.refresh_from_db()
    unticked.publish(user=administrator.user)
    assert _public(page).confidential
    assert held_of(page).popitem()[1] == ADDRESS


def test_an_administrator_unticks_and_publishes_in_one_step(heron, administrator):
    page = service(heron, confidential=True)
    edit(administrator, page, **UNTICK, **{"action-publish": "1"})
    assert _public(page).latitude == ADDRESS["latitude"]


def test_a_scheduled_release_happens_when_its_time_comes(heron, administrator):
    from datetime import timedelta

    from django.utils import timezone

    page = service(heron, confidential=True)
    edit(heron.client, page, **UNTICK)
    draft = latest(page)
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    draft.save_revision(user=administrator.user).publish(user=administrator.user)
    assert _public(page).confidential
    assert not tells(str([revision.content for revision in page.revisions.all()]))
    its_time_has_come()
    assert _public(page).latitude == ADDRESS["latitude"]
