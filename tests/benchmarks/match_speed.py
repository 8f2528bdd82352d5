"""How long a match takes, text to package, and what share of it is the bare engine.

`python -m tests.benchmarks.match_speed [SIZE …]`: 1,000, 5,000 and 100,000 services unless told.
On PostgreSQL: `tests/with_postgresql .venv/bin/python -m tests.benchmarks.match_speed`.
"""

import resource
import time

from tests.benchmarks.own_directory import apart, filled, sizes
from tests.benchmarks.timing import PASSES, side_by_side

SIZES = (1_000, 5_000, 100_000)
ROUNDS = 200


def main() -> None:
    for size in sizes(SIZES):
        with filled(size):
            apart(_match, "with the language model")
            apart(_match, "by word counts alone", ENCODER_DIR="/nowhere")
            apart(_rebuild, size)


def _match(how: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from directory.reference import current_reference
    from directory.search import embedded_engine
    from matching.pipeline import answer
    from matching.understanding.artefact import current_model
    from matching.understanding.reading import read
    from tests.benchmarks.enquiries import queries_of, stories

    started = time.perf_counter()
    model = current_model()
    loaded = 1_000 * (time.perf_counter() - started)
    enquiries = stories(ROUNDS)
    queries = queries_of(enquiries, current_reference())
    engine = embedded_engine()
    spent = side_by_side(
        {
            "whole match": lambda enquiry: answer(enquiry, engine),
            "bare engine": engine.candidates,
            "reading alone": lambda enquiry: read(enquiry.text, enquiry.household, model),
        },
        [
            {"whole match": enquiry, "bare engine": query, "reading alone": enquiry}
            for enquiry, query in zip(enquiries, queries, strict=True)
        ],
    )
    with CaptureQueriesContext(connection) as captured:
        answer(enquiries[0], engine)
    print(f" {how}")
    for name, each in spent.items():
        print(f"  {name:<17}{each}")
    print(f"  {'whole ÷ bare':<17}{spent['whole match'].over(spent['bare engine'])}")
    print(
        f"  {len(captured)} database queries; the model loads in {loaded:.0f} ms; the process "
        f"holds {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )


def _rebuild(size: int) -> None:
    from directory.search import embedded_engine

    best = 0.0
    for _ in range(PASSES):
        started = time.perf_counter()
        held = embedded_engine().rebuild()
        best = max(best, size / (time.perf_counter() - started))
        assert held == size
    print(f" the engine's tables made anew: {best:,.0f} listings a second")


if __name__ == "__main__":
    main()
