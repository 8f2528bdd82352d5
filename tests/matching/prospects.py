"""Prospects for tests of what happens after retrieval: no database, only what a row would say."""

import uuid

import numpy as np

from directory.geography.coverage import Coverage
from matching.answer import FinerNeed, LevelOfNeed, NeedFound
from matching.features import NAMES
from matching.ranking import Ranked
from matching.retrieval import Prospect

SUGGESTED = LevelOfNeed(code="emerging", suggested=True, why="", beside=("universal", "targeted"))


def need(
    code: str,
    confidence: float = 1.0,
    members: tuple[int, ...] = (),
    presented: tuple[FinerNeed, ...] = (),
) -> NeedFound:
    return NeedFound(code, code.title(), confidence, (), "text", members, presented)


def prospect(
    needs: dict[str, float] | None = None,
    coverage: Coverage | None = None,
    facets: dict[str, object] | None = None,
    text_score: float = 0.0,
    **values: object,
) -> Prospect:
    """A service for debt advice 5 km away, but for what a test says of its facets."""
    facts: dict[str, object] = {
        "id": values.pop("service_id", str(uuid.uuid4())),
        "name": "Service",
        "url": "",
        "partner_id": str(uuid.uuid4()),
        "partner": "Partner",
        "needs": needs or {"debt-advice": 1.0},
        "presented": [],
        "national": False,
        "areas": [],
        "sites": [],
        "minimum_age": None,
        "maximum_age": None,
        "levels": [],
        "delivery": ["in_person"],
        "languages": ["en"],
        "interpreters": False,
        "free": True,
        "capacity": "open",
        "waiting_weeks": None,
        "assured": None,
        "completeness": 0.5,
    }
    return Prospect(
        facets={**facts, **values, **(facets or {})},
        coverage=coverage or Coverage(True, "near", 5.0, True),
        text_score=text_score,
    )


def ranked(service: Prospect, score: float) -> Ranked:
    return Ranked(service, score, np.zeros(len(NAMES)))
