"""What a partner changes goes live when the hub says so, and nobody approves their own change."""

import pytest
from django.urls import reverse

from cms.models import ServicePage
from directory.models import Listing
from tests.cms.untouched import untouched

pytestmark = pytest.mark.django_db


def _edit(client, page: ServicePage, **values):
    """Fill in the form as it is shown, and send it."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    shown = client.get(address).content.decode()
    form = untouched(shown)
    for name, value in values.items():
        form[name] = value
    response = client.post(address, form)
    assert response.status_code == 302, response.content.decode()[:2000]
    return response


def _submit(client, page: ServicePage, **values):
    return _edit(client, page, **{"action-submit": "1", **values})


def _summary(page: ServicePage) -> str:
    return Listing.objects.get(service_id=page.service_id).document["summary"]


def _moderate(client, page: ServicePage, action: str, comment: str = ""):
    page = ServicePage.objects.get(pk=page.pk)
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(address, {"comment": comment})


def test_a_saved_change_is_a_draft(heron):
    before = _summary(heron.live)
    _edit(heron.client, heron.live, summary="Changed by the partner")
    assert _summary(heron.live) == before
    latest = ServicePage.objects.get(pk=heron.live.pk).get_latest_revision_as_object()
    assert latest.summary == "Changed by the partner"


def test_a_forged_publish_stays_a_draft(heron):
    before = _summary(heron.live)
    _edit(heron.client, heron.live, summary="Forged", **{"action-publish": "action-publish"})
    assert _summary(heron.live) == before


def test_the_hub_approves_and_the_change_is_live(heron, hub, django_capture_on_commit_callbacks):
    _submit(heron.client, heron.live, summary="A better sentence")
    assert _summary(heron.live) != "A better sentence"
    _moderate(hub, heron.live, "approve")
    assert _summary(heron.live) == "A better sentence"


def test_the_hub_sends_back_with_a_comment_and_the_partner_hears_of_it(
    heron, hub, mailoutbox, django_capture_on_commit_callbacks
):
    _submit(heron.client, heron.live, summary="Unclear")
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        _moderate(hub, heron.live, "reject", "Please say for whom it is.")
    assert _summary(heron.live) != "Unclear"
    assert [mail.to for mail in mailoutbox] == [[heron.user.email]]
    assert "Please say for whom it is." in mailoutbox[0].body


def test_submitting_tells_the_hub_once_and_nobody_else(
    heron, otter, hub, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        _submit(heron.client, heron.live, summary="News")
    assert [mail.to for mail in mailoutbox] == [[hub.user.email]]


def test_nobody_approves_what_they_asked_for_themselves(heron, hub):
    hub.user.groups.add(heron.space.group)
    page = heron.live
    page.summary = "By the editor herself"
    page.save_revision(user=hub.user)
    page.get_workflow().start(page, hub.user)
    before = _summary(page)
    _moderate(hub, page, "approve")
    assert _summary(page) == before
    assert ServicePage.objects.get(pk=page.pk).workflow_in_progress


def test_a_partner_cannot_approve(heron):
    _submit(heron.client, heron.live, summary="Mine")
    before = _summary(heron.live)
    _moderate(heron.client, heron.live, "approve")
    assert _summary(heron.live) == before


def test_an_administrator_edits_and_approves(heron, administrator):
    _submit(heron.client, heron.live, summary="Nearly")
    _edit(administrator, heron.live, summary="Right now")
    _moderate(administrator, heron.live, "approve")
    assert _summary(heron.live) == "Right now"


def test_a_partner_cannot_publish_unpublish_move_or_delete_what_is_live(heron, otter):
    for name in ("unpublish", "delete", "move", "copy"):
        address = reverse(f"wagtailadmin_pages:{name}", args=[heron.live.pk])
        heron.client.post(address, {"new_parent_page": otter.page.pk})
    page = ServicePage.objects.get(pk=heron.live.pk)
    assert page.live
    assert page.get_parent().pk == heron.page.pk
