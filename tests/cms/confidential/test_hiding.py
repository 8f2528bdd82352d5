"""A site that becomes confidential is gone from every public place in the same request."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from cms.confidential.held import held_of
from cms.models import ServicePage
from directory.models import Listing, Site
from directory.search import current_engine
from directory.search.query import Query
from tests.cms.confidential.editing import (
    ADDRESS,
    SECRETS,
    edit,
    its_time_has_come,
    latest,
    live,
    service,
    shown,
    site,
    tells,
)

pytestmark = pytest.mark.django_db

TICK = {"page_sites-0-confidential": "on"}


def _public_rows(page: ServicePage) -> str:
    """Everything that the directory keeps of a service: the row, its sites, its full text."""
    from django.db import connection

    listing = Listing.objects.get(service_id=page.service_id)
    said = repr(Listing.objects.filter(pk=listing.pk).values().get())
    said += repr(list(Site.objects.filter(listing=listing).values()))
    tables = [
        name for name in connection.introspection.table_names() if name.startswith("directory_")
    ]
    for table in (name for name in tables if "text" in name):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            said += repr([row for row in cursor.fetchall() if "Kingfisher" in repr(row)])
    return said


def _revisions(page: ServicePage) -> str:
    return str([revision.content for revision in page.revisions.all()])


def test_before_it_is_ticked_everybody_sees_the_address(heron, client):
    page = service(heron)
    assert len(tells(_public_rows(page))) == 4
    assert tells(client.get(page.get_url()).content.decode())


def test_ticking_it_in_a_draft_hides_it_at_once_without_review(heron, client):
    page = service(heron)
    edit(heron.client, page, **TICK)
    assert not tells(_public_rows(page))
    said = client.get(page.get_url()).content.decode()
    assert "The address is confidential" in said
    assert not tells(said)
    site_row = Site.objects.get(listing__service_id=page.service_id)
    assert (site_row.confidential, site_row.latitude, site_row.name) == (True, None, "")


def test_the_rest_of_that_draft_waits_for_the_hub(heron):
    page = service(heron)
    edit(heron.client, page, summary="Also something new", **TICK)
    assert live(page).summary != "Also something new"
    assert live(page).has_unpublished_changes
    assert latest(page).summary == "Also something new"
    assert (
        Listing.objects.get(service_id=page.service_id).document["summary"] != "Also something new"
    )


def test_hiding_is_written_into_the_history_and_the_address_is_not(heron, hub):
    page = service(heron)
    edit(heron.client, page, **TICK)
    assert PageLogEntry.objects.filter(page=page.pk, action="cms.hide_address").count() == 1
    entries = [*PageLogEntry.objects.values(), *ModelLogEntry.objects.values()]
    assert not tells(str(entries))
    said = hub.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Hid the address of a confidential site" in said


def test_whoever_ticked_it_is_told_that_it_is_done(heron):
    page = service(heron)
    assert "The address is hidden from the public from now on" not in shown(heron.client, page)
    edit(heron.client, page, **TICK)
    assert "The address is hidden from the public from now on" in shown(heron.client, page)


def test_no_search_finds_the_service_by_the_address_any_more(heron):
    page = service(heron)
    edit(heron.client, page, **TICK)
    listing = Listing.objects.get(service_id=page.service_id)
    for words in SECRETS:
        found = current_engine().candidates(Query(text=words)).candidates
        assert listing.pk not in [candidate.listing_id for candidate in found]


def test_no_earlier_revision_holds_it_any_more(heron):
    page = service(heron)
    for number in range(3):
        draft = latest(page)
        draft.summary = f"Change {number}"
        draft.save_revision(user=heron.user)
    assert _revisions(page).count("Quillfeather") == page.revisions.count() == 4
    edit(heron.client, page, **TICK)
    assert page.revisions.count() == 5
    assert not tells(_revisions(page))
    assert held_of(page).popitem()[1] == ADDRESS


def test_the_order_and_the_dates_of_revisions_stay(heron):
    page = service(heron)
    before = list(page.revisions.order_by("pk").values_list("pk", "created_at", "user_id"))
    edit(heron.client, page, **TICK)
    after = list(page.revisions.order_by("pk").values_list("pk", "created_at", "user_id"))
    assert after[:-1] == before
    assert live(page).latest_revision_id == after[-1][0]


def test_another_page_keeps_what_its_revisions_say(heron):
    page, other = service(heron), service(heron, slug="other")
    edit(heron.client, page, **TICK)
    assert tells(_revisions(other))
    assert tells(_public_rows(other))


def test_reverting_to_an_earlier_version_keeps_it_confidential(heron, hub, client):
    page = service(heron)
    old = page.revisions.first()
    edit(heron.client, page, **TICK)
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    for browser in (heron.client, hub):
        assert 'name="page_sites-0-confidential"' in browser.get(address).content.decode()
    reverted = old.__class__.objects.get(pk=old.pk).as_object()
    reverted.save_revision(user=hub.user, previous_revision=old).publish(user=hub.user)
    assert not tells(_public_rows(page))
    assert not tells(client.get(page.get_url()).content.decode())


def test_a_version_that_was_waiting_for_the_hub_does_not_bring_it_back(heron, hub):
    page = service(heron)
    edit(heron.client, page, summary="Waiting", **{"action-submit": "1"})
    waiting = latest(page).latest_revision
    ticked = latest(page)
    (row,) = ticked.page_sites.all()
    row.confidential = True
    ticked.page_sites = [row]
    ticked.save_revision(user=hub.user)
    Revision.objects.get(pk=waiting.pk).publish()
    assert live(page).summary == "Waiting"
    assert not tells(_public_rows(page))


def test_a_version_that_was_scheduled_does_not_bring_it_back(heron, hub, client):
    from datetime import timedelta

    from django.utils import timezone

    page = service(heron)
    draft = latest(page)
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    draft.summary = "From tomorrow"
    draft.save_revision(user=hub.user).publish(user=hub.user)
    ticked = latest(page)
    (row,) = ticked.page_sites.all()
    row.confidential = True
    ticked.page_sites = [row]
    ticked.save_revision(user=hub.user)
    its_time_has_come()
    assert live(page).summary == "From tomorrow"
    assert not tells(_public_rows(page))
    assert not tells(client.get(page.get_url()).content.decode())


def test_the_same_address_typed_again_as_another_site_hides_the_old_one(heron):
    """Removing a public site and adding it again as confidential is ticking it."""
    page = service(heron)
    draft = latest(page)
    draft.page_sites = [site(confidential=True, address_1="7  QUILLFEATHER yard", name="")]
    draft.save_revision(user=heron.user)
    assert not tells(_public_rows(page))
    assert not tells(_revisions(page))
    assert Site.objects.get(listing__service_id=page.service_id).confidential


def test_another_site_of_the_service_stays_public(heron):
    page = service(heron)
    draft = latest(page)
    draft.page_sites = [
        *draft.page_sites.all(),
        site(address_1="1 Open Street", postal_code="NR1 1AA", sort_order=9),
    ]
    draft.save_revision(user=heron.user).publish()
    edit(heron.client, page, **TICK)
    said = _public_rows(page)
    assert "1 Open Street" in said
    assert not tells(said.replace("The old forge", "").replace("52.98765", ""))


def test_a_draft_that_fails_hides_nothing_by_halves(heron, monkeypatch):
    from directory import listings

    page = service(heron)

    class DiskFull(Exception):
        pass

    def fail(*args, **kwargs):
        raise DiskFull

    monkeypatch.setattr(listings, "_next_versions", fail)
    draft = latest(page)
    (row,) = draft.page_sites.all()
    row.confidential = True
    draft.page_sites = [row]
    with pytest.raises(DiskFull):
        draft.save_revision(user=heron.user)
    assert len(tells(_public_rows(page))) == 4
    assert held_of(page) == {}
    assert page.revisions.count() == 1
