"""Requests that no page of the admin sends: a kind of page, or a review, put into the address."""

import json

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import TaskState

from cms.models import ServicePage
from cms.partners.roles import EDITORS
from tests.cms.moderation.steps import submit
from tests.cms.partners.test_boundary import _said
from tests.cms.test_admin import _form

pytestmark = pytest.mark.django_db

OTHER_KINDS = ("advicepage", "partnerpage", "directorypage", "homepage", "hubpage")


def _address(name: str, kind: str, partner) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=["cms", kind, partner.page.pk])


def _linked_to(page) -> str:
    """A text with a link to a page, as the editor of texts sends it."""
    words = "Here it is"
    block = {
        "key": "00000",
        "text": words,
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"key": 0, "offset": 0, "length": len(words)}],
    }
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"id": page.pk}}
    return json.dumps({"blocks": [block], "entityMap": {"0": link}})


def test_the_preview_of_another_kind_does_not_tell_where_a_draft_lies(heron, otter):
    address = _address("preview_on_add", "advicepage", heron)
    form = {"title": "Advice", "slug": "advice", "body": _linked_to(otter.draft)}
    answers = [heron.client.post(address, form), heron.client.get(address)]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert not any(otter.draft.slug in _said(answer) for answer in answers)


@pytest.mark.parametrize("kind", OTHER_KINDS)
@pytest.mark.parametrize("name", ["add", "preview_on_add"])
def test_a_partner_makes_services_and_nothing_else(name, kind, heron):
    address = _address(name, kind, heron)
    assert heron.client.get(address).status_code == 403
    assert heron.client.post(address, {"title": "Forged"}).status_code == 403


def test_a_service_that_was_never_saved_is_previewed_by_its_partner(heron):
    address = _address("preview_on_add", "servicepage", heron)
    assert heron.client.post(address, _form(title="Not saved")).json()["is_valid"]
    answer = heron.client.get(address)
    assert answer.status_code == 200
    assert "Not saved" in _said(answer)
    assert heron.client.get(_address("add", "servicepage", heron)).status_code == 200


def _waiting(page) -> TaskState:
    return ServicePage.objects.get(pk=page.pk).current_workflow_task_state


def _act(client, page, action: str, state: TaskState):
    """Decide about one review at the address of the page of another."""
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(address, {"comment": "As I say"})


@pytest.fixture
def reviews(heron, otter) -> tuple[TaskState, TaskState]:
    """A review of each partner's."""
    submit(heron.client, heron.live, summary="News of Heron")
    submit(otter.client, otter.live, summary="News of Otter")
    return _waiting(heron.live), _waiting(otter.live)


@pytest.mark.parametrize("groups", [(), (EDITORS,)], ids=["partner", "misticked"])
@pytest.mark.parametrize("action", ["reject", "approve"])
def test_a_partner_decides_about_no_review_through_its_own_page(
    action, groups, heron, otter, reviews
):
    heron.user.groups.add(*Group.objects.filter(name__in=groups))
    for state in reviews:
        _act(heron.client, heron.live, action, state)
        state.refresh_from_db()
        assert state.status == TaskState.STATUS_IN_PROGRESS
    for page in (heron.live, otter.live):
        assert ServicePage.objects.get(pk=page.pk).workflow_in_progress


def test_nobody_of_the_hub_approves_their_own_change_through_another_page(heron, otter, hub):
    submit(heron.client, heron.live, summary="News of Heron")
    page = ServicePage.objects.get(pk=otter.live.pk)
    page.summary = "By the editor herself"
    page.save_revision(user=hub.user)
    page.get_workflow().start(page, hub.user)
    _act(hub, heron.live, "approve", _waiting(page))
    assert _waiting(page).status == TaskState.STATUS_IN_PROGRESS
    assert ServicePage.objects.get(pk=page.pk).summary != "By the editor herself"


def test_the_hub_decides_about_a_review_at_its_own_page(heron, otter, hub, reviews):
    ours, theirs = reviews
    _act(hub, heron.live, "approve", ours)
    _act(hub, otter.live, "reject", theirs)
    assert ServicePage.objects.get(pk=heron.live.pk).summary == "News of Heron"
    theirs.refresh_from_db()
    assert theirs.status == TaskState.STATUS_REJECTED
