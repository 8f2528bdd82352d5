"""What our way of asking OpenSearch costs on top of OpenSearch itself.

`python -m tests.benchmarks.opensearch_speed [SIZE …]`: 5,000 and 100,000 services unless told.
The same enquiries go, in turns, by a bare client that sends our bodies, by the engine, through
retrieval with rows, through the whole match, and to the embedded engine.
"""

from typing import Any

from tests.benchmarks.opensearch_server import bare_client, opensearch, remove_indices
from tests.benchmarks.own_directory import apart, filled, sizes

SIZES = (5_000, 100_000)
ROUNDS = 100
#: Needs that are ticked, and whether words come with them.
KINDS = [(needs, worded) for worded in (False, True) for needs in (1, 3, 5)]
RAW, ENGINE, RETRIEVAL, MATCH = "raw _msearch", "candidates", "with rows", "whole match"
EMBEDDED, EMBEDDED_MATCH, READING = "embedded", "match, embedded", "reading alone"


def main() -> None:
    with opensearch() as settings:
        if settings is None:
            return
        for size in sizes(SIZES):
            with filled(size):
                apart(_index, **settings)
                apart(_ask, "with the language model", **settings)
                apart(_ask, "by word counts alone", ENCODER_DIR="/nowhere", **settings)
                apart(remove_indices, **settings)


def _index() -> None:
    from directory.search.opensearch.rebuilding import rebuild

    rebuild()


def _ask(how: str) -> None:
    from tests.benchmarks.timing import SERVERS_WARM_UP, WARM_UP, side_by_side

    print(f" {how}, p50 / p95 ms")
    names = [RAW, ENGINE, RETRIEVAL, MATCH, READING, EMBEDDED, EMBEDDED_MATCH]
    print(" " * 20 + "".join(f"{name:>17}" for name in names) + "   match ÷ raw p50, p95")
    calls = _calls()
    for turn, (needs, worded) in enumerate(KINDS):
        warm_up = WARM_UP if turn else SERVERS_WARM_UP
        spent = side_by_side(calls, _inputs(needs, worded), warm_up)
        title = f"  {needs} need{'s' if needs > 1 else ''}{' and words' if worded else ''}"
        print(
            f"{title:<20}"
            + "".join(f"{spent[name].short:>17}" for name in names)
            + f"   {spent[MATCH].over(spent[RAW])}"
        )


def _calls() -> dict[str, Any]:
    from directory.search import current_engine, embedded_engine
    from directory.search.opensearch.engine import OpenSearchEngine
    from matching.pipeline import answer
    from matching.retrieval import retrieve
    from matching.understanding.artefact import current_model
    from matching.understanding.reading import read

    client, engine = bare_client(), OpenSearchEngine()
    product, embedded, model = current_engine(), embedded_engine(), current_model()

    def whole(enquiry: Any) -> None:
        used = answer(enquiry, product).engine
        assert used.name == engine.name and not used.degraded, used

    return {
        RAW: lambda lines: client.msearch(body=lines),
        ENGINE: engine.candidates,
        RETRIEVAL: lambda query: retrieve(query.needs, query.text, query.place, engine),
        MATCH: whole,
        READING: lambda enquiry: read(enquiry.text, enquiry.household, model),
        EMBEDDED: embedded.candidates,
        EMBEDDED_MATCH: lambda enquiry: answer(enquiry, embedded),
    }


def _inputs(needs: int, worded: bool) -> list[dict[str, Any]]:
    """For each enquiry, what each way of asking takes."""
    from django.conf import settings

    from directory.reference import current_reference
    from directory.search.opensearch.queries import searches
    from tests.benchmarks.enquiries import chosen, query_of

    reference = current_reference()
    inputs = []
    for enquiry in chosen(ROUNDS, needs, worded):
        query = query_of(enquiry, reference)
        bodies = searches(query, settings.OPENSEARCH_TIMEOUT).values()
        index = {"index": settings.OPENSEARCH_INDEX}
        inputs.append(
            dict.fromkeys((MATCH, READING, EMBEDDED_MATCH), enquiry)
            | dict.fromkeys((ENGINE, RETRIEVAL, EMBEDDED), query)
            | {RAW: [line for body in bodies for line in (index, body)]}
        )
    return inputs


if __name__ == "__main__":
    main()
