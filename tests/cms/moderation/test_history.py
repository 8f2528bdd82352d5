"""What happened is in the history, and can be undone."""

import pytest
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from cms.partners.spaces import close_space, open_space
from directory.models import Listing
from tests.cms.moderation.steps import answer, edit, latest, live, public, submit
from tests.cms.untouched import untouched

pytestmark = pytest.mark.django_db


def _revert(client, page, revision):
    """Open an earlier version and publish it as it is shown."""
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision.pk])
    form = untouched(client.get(address).content.decode())
    form["action-publish"] = "1"
    response = client.post(address, dict(form.lists()))
    assert response.status_code == 302, response.content.decode()[:3000]


def test_the_hub_goes_back_to_an_earlier_version_and_the_listing_follows(heron, hub):
    first = live(heron.live).live_revision
    words = public(heron.live)["summary"]
    submit(heron.client, heron.live, summary="A mistake", phone="01632 960123")
    answer(hub, heron.live, "approve")
    assert public(heron.live)["summary"] == "A mistake"
    _revert(hub, heron.live, first)
    assert public(heron.live)["summary"] == words
    assert public(heron.live)["phone"] == "01632 960001"
    actions = PageLogEntry.objects.filter(page=heron.live.pk).values_list("action", flat=True)
    assert {"wagtail.revert", "wagtail.workflow.approve", "cms.publish_safe"} <= set(actions)


def test_no_version_is_lost_on_the_way(heron, hub):
    for words in ("One", "Two", "Three"):
        edit(heron.client, heron.live, summary=words)
    said = {revision.content["summary"] for revision in heron.live.revisions.all()}
    assert {"One", "Two", "Three"} <= said


def test_a_closed_space_is_opened_again_and_its_services_published_as_they_were(heron, hub):
    words = public(heron.live)["summary"]
    pages = Page.objects.filter(pk__in=[heron.page.pk, heron.live.pk]).order_by("depth")
    were_public = [page.live_revision for page in pages]
    close_space(heron.space)
    assert not Listing.objects.live().filter(service_id=heron.live.service_id).exists()
    open_space("Heron Trust")
    for revision in were_public:
        revision.publish(user=hub.user)
    assert Listing.objects.live().filter(service_id=heron.live.service_id).exists()
    assert public(heron.live)["summary"] == words


def test_a_confirmation_by_mistake_is_taken_back_by_the_hub(heron, hub):
    from django.utils import timezone

    from cms.assurance.confirming import confirm

    before = live(heron.live).assured_date
    confirm(live(heron.live), timezone.localdate())
    assert live(heron.live).assured_date == timezone.localdate()
    entry = PageLogEntry.objects.get(page=heron.live.pk, action="cms.confirm")
    assert entry.data["before"] == (before.isoformat() if before else None)
    edit(hub, heron.live, assured_date="2025-01-10", **{"action-publish": "1"})
    assert live(heron.live).assured_date.isoformat() == "2025-01-10"
    assert latest(heron.live).assured_date.isoformat() == "2025-01-10"
