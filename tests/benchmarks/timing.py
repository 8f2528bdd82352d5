"""How long calls take: medians and 95th percentiles, and one divided by another."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any

#: Calls before anything is measured. A server that compiles itself as it goes needs more.
WARM_UP, SERVERS_WARM_UP = 20, 300
PASSES = 3


@dataclass(frozen=True, slots=True)
class Spent:
    """Median and 95th percentile, ms."""

    p50: float
    p95: float

    def __str__(self) -> str:
        return f"p50 {self.p50:7.2f}  p95 {self.p95:7.2f} ms"

    @property
    def short(self) -> str:
        """For a column of a table."""
        return f"{self.p50:6.1f} /{self.p95:6.1f}"

    def over(self, other: "Spent") -> str:
        """This divided by the other, p50 and p95."""
        return f"p50 {self.p50 / other.p50:5.2f}  p95 {self.p95 / other.p95:5.2f}"


def spread(samples: Sequence[float]) -> Spent:
    """Of samples in seconds."""
    return Spent(
        1_000 * statistics.median(samples), 1_000 * statistics.quantiles(samples, n=20)[-1]
    )


def side_by_side(
    calls: Mapping[str, Callable[[Any], object]],
    inputs: Sequence[Mapping[str, Any]],
    warm_up: int = WARM_UP,
) -> dict[str, Spent]:
    """On each of `calls`, all given every input, whose keys are those of `calls`.

    One after the other for each input, every time another first: what else the machine does in
    the meantime slows them all alike. Of `PASSES` over all inputs the quickest counts, as a whole.
    """
    for given in islice(cycle(inputs), warm_up):
        for name, call in calls.items():
            call(given[name])
    passes = [_one_pass(calls, inputs) for _ in range(PASSES)]
    return min(passes, key=lambda spent: sum(each.p50 for each in spent.values()))


def _one_pass(
    calls: Mapping[str, Callable[[Any], object]], inputs: Sequence[Mapping[str, Any]]
) -> dict[str, Spent]:
    names = list(calls)
    samples: dict[str, list[float]] = {name: [] for name in names}
    for turn, given in enumerate(inputs):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            started = time.perf_counter()
            calls[name](given[name])
            samples[name].append(time.perf_counter() - started)
    return {name: spread(seconds) for name, seconds in samples.items()}
