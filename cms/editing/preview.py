"""A service as it will look among the results, drawn by the template of the results."""

from typing import Any

from cms.projection import service_record
from cms.templatetags.cms_display import SENSITIVE_NEEDS
from directory.records import ServiceRecord
from directory.reference import current_reference
from matching.answer import ServiceFound

RESULT, PRACTITIONER = "result", "practitioner"
MODES = [("", "Its page"), (RESULT, "Among results"), (PRACTITIONER, "For practitioners")]


def card_context(page: Any, mode: str) -> dict[str, Any]:
    """What the card shows of a page, finished or not. Distance and reasons belong to an enquiry."""
    record = service_record(page)
    practitioner, reference = mode == PRACTITIONER, current_reference()
    return {
        "record": record,
        "found": _found(record),
        "names": {
            code: need.name if practitioner else need.plain_name
            for code, need in reference.needs.items()
        },
        "level_names": reference.level_names,
        "practitioner": practitioner,
        "sensitive": any(need.code in SENSITIVE_NEEDS for need in record.needs),
    }


def _found(record: ServiceRecord) -> ServiceFound:
    return ServiceFound(
        id=str(record.id),
        name=record.name,
        partner=record.organization.name,
        url=record.url,
        score=0.0,
        needs=tuple(need.code for need in record.needs),
        distance_km=None,
        coverage=_coverage(record),
        delivery=record.delivery,
        reasons=(),
    )


def _coverage(record: ServiceRecord) -> str:
    """How it lies to somebody whom it reaches: see `directory.geography.coverage`."""
    if record.national:
        return "national"
    if record.service_areas:
        return "area"
    if any(location.latitude is not None for location in record.locations):
        return "near"
    return "remote" if {"phone", "online"} & set(record.delivery) else "unstated"
