"""From a record to the rows of its listing. Nothing here touches the database."""

from collections.abc import Iterator

from directory.models import Listing, ListingArea, ListingNeed, Organization, Site
from directory.records import OrganizationRecord, ServiceRecord
from directory.search.document import facets, public_document

LISTING_FIELDS = [
    "source",
    "active",
    "organization",
    "name",
    "url",
    "document",
    "facets",
    "minimum_age",
    "maximum_age",
    "national",
    "free",
    "capacity",
    "assured_date",
    "version",
]


def organization(record: OrganizationRecord) -> Organization:
    return Organization(
        id=record.id,
        name=record.name,
        description=record.description,
        email=record.email,
        phone=record.phone,
        website=record.website,
        url=record.url,
    )


def listing(record: ServiceRecord, source: str, version: int) -> Listing:
    return Listing(
        service_id=record.id,
        source=source,
        active=True,
        organization_id=record.organization.id,
        name=record.name,
        url=record.url,
        document=public_document(record),
        facets=facets(record),
        minimum_age=record.minimum_age,
        maximum_age=record.maximum_age,
        national=record.national,
        free=record.free,
        capacity=record.capacity,
        assured_date=record.assured_date,
        version=version,
    )


def needs(listing_id: int, record: ServiceRecord) -> Iterator[ListingNeed]:
    for need in record.needs:
        yield ListingNeed(listing_id=listing_id, need_id=need.code, weight=need.weight)


def areas(listing_id: int, record: ServiceRecord) -> Iterator[ListingArea]:
    for code in dict.fromkeys(record.service_areas):
        yield ListingArea(listing_id=listing_id, area_code=code)


def sites(listing_id: int, record: ServiceRecord) -> Iterator[Site]:
    for location in record.locations:
        yield Site(
            listing_id=listing_id,
            location_id=location.id,
            name=location.name,
            address=location.address,
            latitude=location.latitude,
            longitude=location.longitude,
            confidential=location.confidential,
        )
