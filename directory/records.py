"""What a listing says, whoever wrote it: HSDS / Open Referral UK names, as plain values.

A `ServiceRecord` is the only thing `directory.listings.publish` takes and the only thing a
service page shows. It holds what the public may know and nothing else: a confidential location
cannot carry a name, an address or a point.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

Delivery = Literal["in_person", "home_visit", "phone", "online"]
Capacity = Literal["open", "limited", "waiting_list", "closed"]

DELIVERY: tuple[Delivery, ...] = ("in_person", "home_visit", "phone", "online")
CAPACITY: tuple[Capacity, ...] = ("open", "limited", "waiting_list", "closed")
WEEKDAYS: tuple[str, ...] = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

#: Weight of a need in a listing: what the service is for, and what it also does.
MAIN, ALSO = 1.0, 0.6


@dataclass(frozen=True, slots=True)
class OrganizationRecord:
    """The partner that offers a service. `url` is its page on this site."""

    id: UUID
    name: str
    description: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ScheduleRecord:
    """Opening hours: HSDS `byday` codes and local times ("09:30")."""

    byday: tuple[str, ...]
    opens_at: str
    closes_at: str


@dataclass(frozen=True, slots=True)
class HolidayRecord:
    """Days on which the weekly hours do not count (HSDS `valid_from`, `valid_to`, both within).

    Without times it is closed then.
    """

    valid_from: date
    valid_to: date
    opens_at: str = ""
    closes_at: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class LocationRecord:
    """A site. Made by `confidential_location`, it says only that there is one."""

    id: UUID
    name: str = ""
    address_1: str = ""
    city: str = ""
    postal_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    confidential: bool = False

    def __post_init__(self) -> None:
        told = (self.name, self.address_1, self.city, self.postal_code)
        if self.confidential and (
            any(told) or self.latitude is not None or self.longitude is not None
        ):
            raise ValueError("A confidential location holds no name, address or point.")

    @property
    def address(self) -> str:
        """The address in one line."""
        return ", ".join(part for part in (self.address_1, self.city, self.postal_code) if part)


def confidential_location(location_id: UUID) -> LocationRecord:
    """A location of which nothing is said but that it exists."""
    return LocationRecord(id=location_id, confidential=True)


@dataclass(frozen=True, slots=True)
class ServiceNeed:
    """That a service meets a need, by code: weight `MAIN` or `ALSO`."""

    code: str
    weight: float = MAIN


@dataclass(frozen=True, slots=True)
class ServiceRecord:
    """One service as the public may see it. Ages in whole years, `waiting_weeks` in weeks.

    `service_areas` are area codes; empty means that the listing declares none, and then its
    sites and ways of delivery say where it reaches (`directory.geography.coverage`).
    Neither kind of referral ticked means that it is not said who may ask.
    """

    id: UUID
    organization: OrganizationRecord
    name: str
    summary: str
    description: str = ""
    url: str = ""
    needs: tuple[ServiceNeed, ...] = ()
    presented_needs: tuple[str, ...] = ()
    national: bool = False
    service_areas: tuple[str, ...] = ()
    delivery: tuple[Delivery, ...] = ()
    minimum_age: int | None = None
    maximum_age: int | None = None
    eligibility_description: str = ""
    levels: tuple[str, ...] = ()
    free: bool = True
    fees_description: str = ""
    languages: tuple[str, ...] = ("en",)
    interpretation_services: bool = False
    capacity: Capacity = "open"
    waiting_weeks: int | None = None
    closed_until: date | None = None
    self_referral: bool = False
    practitioner_referral: bool = False
    application_process: str = ""
    next_steps: str = ""
    accessibility: str = ""
    outreach: str = ""
    pledge: str = ""
    outcomes: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    schedules: tuple[ScheduleRecord, ...] = ()
    holidays: tuple[HolidayRecord, ...] = ()
    locations: tuple[LocationRecord, ...] = ()
    assured_date: date | None = None

    @property
    def referral(self) -> tuple[str, ...]:
        """Who may ask for it: "self", "practitioner", both, or empty where it is not said."""
        ways = (("self", self.self_referral), ("practitioner", self.practitioner_referral))
        return tuple(way for way, ticked in ways if ticked)

    def capacity_on(self, day: date) -> Capacity:
        """How full it is on a day: what was closed until then is open."""
        return "open" if has_reopened(self.capacity, self.closed_until, day) else self.capacity


def has_reopened(capacity: str, closed_until: date | None, day: date) -> bool:
    """Whether a service that said until when it is closed takes people on again on `day`.

    Nothing is written when the date comes, so whoever reads a listing asks this.
    """
    return capacity == "closed" and closed_until is not None and closed_until <= day


@dataclass(frozen=True, slots=True)
class HubRecord:
    """A delivery hub: the door for the areas it names, with its community connectors' posts."""

    id: UUID
    name: str
    phone: str
    summary: str = ""
    email: str = ""
    address: str = ""
    opening_hours: str = ""
    latitude: float | None = None
    longitude: float | None = None
    areas: tuple[str, ...] = ()
    connectors: tuple["ConnectorRecord", ...] = field(default=())
    url: str = ""


@dataclass(frozen=True, slots=True)
class ConnectorRecord:
    """A community connector's post (never a person's name) and its patch."""

    title: str
    phone: str = ""
    patch: str = ""
