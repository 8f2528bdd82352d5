"""Learning in several processes, and saying what has been done."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

#: Processes that learn side by side; the result does not depend on it.
_PROCESSES = 2

#: Runs tasks (joblib.delayed) and gives their results in order, each as soon as it is there.
Run = Callable[[Iterable[Any]], Iterable[Any]]


@contextmanager
def side_by_side() -> Iterator[Run]:
    """Processes that each use one thread, as long as this lasts."""
    from joblib import Parallel
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1), Parallel(_PROCESSES, return_as="generator") as run:
        yield run


def told(done: Iterable[Any], said: list[str], progress: Callable[[str], None]) -> list[Any]:
    """The results, each with a word of progress."""
    results = []
    for result, words in zip(done, said, strict=False):
        progress(words)
        results.append(result)
    return results
