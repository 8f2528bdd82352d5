"""How far a figure might have come out otherwise with other cases of the same kind."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

import numpy as np

Row = TypeVar("Row")

_DRAWS = 400
_LOW, _HIGH = 2.5, 97.5

Interval = tuple[float, float]


def intervals(
    rows: Sequence[Row], figures: Callable[[Sequence[Row]], Any], draws: int = _DRAWS
) -> dict[str, Interval]:
    """The 95 % interval of each figure (percentile bootstrap, Efron 1979), the same every time.

    `figures` makes a dataclass of numbers from rows. No rows, no intervals.
    """
    if not rows:
        return {}
    chance = np.random.default_rng(0)
    tables: dict[str, list[float]] = {}
    for _ in range(draws):
        drawn = [rows[place] for place in chance.integers(0, len(rows), len(rows))]
        for name, value in asdict(figures(drawn)).items():
            tables.setdefault(name, []).append(float(value))
    return {
        name: (float(np.percentile(values, _LOW)), float(np.percentile(values, _HIGH)))
        for name, values in tables.items()
    }
