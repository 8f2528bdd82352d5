"""Measures of a ranked list against graded services: pure functions of values."""

import math
from collections.abc import Mapping, Sequence

from matching.evaluation.judged import USEFUL

DEPTH = 10


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """Normalised discounted cumulative gain (Järvelin & Kekäläinen 2002), gain 2^grade − 1.

    1 for the best possible order of the first `depth`; 0 where nothing was graded.
    """
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(service, 0) for service in ranked[:depth]]) / best if best else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum(((1 << grade) - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def recall(ranked: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """The share of useful services among the first `depth`; of at most as many as fit there."""
    useful = {service for service, grade in grades.items() if grade >= USEFUL}
    if not useful:
        return 1.0
    return len(useful & set(ranked[:depth])) / min(len(useful), depth)
