"""What is said of a listing to the public, to the matcher and to a search engine: built once, here.

Two views of one record: `public_document` (HSDS-shaped JSON, and back with `record_from`),
`facets` (the small dictionary that features are computed from).
"""

from dataclasses import asdict
from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from directory.geography.coverage import ServiceReach, reach_tokens
from directory.geography.place import Point
from directory.records import (
    HolidayRecord,
    LocationRecord,
    OrganizationRecord,
    ScheduleRecord,
    ServiceNeed,
    ServiceRecord,
    has_reopened,
)

#: Facts that make a listing useful; the share that is filled is its completeness.
_TELLING = (
    "description",
    "eligibility_description",
    "referral",
    "application_process",
    "next_steps",
    "phone",
    "schedules",
    "levels",
    "delivery",
    "accessibility",
    "assured_date",
)

#: Ways of delivery that need no journey.
_REMOTE = frozenset({"phone", "online"})


def public_document(record: ServiceRecord) -> dict[str, Any]:
    """The record as JSON-ready values."""
    document = asdict(record)
    document["id"] = str(record.id)
    document["organization"]["id"] = str(record.organization.id)
    for name in ("assured_date", "closed_until"):
        document[name] = _iso(document[name])
    for location in document["locations"]:
        location["id"] = str(location["id"])
    for holiday in document["holidays"]:
        holiday |= {name: _iso(holiday[name]) for name in ("valid_from", "valid_to")}
    return document


def record_from(document: dict[str, Any]) -> ServiceRecord:
    """The record that `public_document` was made from.

    A document that was written before a field was thought of lacks it; then it is not said.
    """
    values = dict(document)
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
        holidays=tuple(_holiday(holiday) for holiday in values.get("holidays", ())),
        locations=tuple(
            LocationRecord(**{**location, "id": UUID(location["id"])})
            for location in values["locations"]
        ),
        assured_date=_day(values["assured_date"]),
        closed_until=_day(values.get("closed_until")),
    )
    for name in ("presented_needs", "service_areas", "delivery", "levels", "languages"):
        values[name] = tuple(values[name])
    return ServiceRecord(**values)


def _holiday(values: dict[str, Any]) -> HolidayRecord:
    days = {name: date.fromisoformat(values[name]) for name in ("valid_from", "valid_to")}
    return HolidayRecord(**(values | days))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


class Facets(TypedDict):
    """What retrieval and ranking read of a listing: one small JSON value, read in one column.

    `needs`: weight by code; `sites`: public points as [latitude, longitude]; `assured` and
    `closed_until`: ISO date or None; `completeness`: 0–1.
    """

    id: str
    name: str
    url: str
    partner_id: str
    partner: str
    needs: dict[str, float]
    presented: list[str]
    national: bool
    areas: list[str]
    sites: list[list[float]]
    minimum_age: int | None
    maximum_age: int | None
    levels: list[str]
    delivery: list[str]
    languages: list[str]
    interpreters: bool
    free: bool
    capacity: str
    waiting_weeks: int | None
    closed_until: str | None
    assured: str | None
    completeness: float


def facets(record: ServiceRecord) -> Facets:
    """The facets of a record."""
    return {
        "id": str(record.id),
        "name": record.name,
        "url": record.url,
        "partner_id": str(record.organization.id),
        "partner": record.organization.name,
        "needs": {need.code: need.weight for need in record.needs},
        "presented": list(record.presented_needs),
        "national": record.national,
        "areas": list(record.service_areas),
        "sites": [[p.latitude, p.longitude] for p in public_points(record)],
        "minimum_age": record.minimum_age,
        "maximum_age": record.maximum_age,
        "levels": list(record.levels),
        "delivery": list(record.delivery),
        "languages": list(record.languages),
        "interpreters": record.interpretation_services,
        "free": record.free,
        "capacity": record.capacity,
        "waiting_weeks": record.waiting_weeks,
        "closed_until": _iso(record.closed_until),
        "assured": _iso(record.assured_date),
        "completeness": completeness(record),
    }


def facets_on(facets: Facets, day: date) -> Facets:
    """The facets as they count on a day: what was closed until then is open."""
    if facets["capacity"] != "closed":
        return facets
    until = _day(facets.get("closed_until"))
    return {**facets, "capacity": "open"} if has_reopened("closed", until, day) else facets


def reach_of(facets: Facets) -> ServiceReach:
    """What a listing declares about where it reaches."""
    return ServiceReach(
        national=facets["national"],
        areas=tuple(facets["areas"]),
        sites=tuple(Point(latitude, longitude) for latitude, longitude in facets["sites"]),
        remote=not _REMOTE.isdisjoint(facets["delivery"]),
    )


def coverage_tokens(record: ServiceRecord) -> tuple[str, ...]:
    """What every engine indexes a listing under, so that a place it covers finds it."""
    return reach_tokens(
        ServiceReach(
            national=record.national,
            areas=record.service_areas,
            sites=public_points(record),
            remote=not _REMOTE.isdisjoint(record.delivery),
        )
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
