"""The linear score: services in order, each with the contributions that add up to it."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.features import NAMES
from matching.retrieval import Prospect

#: Features that say something of a service even where they add nothing: what speaks against it.
SPEAK_AT_NOTHING = frozenset({"distance", "level_fit", "cost", "freshness"})


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature adds to a score: `value` (0–1) times its weight."""

    feature: str
    value: float
    amount: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A service with its score and the feature values that make it, in the order of `NAMES`."""

    prospect: Prospect
    score: float
    values: NDArray[np.float64]

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """What each feature adds, largest first; together they are the score.

        Of those that add nothing only such as speak against the service are among them, at the end.
        """
        terms = [
            Contribution(feature=name, value=float(value), amount=float(value * weight))
            for name, value, weight in zip(NAMES, self.values, weights(), strict=True)
            if value != 0 or name in SPEAK_AT_NOTHING
        ]
        return tuple(sorted(terms, key=lambda term: -term.amount))


@cache
def weights() -> NDArray[np.float64]:
    """Shape (features,): the weights of `weights.toml` in the order of `features.NAMES`."""
    with (Path(__file__).parent / "weights.toml").open("rb") as file:
        table = tomllib.load(file)
    if set(table) != set(NAMES):
        raise ValueError(f"weights.toml must name each feature once: {set(table) ^ set(NAMES)}")
    return np.array([float(table[name]) for name in NAMES])


def rank(
    prospects: Sequence[Prospect],
    table: NDArray[np.float64],
    weighed: NDArray[np.float64] | None = None,
) -> list[Ranked]:
    """Best first; equal scores in order of name and id, so that the same input ranks the same.

    `table`: shape (services, features), the features of `prospects`. `weighed`: other weights
    than those in force, to compare with.
    """
    scores = table @ (weights() if weighed is None else weighed)
    order = sorted(
        range(len(prospects)),
        key=lambda i: (-round(float(scores[i]), 9), prospects[i].name, prospects[i].service_id),
    )
    return [Ranked(prospects[i], float(scores[i]), table[i]) for i in order]
