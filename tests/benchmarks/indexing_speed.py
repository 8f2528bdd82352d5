"""How quickly OpenSearch takes in the directory, and how soon a change is found.

`python -m tests.benchmarks.indexing_speed [SIZE …]`: 5,000 and 100,000 services unless told.
Beside each figure of ours stands opensearch-py's own bulk of documents that are ready-made.
"""

import random
import statistics
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.benchmarks.opensearch_server import opensearch, remove_indices
from tests.benchmarks.own_directory import apart, filled, sizes

SIZES = (5_000, 100_000)
#: Times that each way of indexing is measured, in turns.
PASSES = 3
PUBLICATIONS, READERS = 100, 4
#: Seconds after which a publication counts as never found.
PATIENCE = 30.0


def main() -> None:
    with opensearch() as settings:
        if settings is None:
            return
        for size in sizes(SIZES):
            with filled(size):
                apart(_bulks, **settings)
                apart(_publications, **settings)
                apart(remove_indices, **settings)


def _bulks() -> None:
    from django.conf import settings

    from directory.models import Listing
    from directory.search.opensearch import sync
    from directory.search.opensearch.rebuilding import rebuild
    from tests.benchmarks.raw_index import bulk_into, merged_bytes, new_index, ready_documents

    number = Listing.objects.count()
    ready, new = ready_documents(), f"{settings.OPENSEARCH_INDEX}-raw"
    live = rebuild().index  # also warms the node up
    spent: dict[str, list[float]] = {
        name: [] for name in ("rebuild", "raw, new index", "push_pending", "raw, live index")
    }
    for _ in range(PASSES):
        _timed(partial(new_index, new, ready), spent["raw, new index"])
        live = _timed(rebuild, spent["rebuild"]).index
        _timed(partial(bulk_into, live, ready), spent["raw, live index"])
        Listing.objects.update(indexed_version=0)
        _timed(sync.push_pending, spent["push_pending"])
    rates = {name: number / statistics.median(seconds) for name, seconds in spent.items()}
    print(f" documents a second, the median of {PASSES}: ", end="")
    print(", ".join(f"{name} {rate:,.0f}" for name, rate in rates.items()))
    print(
        f"  rebuild ÷ raw {rates['rebuild'] / rates['raw, new index']:.2f}, "
        f"push_pending ÷ raw {rates['push_pending'] / rates['raw, live index']:.2f}"
    )
    # Before it is written to: documents that were replaced stay in an index for a while.
    held = merged_bytes(rebuild().index)
    print(f"  {held / number:,.0f} bytes a service in the index, merged")


def _timed(work: Callable[[], Any], into: list[float]) -> Any:
    started = time.perf_counter()
    result = work()
    into.append(time.perf_counter() - started)
    return result


def _publications() -> None:
    """From the call of `publish` until the index finds what is new, while others search."""
    from dataclasses import replace

    from directory import listings
    from directory.models import Listing
    from directory.search.document import record_from
    from directory.search.opensearch.engine import OpenSearchEngine
    from directory.search.query import Query
    from tests.benchmarks.timing import spread

    engine, rng = OpenSearchEngine(), random.Random(1)
    pks = rng.sample(list(Listing.objects.values_list("pk", flat=True)), PUBLICATIONS)
    ended, searched = threading.Event(), [0] * READERS
    readers = [
        threading.Thread(target=_search, args=(turn, searched, ended)) for turn in range(READERS)
    ]
    started = time.perf_counter()
    for reader in readers:
        reader.start()
    spent, publishing = [], []
    for turn, pk in enumerate(pks):
        record = record_from(Listing.objects.get(pk=pk).document)
        word = f"kingfisher{turn}"
        began = time.perf_counter()
        listings.publish(replace(record, name=f"{record.name[:100]} {word}"), "benchmark")
        publishing.append(time.perf_counter() - began)
        while pk not in {c.listing_id for c in engine.candidates(Query(text=word)).candidates}:
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError(f"Listing {pk} was not found within {PATIENCE} s.")
            time.sleep(0.01)
        spent.append(time.perf_counter() - began)
    ended.set()
    for reader in readers:
        reader.join()
    each = sum(searched) / (time.perf_counter() - started)
    print(f" published until found, {PUBLICATIONS} times, while {READERS} threads search", end=" ")
    print(f"({each:,.0f} searches a second): {spread(spent)}; publish alone {spread(publishing)}")


def _search(turn: int, searched: list[int], ended: threading.Event) -> None:
    from django.db import connection

    from directory.reference import current_reference
    from directory.search.opensearch.engine import OpenSearchEngine
    from tests.benchmarks.enquiries import chosen, queries_of

    queries = queries_of(chosen(50, 3, worded=False, seed=turn), current_reference())
    engine = OpenSearchEngine()
    while not ended.is_set():
        for query in queries:
            engine.candidates(query)
            searched[turn] += 1
    connection.close()


if __name__ == "__main__":
    main()
