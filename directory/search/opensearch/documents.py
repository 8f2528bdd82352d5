"""From a listing's row to its document: only what is public, and only what is searched."""

import unicodedata
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


def composed(text: str) -> str:
    """An accent and its letter as one sign: the analyzer folds signs, not accents on their own."""
    return unicodedata.normalize("NFC", text)


def _texts(record: ServiceRecord, need_words: Mapping[str, str]) -> dict[str, Any]:
    codes = [*(need.code for need in record.needs), *record.presented_needs]
    name, organization = composed(record.name), composed(record.organization.name)
    return {
        "name": name,
        "organization": organization,
        "need_words": [composed(need_words.get(code, code)) for code in codes],
        "summary": composed(record.summary),
        "description": composed(record.description),
        "title": f"{name} ({organization})",
        "sort_name": name,
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
