"""What a service is worth to this enquiry: one column a feature, each between 0 and 1.

| feature | 0 | 1 |
|---|---|---|
| need_fit | meets none of the needs | is mainly for all of them |
| first_need | not for the need to act on first | mainly for it |
| main_need | its needs here are ones it also meets | one of them is its main need |
| presented | names none of the finer needs in the words | names them all |
| text | no word in common | the best text match of this enquiry |
| coverage | not said where it works | works in this town, parish or locality |
| distance | 50 km or more | next door; half at about 10 km; 0.3 without a distance |
| age_fit | – | for the age of who has the need; 0.5 for all ages, or if no age is known |
| level_fit | works at other levels | works at this level; 0.5 if it does not say, 0.3 a step off |
| capacity | closed | open; 0.7 few places; a wait falls from 0.4 with its weeks |
| delivery | at its site only | comes to the home, or by phone or online |
| cost | fees | free |
| language | no interpreters | interpreters |
| freshness | never confirmed | confirmed today; half after about 8 months |
| completeness | tells nothing but its name | tells everything |
"""

import math
from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.answer import LevelOfNeed, NeedFound
from matching.at_home import Household
from matching.eligibility import fitting_age
from matching.retrieval import Prospect

NAMES = (
    "need_fit",
    "first_need",
    "main_need",
    "presented",
    "text",
    "coverage",
    "distance",
    "age_fit",
    "level_fit",
    "capacity",
    "delivery",
    "cost",
    "language",
    "freshness",
    "completeness",
)

#: Each need after the first counts this much of the one before it.
_DECAY = 0.85
_DISTANCE_SCALE_KM = 14.5
_DISTANCE_FLOOR_KM = 50.0
_DISTANCE_UNKNOWN = 0.3
_FRESHNESS_SCALE_DAYS = 350.0
_COVERAGE = {
    "near": 1.0,
    "area": 0.9,
    "remote": 0.5,
    "national": 0.5,
    "anywhere": 0.5,
    "unstated": 0.2,
    "outside_area": 0.0,
    "too_far": 0.0,
}
_LEVEL_BESIDE = 0.3
_CAPACITY = {"open": 1.0, "limited": 0.7, "waiting_list": 0.4, "closed": 0.0}


def features(
    prospects: Sequence[Prospect],
    needs: Sequence[NeedFound],
    household: Household,
    level: LevelOfNeed,
    today: date,
) -> NDArray[np.float64]:
    """Shape (services, features), columns as in `NAMES`, values 0–1."""
    table = np.zeros((len(prospects), len(NAMES)))
    importance = need_importance(needs)
    most_text = max((prospect.text_score for prospect in prospects), default=0.0)
    for row, prospect in enumerate(prospects):
        table[row] = (
            *_need_columns(prospect, needs, importance),
            _presented(prospect, needs, importance),
            prospect.text_score / most_text if most_text > 0 else 0.0,
            _coverage(prospect),
            _distance(prospect.coverage.distance_km),
            _age_fit(prospect, household),
            _level_fit(prospect, level),
            _capacity(prospect),
            float(bool({"home_visit", "phone", "online"} & set(prospect.facets["delivery"]))),
            float(prospect.facets["free"]),
            float(prospect.facets["interpreters"]),
            _freshness(prospect.facets["assured"], today),
            float(prospect.facets["completeness"]),
        )
    return table


def need_importance(needs: Sequence[NeedFound]) -> NDArray[np.float64]:
    """Shape (needs,): how much each counts, by its turn and its confidence; they add up to 1."""
    raw = np.array([need.confidence * _DECAY**turn for turn, need in enumerate(needs)])
    total = raw.sum()
    return raw / total if total > 0 else raw


def _need_columns(
    prospect: Prospect, needs: Sequence[NeedFound], importance: NDArray[np.float64]
) -> tuple[float, float, float]:
    if not needs:
        return 0.0, 0.0, 0.0
    weights = [prospect.weight(need.code) for need in needs]
    return float(importance @ np.array(weights)), weights[0], float(max(weights) >= 1.0)


def _presented(
    prospect: Prospect, needs: Sequence[NeedFound], importance: NDArray[np.float64]
) -> float:
    """Of the needs in which a finer one was found, the share whose finer one the service names."""
    finer = [bool(need.presented) for need in needs]
    if not any(finer):
        return 0.0
    named = [bool(named_finer(prospect, need)) for need in needs]
    return float(importance @ np.array(named) / (importance @ np.array(finer)))


def named_finer(prospect: Prospect, need: NeedFound) -> tuple[str, ...]:
    """Names of the finer needs of `need` that the service says it is for."""
    if prospect.weight(need.code) <= 0:
        return ()
    offered = prospect.facets["presented"]
    return tuple(finer.name for finer in need.presented if finer.code in offered)


def _coverage(prospect: Prospect) -> float:
    return _COVERAGE[prospect.coverage.kind]


def _distance(distance_km: float | None) -> float:
    if distance_km is None:
        return _DISTANCE_UNKNOWN
    if distance_km >= _DISTANCE_FLOOR_KM:
        return 0.0
    return math.exp(-distance_km / _DISTANCE_SCALE_KM)


def _age_fit(prospect: Prospect, household: Household) -> float:
    return 1.0 if fitting_age(prospect, household) is not None else 0.5


def _level_fit(prospect: Prospect, level: LevelOfNeed) -> float:
    levels = prospect.facets["levels"]
    if not levels or not level.known:
        return 0.5
    if level.code in levels:
        return 1.0
    return _LEVEL_BESIDE if set(level.beside) & set(levels) else 0.0


def _capacity(prospect: Prospect) -> float:
    value = _CAPACITY[prospect.facets["capacity"]]
    weeks = prospect.facets["waiting_weeks"]
    if prospect.facets["capacity"] == "waiting_list" and weeks:
        return float(value / (1 + weeks / 12))
    return value


def _freshness(assured: str | None, today: date) -> float:
    if assured is None:
        return 0.0
    days = max(0, (today - date.fromisoformat(assured)).days)
    return math.exp(-days / _FRESHNESS_SCALE_DAYS)
