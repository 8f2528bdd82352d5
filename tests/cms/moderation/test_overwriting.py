"""A version in the history stays what it was: nobody writes over it, whatever their form asks."""

import pytest

from cms.models import PartnerPage
from tests.cms.moderation.steps import answer, edit, latest, live, submit

pytestmark = pytest.mark.django_db


def test_the_version_that_the_hub_approved_is_not_written_over(heron, hub):
    submit(heron.client, heron.live, summary="Seen by the hub")
    answer(hub, heron.live, "approve")
    approved = live(heron.live).live_revision
    # What Wagtail asks for before it lets somebody write over a version.
    assert (approved.user, approved) == (heron.user, live(heron.live).latest_revision)
    before = approved.content
    edit(
        heron.client,
        heron.live,
        summary="Seen by nobody",
        overwrite_revision_id=str(approved.pk),
    )
    approved.refresh_from_db()
    assert approved.content == before
    assert latest(heron.live).summary == "Seen by nobody"
    assert live(heron.live).latest_revision_id > approved.pk
    assert live(heron.live).has_unpublished_changes


def test_nor_is_one_of_a_partners_own_page(heron):
    page = PartnerPage.objects.get(pk=heron.page.pk)
    first = page.save_revision(user=heron.user)
    first.refresh_from_db()
    before = first.content
    page.description = "Something else"
    second = page.save_revision(user=heron.user, overwrite_revision=first)
    first.refresh_from_db()
    assert second.pk != first.pk
    assert first.content == before
