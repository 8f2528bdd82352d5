"""From a listing's row to its document: only what is public, and only what is searched."""

from collections.abc import Mapping
from typing import Any

from directory.records import MAIN, ServiceRecord
from directory.search.document import completeness, coverage_tokens, public_points, record_from

#: Ages that stand for "no limit" in a range.
_YOUNGEST, _OLDEST = 0, 200


def document(
    listing_id: int, version: int, public: dict[str, Any] | None, need_words: Mapping[str, str]
) -> dict[str, Any]:
    """The document of a listing. `public`: its public document, None when it was withdrawn.

    `need_words`: for each need code or presented slug, what people call it.
    """
    if public is None:
        return {"listing": listing_id, "version": version, "active": False}
    record = record_from(public)
    return {
        "listing": listing_id,
        "version": version,
        "active": True,
        **_texts(record, need_words),
        **_facets(record),
    }


def _texts(record: ServiceRecord, need_words: Mapping[str, str]) -> dict[str, Any]:
    codes = [*(need.code for need in record.needs), *record.presented_needs]
    return {
        "name": record.name,
        "organization": record.organization.name,
        "need_words": [need_words.get(code, code) for code in codes],
        "summary": record.summary,
        "description": record.description,
        "title": f"{record.name} ({record.organization.name})",
        "sort_name": record.name,
    }


def _facets(record: ServiceRecord) -> dict[str, Any]:
    youngest = _YOUNGEST if record.minimum_age is None else record.minimum_age
    oldest = _OLDEST if record.maximum_age is None else record.maximum_age
    return {
        "needs": [need.code for need in record.needs],
        "main_needs": [need.code for need in record.needs if need.weight >= MAIN],
        "reach": list(coverage_tokens(record)),
        "sites": [{"lat": p.latitude, "lon": p.longitude} for p in public_points(record)],
        "ages": {"gte": youngest, "lte": oldest},
        "levels": list(record.levels),
        "delivery": list(record.delivery),
        "languages": list(record.languages),
        "quality": round(completeness(record) * 8),
    }
