"""What is published in Wagtail is what everybody finds, and nothing else."""

import pytest
from django.core.exceptions import ValidationError

from cms.models import DirectoryPage, HubIndexPage, HubPage, PartnerPage, ServicePage
from cms.projection import project, service_record
from directory import listings
from directory.geography.resolve import resolve
from directory.models import Area, Hub, Listing
from directory.search import current_engine
from directory.search.query import Query
from tests.cms.pages import add_partner, add_service

pytestmark = pytest.mark.django_db


def found(name: str = "Kingfisher casework") -> bool:
    """Whether somebody in Wymondham finds the service, by its need and by its name."""
    place = resolve("Wymondham")
    names = dict(Listing.objects.live().values_list("pk", "name"))
    by_need = current_engine().candidates(Query(needs=("debt-advice",), place=place))
    by_name = current_engine().candidates(Query(text=name))
    hits = [
        name in [names.get(c.listing_id) for c in side.candidates] for side in (by_need, by_name)
    ]
    assert hits[0] == hits[1]
    return hits[0]


def test_a_draft_is_in_no_answer():
    add_service(add_partner(), publish=False)
    assert not found()


def test_publish_makes_findable_and_unpublish_takes_out():
    page = add_service(add_partner())
    assert found()
    page.unpublish()
    assert not found()


def test_a_draft_change_of_a_live_service_is_not_shown():
    page = add_service(add_partner())
    page.title = "Heron casework"
    page.save_revision()
    assert found("Kingfisher casework")
    assert not found("Heron casework")
    project(page)
    assert not found("Heron casework")


def test_publishing_a_change_replaces_what_was_found():
    page = add_service(add_partner())
    page.title = "Heron casework"
    page.save_revision().publish()
    assert found("Heron casework")
    assert not found("Kingfisher casework")


def test_deleting_a_page_takes_its_service_out():
    add_service(add_partner()).delete()
    assert not found()


def test_deleting_a_partner_takes_its_services_out():
    partner = add_partner()
    add_service(partner)
    partner.refresh_from_db()
    partner.delete()
    assert not found()


def test_unpublishing_a_partner_closes_its_services_and_publishing_opens_them(client):
    partner = add_partner()
    page = add_service(partner)
    assert client.get(page.get_url()).status_code == 200
    partner.refresh_from_db()
    partner.unpublish()
    assert not found()
    assert client.get(page.get_url()).status_code == 404
    partner.save_revision().publish()
    assert found()


def test_a_service_below_an_unpublished_partner_is_not_found_when_published():
    add_service(add_partner(publish=False))
    assert not found()


def test_moving_a_service_changes_its_partner_and_its_address():
    page = add_service(add_partner("Larkmoor Trust"))
    other = add_partner("Acorn Trust")
    page.move(other, pos="last-child")
    listing = Listing.objects.get(service_id=page.service_id)
    assert listing.organization.name == "Acorn Trust"
    assert listing.url == ServicePage.objects.get(pk=page.pk).get_url()
    assert "acorn-trust" in listing.url


def test_moving_a_service_below_a_closed_partner_takes_it_out():
    page = add_service(add_partner())
    page.move(add_partner("Closed Trust", publish=False), pos="last-child")
    assert not found()


def test_a_new_name_of_the_partner_shows_with_its_services():
    partner = add_partner()
    page = add_service(partner)
    partner.refresh_from_db()
    partner.title = "Larkmoor and Friends"
    partner.save_revision().publish()
    listing = Listing.objects.get(service_id=page.service_id)
    assert listing.organization.name == "Larkmoor and Friends"
    assert listing.document["organization"]["name"] == "Larkmoor and Friends"


def test_a_copy_is_another_service():
    page = add_service(add_partner())
    copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"})
    assert copy.service_id != page.service_id
    assert (
        Listing.objects.live().filter(service_id__in=[page.service_id, copy.service_id]).count()
        == 2
    )


@pytest.mark.parametrize("change", ["publish", "unpublish", "move", "delete"])
def test_page_and_listing_change_together_or_not_at_all(change, monkeypatch):
    partner, other = add_partner(), add_partner("Acorn Trust")
    page = add_service(partner)
    before = _state(page)
    page.title = "Heron casework"
    revision = page.save_revision()
    page = ServicePage.objects.get(pk=page.pk)

    class DiskFull(Exception):
        pass

    def fail(*args, **kwargs):
        raise DiskFull

    monkeypatch.setattr(listings, "_next_versions", fail)
    with pytest.raises(DiskFull):
        match change:
            case "publish":
                revision.publish()
            case "unpublish":
                page.unpublish()
            case "move":
                page.move(other, pos="last-child")
            case "delete":
                page.delete()
    assert _state(page) == before


def _state(page: ServicePage) -> tuple[object, ...]:
    row = ServicePage.objects.get(pk=page.pk)
    listing = Listing.objects.get(service_id=page.service_id)
    return row.title, row.live, row.url_path, listing.name, listing.active, listing.version


def test_a_hub_is_projected_and_withdrawn():
    page = HubPage(title="Loddon Hub", phone="01632 960999", live=False)
    HubIndexPage.objects.get().add_child(instance=page)
    page.areas = [Area.objects.get(code="locality-diss")]
    page.save_revision().publish()
    hub = Hub.objects.get(id=page.hub_id)
    assert (hub.name, hub.areas) == ("Loddon Hub", ["locality-diss"])
    assert "E07000149" in hub.within
    HubPage.objects.get(pk=page.pk).unpublish()
    assert not Hub.objects.filter(id=page.hub_id).exists()


def test_unpublishing_the_directory_closes_everything():
    DirectoryPage.objects.get().unpublish()
    assert not Listing.objects.live().exists()
    DirectoryPage.objects.get().save_revision().publish()
    assert Listing.objects.live().count() == ServicePage.objects.live().count()


@pytest.mark.parametrize(
    ("page", "limit"), [(ServicePage, 200), (PartnerPage, 160), (HubPage, 120)]
)
def test_a_title_is_no_longer_than_the_public_record_takes(page, limit):
    page(title="x" * limit, slug="x").clean()
    with pytest.raises(ValidationError, match=f"title to {limit} characters"):
        page(title="x" * (limit + 1), slug="x").clean()


def test_the_longest_titles_and_slugs_can_be_published():
    partner = add_partner("x" * 160, slug="x" * 90)
    page = add_service(partner, "y" * 200, slug="y" * 90)
    listing = Listing.objects.get(service_id=page.service_id)
    assert len(listing.url) < 300
    assert listing.name == "y" * 200


def test_the_record_says_what_the_page_says():
    record = service_record(add_service(add_partner(), minimum_age=18, fees="£2", free=False))
    assert record.organization.name == "Larkmoor Trust"
    assert [(n.code, n.weight) for n in record.needs] == [("debt-advice", 1.0)]
    assert (record.delivery, record.levels) == (("phone",), ("universal", "emerging"))
    assert record.schedules[0].opens_at == "09:30"
    assert record.url == "/directory/larkmoor-trust/kingfisher-casework/"
