"""How long a match takes, text to package, and what share of it is the bare engine query.

`python -m tests.benchmarks.match_speed [SIZE ...]`: 60, 5,000 and 100,000 services unless told.
"""

import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SIZES = (60, 5_000, 100_000)
ROUNDS = 200


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            child = os.fork()
            if child == 0:
                _measure(size, Path(folder))
                sys.stdout.flush()
                os._exit(0)
            _, status = os.waitpid(child, 0)
            if status:
                sys.exit(f"The run with {size:,} services failed.")


def _measure(size: int, folder: Path) -> None:
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / f'{size}.sqlite3'}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
    import django

    django.setup()
    from django.core.management import call_command

    quiet = {"stdout": open(os.devnull, "w")}
    call_command("migrate", verbosity=0)
    for command in ("load_language", "load_places", "load_helplines"):
        call_command(command, **quiet)
    call_command("train", **quiet)
    _publish(size)
    _match(size)


def _publish(size: int) -> None:
    from directory import listings
    from tests.benchmarks.synthetic import add_districts, services

    add_districts()
    started = time.perf_counter()
    listings.publish_all(services(size), "benchmark")
    spent = time.perf_counter() - started
    print(f"\n{size:,} services published in {spent:.1f} s, {size / spent:,.0f} a second")


def _match(size: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from directory.geography.resolve import resolve
    from directory.models import Place
    from directory.reference import current_reference
    from directory.search import current_engine
    from directory.search.query import Query
    from matching.enquiry import Enquiry
    from matching.pipeline import answer
    from matching.understanding.artefact import current_model
    from matching.understanding.reading import read
    from matching.understood import understand

    loaded = time.perf_counter()
    model = current_model()
    loaded = 1_000 * (time.perf_counter() - loaded)
    places = list(Place.objects.filter(kind="settlement").values_list("name", flat=True))
    enquiries = [
        Enquiry(text=story, place=places[37 * n % len(places)])
        for n, story in enumerate(_stories()[:ROUNDS])
    ]
    reference = current_reference()
    queries = []
    for enquiry in enquiries:
        understood = understand(enquiry, reference)
        queries.append(
            Query(
                text=understood.words, needs=understood.codes, place=resolve(enquiry.place),
                limit=200, beyond=True, distances=False,
            )
        )  # fmt: skip
    engine = current_engine()
    whole = _times(answer, enquiries)
    bare = _times(engine.candidates, queries)
    reading = _times(lambda e: read(e.text, e.household, model), enquiries)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer(enquiries[0])
    print(f"  whole match      p50 {whole[0]:6.2f}  p95 {whole[1]:6.2f} ms")
    print(f"  bare engine      p50 {bare[0]:6.2f}  p95 {bare[1]:6.2f} ms")
    print(f"  reading alone    p50 {reading[0]:6.2f}  p95 {reading[1]:6.2f} ms")
    print(f"  whole ÷ bare     p50 {whole[0] / bare[0]:6.2f}  p95 {whole[1] / bare[1]:6.2f}")
    print(
        f"  database queries {len(captured)}; model loads in {loaded:.0f} ms; resident memory "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )


def _stories() -> list[str]:
    from django.conf import settings

    path = settings.FIXTURES_DIR / "training" / "notes-round2.jsonl"
    return [json.loads(line)["story"] for line in path.read_text(encoding="utf-8").splitlines()]


def _times(call: Callable[..., object], inputs: list[object]) -> tuple[float, float]:
    """Median and 95th percentile over `inputs`, in ms, each called once after a warm-up."""
    for value in inputs[:20]:
        call(value)
    spent = []
    for value in inputs:
        started = time.perf_counter()
        call(value)
        spent.append(1_000 * (time.perf_counter() - started))
    return statistics.median(spent), statistics.quantiles(spent, n=20)[-1]


if __name__ == "__main__":
    main()
