"""The one door through which listings change."""

import dataclasses
import uuid

import pytest
from django.db import connection, transaction

from directory import listings
from directory.models import Listing, ListingArea, ListingNeed, Organization, Reach, Site
from directory.records import (
    LocationRecord,
    ServiceNeed,
    confidential_location,
)
from directory.search.document import public_document, record_from
from directory.search.embedded import fulltext
from directory.validation import InvalidRecord
from tests.factories import LocationRecordFactory, OrganizationRecordFactory, ServiceRecordFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_directory")]


def _everything() -> dict[str, int]:
    """How many rows each table has that says something of a service, in either database."""
    models = (Listing, ListingNeed, ListingArea, Site, Reach, Organization)
    tables = [*(model._meta.db_table for model in models), *fulltext.tables(connection.vendor)]
    with connection.cursor() as cursor:
        counts = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            counts[table] = cursor.fetchone()[0]
    return counts


def test_a_record_survives_the_way_through_the_listing():
    record = ServiceRecordFactory(
        locations=(LocationRecordFactory(), confidential_location(uuid.uuid4())),
        service_areas=("E07000149",),
        levels=("universal",),
    )
    assert record_from(listings.publish(record).document) == record


def test_the_version_of_every_change_is_higher_than_the_last():
    record = ServiceRecordFactory()
    versions = [listings.publish(record).version, listings.publish(record).version]
    versions.append(listings.publish(ServiceRecordFactory()).version)
    listings.withdraw(record.id)
    versions.append(Listing.objects.get(service_id=record.id).version)
    assert versions == sorted(set(versions))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"summary": ""}, "summary"),
        ({"name": "x" * 201}, "name"),
        ({"needs": ()}, "needs"),
        ({"needs": (ServiceNeed("no-such-need"),)}, "needs"),
        ({"needs": (ServiceNeed("debt-advice"), ServiceNeed("debt-advice"))}, "needs"),
        ({"needs": (ServiceNeed("debt-advice", 1.5),)}, "needs"),
        ({"service_areas": ("E99",)}, "service_areas"),
        ({"levels": ("very-high",)}, "levels"),
        ({"minimum_age": 18, "maximum_age": 11}, "maximum_age"),
        ({"minimum_age": -1}, "minimum_age"),
        ({"maximum_age": 121}, "maximum_age"),
        ({"delivery": ("pigeon",)}, "delivery"),
        ({"capacity": "bursting"}, "capacity"),
        ({"waiting_weeks": -1}, "waiting_weeks"),
        ({"locations": (LocationRecordFactory(latitude=91),)}, "locations"),
        ({"locations": (LocationRecordFactory(latitude=float("nan")),)}, "locations"),
        ({"locations": (LocationRecordFactory(latitude=None),)}, "locations"),
        ({"locations": (LocationRecordFactory(name="x" * 161),)}, "locations"),
        ({"locations": (LocationRecordFactory(address_1="x" * 301),)}, "locations"),
        ({"organization": OrganizationRecordFactory(name="")}, "organization.name"),
        ({"organization": OrganizationRecordFactory(name="x" * 161)}, "organization.name"),
        ({"organization": OrganizationRecordFactory(phone="0" * 41)}, "organization.phone"),
        ({"url": f"/{'x' * 300}/"}, "url"),
        ({"description": "a\x00b"}, "description"),
        ({"description": "half a \ud83d"}, "description"),
        ({"languages": ("en", "\x00")}, "languages"),
        ({"locations": (LocationRecordFactory(city="a\x00b"),)}, "locations"),
        ({"organization": OrganizationRecordFactory(email="a\x00b")}, "organization.email"),
    ],
)
def test_a_wrong_record_is_refused_by_field_and_leaves_nothing(values, field):
    with pytest.raises(InvalidRecord) as refusal:
        listings.publish_all([ServiceRecordFactory(), ServiceRecordFactory(**values)], "cms")
    assert [problem.field for problem in refusal.value.problems] == [field]
    assert not any(_everything().values())


def test_a_change_that_is_rolled_back_leaves_nothing():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        listings.publish(ServiceRecordFactory(locations=(LocationRecordFactory(),)))
        raise ZeroDivisionError
    assert not any(_everything().values())


def test_a_withdrawn_listing_keeps_nothing_but_its_version():
    record = ServiceRecordFactory(
        service_areas=("E07000149",), locations=(LocationRecordFactory(),)
    )
    listings.publish(record)
    assert listings.withdraw(record.id) is True
    row = Listing.objects.get(service_id=record.id)
    assert (row.active, row.name, row.document, row.facets) == (False, "", {}, {})
    left = {table for table, count in _everything().items() if count}
    assert left == {"directory_listing", "directory_organization"}


def test_withdrawing_twice_or_the_unknown_changes_nothing():
    record = ServiceRecordFactory()
    listings.publish(record)
    listings.withdraw(record.id)
    version = Listing.objects.get().version
    assert listings.withdraw(record.id) is False
    assert listings.withdraw(uuid.uuid4()) is False
    assert Listing.objects.get().version == version


def test_a_withdrawn_listing_can_be_published_again():
    record = ServiceRecordFactory()
    listings.publish(record)
    listings.withdraw(record.id)
    assert listings.publish(record).active


def test_publishing_costs_the_same_whatever_the_number(django_assert_max_num_queries):
    records = [ServiceRecordFactory() for _ in range(50)]
    with django_assert_max_num_queries(45):
        listings.publish_all(records, "cms")


@pytest.mark.parametrize(
    "values",
    [{"name": "House"}, {"address_1": "1 Lane"}, {"postal_code": "NR1"}, {"latitude": 1.0}],
)
def test_a_confidential_location_cannot_carry_where_it_is(values):
    with pytest.raises(ValueError, match="confidential"):
        LocationRecord(id=uuid.uuid4(), confidential=True, **values)


def test_the_database_refuses_a_confidential_site_with_an_address():
    from django.db import IntegrityError

    listing = listings.publish(ServiceRecordFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        Site.objects.create(
            listing=listing, location_id=uuid.uuid4(), confidential=True, address="1 Lane"
        )


def test_the_public_document_is_json_and_hsds_named():
    document = public_document(ServiceRecordFactory())
    assert {"id", "organization", "name", "description", "service_areas", "locations"} <= set(
        document
    )
    assert dataclasses.asdict(record_from(document))["name"] == document["name"]


def test_two_records_of_one_service_are_refused_together_and_nothing_is_written():
    record = ServiceRecordFactory()
    with pytest.raises(InvalidRecord, match="two records have this id"):
        listings.publish_all([record, dataclasses.replace(record, name="Again")], "feed")
    assert not Listing.objects.exists()
