"""Fitting the weights of the linear score to graded services, within bounds that make sense."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.evaluation.judged import Judged
from matching.features import NAMES
from matching.pipeline import Field
from matching.ranking import weights

Weights = NDArray[np.float64]

#: The least and the most that each feature may weigh, need_fit being held at its weight. Every
#: feature counts for something, and none of the small ones outweighs being for the need to act on
#: first, which the grades, being of services and not of orders to act in, say little about.
BOUNDS: dict[str, tuple[float, float]] = {
    "need_fit": (4.0, 4.0),
    "first_need": (2.0, 4.0),
    "main_need": (0.3, 3.0),
    "presented": (0.3, 1.5),
    "text": (0.2, 1.2),
    "coverage": (0.3, 1.2),
    "distance": (0.3, 1.2),
    "age_fit": (0.3, 1.2),
    "level_fit": (0.2, 1.0),
    "capacity": (0.3, 1.2),
    "delivery": (0.05, 0.4),
    "cost": (0.05, 0.4),
    "language": (0.05, 0.2),
    "freshness": (0.1, 0.6),
    "completeness": (0.05, 0.3),
}
#: How strongly the weights are held to those in force.
_HELD = 0.002


def fit_weights(judged: Sequence[Judged], seen: Sequence[Field]) -> Weights:
    """Weights under which a service with a higher grade scores higher (pairwise logistic loss).

    As in RankNet (Burges 2005) with a linear score; each enquiry counts the same, and a pair by
    the difference of its gains 2^grade − 1. `seen`: the fields of `judged`, needs given.
    """
    from scipy.optimize import minimize

    differences, counts = _pairs(judged, seen)
    start = np.clip(weights(), *np.array([BOUNDS[name] for name in NAMES]).T)

    def objective(values: Weights) -> tuple[float, Weights]:
        weighed, scale = values[:-1], values[-1]
        margins = differences @ weighed
        losses = np.logaddexp(0, -scale * margins)
        slopes = -counts / (1 + np.exp(np.clip(scale * margins, -500, 500)))
        away = weighed - start
        gradient = np.append(
            scale * (slopes @ differences) + 2 * _HELD * away, float(slopes @ margins)
        )
        return float(counts @ losses + _HELD * away @ away), gradient

    found = minimize(
        objective,
        np.append(start, 1.0),
        jac=True,
        method="L-BFGS-B",
        bounds=[*(BOUNDS[name] for name in NAMES), (0.2, 5.0)],
    )
    return np.asarray(found.x[:-1], np.float64)


def _pairs(judged: Sequence[Judged], seen: Sequence[Field]) -> tuple[Weights, Weights]:
    """(pairs, features) higher minus lower grade, and the weight of each pair."""
    differences: list[Weights] = []
    counts: list[float] = []
    for row, field in zip(judged, seen, strict=True):
        gains = np.array([2 ** row.grades.get(p.service_id, 0) - 1 for p in field.fitting])
        better, worse = np.nonzero(gains[:, None] > gains[None, :])
        weight = (gains[better] - gains[worse]).astype(float)
        if weight.size:
            differences.extend(field.table[better] - field.table[worse])
            counts.extend(weight / weight.sum() / len(judged))
    return np.array(differences), np.array(counts)
