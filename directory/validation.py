"""What a record must be before it may become a listing."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from directory.models import Area, Level, Need
from directory.records import CAPACITY, DELIVERY, WEEKDAYS, LocationRecord, ServiceRecord

OLDEST = 120


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, in words that say what to do."""

    field: str
    message: str


class InvalidRecord(Exception):
    """A record that cannot be published. `problems` names each field."""

    def __init__(self, service_id: UUID, problems: list[Problem]) -> None:
        self.service_id = service_id
        self.problems = problems
        super().__init__(
            f"Service {service_id}: "
            + "; ".join(f"{problem.field}: {problem.message}" for problem in problems)
        )


@dataclass(frozen=True, slots=True)
class KnownCodes:
    """The codes of the shared language and the map that a record may name."""

    needs: frozenset[str]
    levels: frozenset[str]
    areas: frozenset[str]


def known_codes() -> KnownCodes:
    """Read the codes in force (three queries)."""
    return KnownCodes(
        needs=frozenset(Need.objects.values_list("code", flat=True)),
        levels=frozenset(Level.objects.values_list("code", flat=True)),
        areas=frozenset(Area.objects.values_list("code", flat=True)),
    )


def problems_of(record: ServiceRecord, codes: KnownCodes) -> list[Problem]:
    """Everything that keeps `record` from being published; empty when it may be."""
    return [
        *_text_problems(record),
        *_code_problems(record, codes),
        *_age_problems(record),
        *_choice_problems(record),
        *(problem for location in record.locations for problem in _site_problems(location)),
    ]


def _text_problems(record: ServiceRecord) -> Iterator[Problem]:
    for name, limit in (("name", 200), ("summary", 1_000)):
        value = getattr(record, name)
        if not value.strip():
            yield Problem(name, "write something here")
        elif len(value) > limit:
            yield Problem(name, f"keep it to {limit} characters")
    if not record.organization.name.strip():
        yield Problem("organization.name", "write something here")


def _code_problems(record: ServiceRecord, codes: KnownCodes) -> Iterator[Problem]:
    if not record.needs:
        yield Problem("needs", "choose at least one need that the service meets")
    for need in record.needs:
        if need.code not in codes.needs:
            yield Problem("needs", f"'{need.code}' is not a need of the shared language")
        if not 0 < need.weight <= 1:
            yield Problem("needs", f"the weight of '{need.code}' is between 0 and 1")
    if len({need.code for need in record.needs}) < len(record.needs):
        yield Problem("needs", "name each need once")
    for area in record.service_areas:
        if area not in codes.areas:
            yield Problem("service_areas", f"'{area}' is not a known area")
    for level in record.levels:
        if level not in codes.levels:
            yield Problem("levels", f"'{level}' is not a level of need")


def _age_problems(record: ServiceRecord) -> Iterator[Problem]:
    for name in ("minimum_age", "maximum_age"):
        age = getattr(record, name)
        if age is not None and not 0 <= age <= OLDEST:
            yield Problem(name, f"an age is between 0 and {OLDEST} years")
    low, high = record.minimum_age, record.maximum_age
    if low is not None and high is not None and low > high:
        yield Problem("maximum_age", "the oldest age is below the youngest")


def _choice_problems(record: ServiceRecord) -> Iterator[Problem]:
    for way in record.delivery:
        if way not in DELIVERY:
            yield Problem("delivery", f"'{way}' is not one of {', '.join(DELIVERY)}")
    if record.capacity not in CAPACITY:
        yield Problem("capacity", f"'{record.capacity}' is not one of {', '.join(CAPACITY)}")
    if record.waiting_weeks is not None and record.waiting_weeks < 0:
        yield Problem("waiting_weeks", "a wait is 0 weeks or more")
    for schedule in record.schedules:
        for day in schedule.byday:
            if day not in WEEKDAYS:
                yield Problem("schedules", f"'{day}' is not one of {', '.join(WEEKDAYS)}")


def _site_problems(location: LocationRecord) -> Iterator[Problem]:
    latitude, longitude = location.latitude, location.longitude
    if (latitude is None) != (longitude is None):
        yield Problem("locations", "give both latitude and longitude, or neither")
    elif abs(latitude or 0) > 90 or abs(longitude or 0) > 180:
        yield Problem("locations", "the point is not on the map")
