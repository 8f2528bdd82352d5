"""What is said of a listing to the public, to the matcher and to a search engine: built once, here.

Three views of one record: `public_document` (HSDS-shaped JSON, and back with `record_from`),
`facets` (the small dictionary that features are computed from) and `fulltext` (the words).
"""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from directory.geography.coverage import ServiceReach
from directory.geography.place import Point
from directory.records import (
    LocationRecord,
    OrganizationRecord,
    ScheduleRecord,
    ServiceNeed,
    ServiceRecord,
)

#: Facts that make a listing useful; the share that is filled is its completeness.
_TELLING = (
    "description",
    "eligibility_description",
    "application_process",
    "phone",
    "schedules",
    "levels",
    "delivery",
    "assured_date",
)


def public_document(record: ServiceRecord) -> dict[str, Any]:
    """The record as JSON-ready values."""
    document = asdict(record)
    document["id"] = str(record.id)
    document["organization"]["id"] = str(record.organization.id)
    document["assured_date"] = record.assured_date.isoformat() if record.assured_date else None
    for location in document["locations"]:
        location["id"] = str(location["id"])
    return document


def record_from(document: dict[str, Any]) -> ServiceRecord:
    """The record that `public_document` was made from."""
    values = dict(document)
    assured = values["assured_date"]
    values.update(
        id=UUID(values["id"]),
        organization=OrganizationRecord(
            **{**values["organization"], "id": UUID(values["organization"]["id"])}
        ),
        needs=tuple(ServiceNeed(**need) for need in values["needs"]),
        schedules=tuple(
            ScheduleRecord(**{**schedule, "byday": tuple(schedule["byday"])})
            for schedule in values["schedules"]
        ),
        locations=tuple(
            LocationRecord(**{**location, "id": UUID(location["id"])})
            for location in values["locations"]
        ),
        assured_date=date.fromisoformat(assured) if assured else None,
    )
    for name in ("presented_needs", "service_areas", "delivery", "levels", "languages"):
        values[name] = tuple(values[name])
    return ServiceRecord(**values)


def facets(record: ServiceRecord) -> dict[str, Any]:
    """What retrieval and ranking read of a listing, as one small JSON value."""
    return {
        "needs": {need.code: need.weight for need in record.needs},
        "presented": list(record.presented_needs),
        "areas": list(record.service_areas),
        "sites": [[p.latitude, p.longitude] for p in public_points(record)],
        "hidden": any(location.confidential for location in record.locations),
        "levels": list(record.levels),
        "delivery": list(record.delivery),
        "languages": list(record.languages),
        "interpreters": record.interpretation_services,
        "waiting_weeks": record.waiting_weeks,
        "completeness": completeness(record),
    }


def reach_of(national: bool, facets: dict[str, Any]) -> ServiceReach:
    """What a listing declares about where it reaches, from its stored facets."""
    return ServiceReach(
        national=national,
        areas=tuple(facets["areas"]),
        sites=tuple(Point(*site) for site in facets["sites"]),
        remote=bool({"phone", "online"} & set(facets["delivery"])),
    )


def public_points(record: ServiceRecord) -> tuple[Point, ...]:
    """Points of the sites that may be shown."""
    return tuple(
        Point(location.latitude, location.longitude)
        for location in record.locations
        if not location.confidential
        and location.latitude is not None
        and location.longitude is not None
    )


def completeness(record: ServiceRecord) -> float:
    """Share of the telling facts that are filled, 0–1."""
    return sum(bool(getattr(record, name)) for name in _TELLING) / len(_TELLING)
