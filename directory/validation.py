"""What a record must be before it may become a listing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from uuid import UUID

from django.db.models import Model

from directory.models import Area, Level, Listing, Need, Organization, Site
from directory.records import CAPACITY, DELIVERY, WEEKDAYS, LocationRecord, ServiceRecord

OLDEST = 120
SUMMARY_LIMIT = 1_000

#: Null characters, and halves of characters: PostgreSQL keeps neither.
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


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
        *_length_problems(record),
        *_character_problems(record),
        *_code_problems(record, codes),
        *_age_problems(record),
        *_choice_problems(record),
        *(problem for location in record.locations for problem in _site_problems(location)),
    ]


def _text_problems(record: ServiceRecord) -> Iterator[Problem]:
    for name, value in (
        ("name", record.name),
        ("summary", record.summary),
        ("organization.name", record.organization.name),
    ):
        if not value.strip():
            yield Problem(name, "write something here")


def _length_problems(record: ServiceRecord) -> Iterator[Problem]:
    """What is longer than its column: PostgreSQL would refuse it, SQLite would not notice."""
    if len(record.summary) > SUMMARY_LIMIT:
        yield Problem("summary", f"keep it to {SUMMARY_LIMIT} characters")
    parts: list[tuple[str, type[Model], object, tuple[str, ...]]] = [
        ("{}", Listing, record, ("name", "url")),
        (
            "organization.{}",
            Organization,
            record.organization,
            ("name", "email", "phone", "website", "url"),
        ),
        *(("locations", Site, site, ("name", "address")) for site in record.locations),
    ]
    for field, model, part, names in parts:
        for name in names:
            limit = getattr(model._meta.get_field(name), "max_length", None)
            if limit and len(getattr(part, name)) > limit:
                yield Problem(field.format(name), f"keep it to {limit} characters")


def _character_problems(record: ServiceRecord) -> Iterator[Problem]:
    for field, text in _texts(record, ""):
        if _NO_TEXT.search(text):
            yield Problem(field, "take out the null character or the half of a character")


def _texts(value: object, field: str) -> Iterator[tuple[str, str]]:
    """Every text of a value with the field that it stands in."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, tuple):
        for part in value:
            yield from ((field, text) for _, text in _texts(part, field))
    elif is_dataclass(value):
        for inner in fields(value):
            name = f"{field}.{inner.name}" if field else inner.name
            yield from _texts(getattr(value, inner.name), name)


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
    elif not (abs(latitude or 0) <= 90 and abs(longitude or 0) <= 180):
        yield Problem("locations", "the point is not on the map")
