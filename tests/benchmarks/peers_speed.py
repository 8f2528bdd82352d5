"""The same words within the same district, by what a Django team would use otherwise.

`python -m tests.benchmarks.peers_speed [SIZE …]`: 5,000 services unless told. Each way returns the
rows of its best 20. Ours also brings services that are near, remote or national, of which the
others know nothing: they search half of what it searches.
"""

import random
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tests.benchmarks.opensearch_server import opensearch, remove_indices
from tests.benchmarks.own_directory import apart, filled, sizes

SIZES = (5_000,)
ROUNDS, BEST = 200, 20
SETTINGS = "tests.benchmarks.peers.settings"


class Asked(NamedTuple):
    """Any of `words` (one to three) in a district, by its code and as ours knows it."""

    words: str
    code: str
    place: Any


Way = Callable[[Asked], Sequence[Any]]


def main() -> None:
    with opensearch() as settings:
        for size in sizes(SIZES):
            with filled(size):
                apart(_compare, DJANGO_SETTINGS_MODULE=SETTINGS, **(settings or {}))
                if settings:
                    apart(remove_indices, **settings)


def _compare() -> None:
    from django.conf import settings

    from tests.benchmarks.timing import SERVERS_WARM_UP, side_by_side

    _copy()
    ways = {"embedded (ours)": _ours_embedded(), "modelsearch, SQLite": _modelsearch("database")}
    _report(side_by_side(ways, _inputs(ways)))
    if not settings.OPENSEARCH_URL:
        return
    ways = {"OpenSearch (ours)": _ours_opensearch(), "modelsearch": _modelsearch("opensearch")}
    if settings.DSL_IS_HERE:
        ways["django-opensearch-dsl"] = _dsl()
    else:
        print(" django-opensearch-dsl is not here: pip install -r requirements/bench.txt")
    _report(side_by_side(ways, _inputs(ways), SERVERS_WARM_UP))


def _report(spent: dict[str, Any]) -> None:
    ours = next(iter(spent.values()))
    for name, each in spent.items():
        print(f"  {name:<24}{each}   ÷ ours {each.over(ours)}")


def _copy() -> None:
    from django.db import connection

    from directory.models import Listing
    from tests.benchmarks.peers.models import PeerService

    with connection.schema_editor() as editor:
        editor.create_model(PeerService)
    PeerService.objects.bulk_create(
        PeerService(
            name=document["name"],
            summary=document["summary"],
            description=document["description"],
            district=(document["service_areas"] or [""])[0],
        )
        for document in Listing.objects.order_by("pk").values_list("document", flat=True)
    )


def _inputs(ways: dict[str, Way]) -> list[dict[str, Asked]]:
    from directory.geography.resolve import resolve
    from directory.models import Area, Phrase
    from directory.search.words import words

    rng = random.Random(1)
    districts = [
        (area.code, resolve(area.name))
        for area in Area.objects.filter(kind="district", parent__isnull=False).order_by("pk")
    ]
    phrases = list(Phrase.objects.order_by("pk").values_list("text", flat=True))
    found: list[dict[str, Asked]] = []
    while len(found) < ROUNDS:
        telling = words(rng.choice(phrases), limit=rng.choice((1, 2, 3)))
        if telling:
            found.append(dict.fromkeys(ways, Asked(" ".join(telling), *rng.choice(districts))))
    return found


def _ours(engine: Any) -> Way:
    from directory.search.live import live_facets
    from directory.search.query import Query

    def ask(asked: Asked) -> Sequence[Any]:
        query = Query(text=asked.words, place=asked.place, limit=BEST, distances=False)
        return list(live_facets([c.listing_id for c in engine.candidates(query).candidates]))

    return ask


def _ours_embedded() -> Way:
    from directory.search import embedded_engine

    return _ours(embedded_engine())


def _ours_opensearch() -> Way:
    from directory.search.opensearch.engine import OpenSearchEngine

    engine = OpenSearchEngine()
    engine.rebuild()
    return _ours(engine)


def _modelsearch(backend: str) -> Way:
    from modelsearch.backends import get_search_backend

    from tests.benchmarks.peers.models import PeerService

    search = get_search_backend(backend)
    rebuilder = search.rebuilder_class(search.get_index_for_model(PeerService))
    index = rebuilder.start()
    index.add_model(PeerService)
    index.add_items(PeerService, list(PeerService.objects.all()))
    rebuilder.finish()
    search.get_index_for_model(PeerService).refresh()

    def ask(asked: Asked) -> Sequence[Any]:
        rows = PeerService.objects.filter(district=asked.code)
        return list(search.search(asked.words, rows, operator="or")[:BEST])

    return ask


def _dsl() -> Way:
    from tests.benchmarks.peers.documents import PeerDocument
    from tests.benchmarks.peers.models import PeerService

    PeerDocument.init()
    document = PeerDocument()
    document.update(PeerService.objects.all(), "index", refresh=True)

    def ask(asked: Asked) -> Sequence[Any]:
        found = (
            PeerDocument.search()
            .filter("term", district=asked.code)
            .query("multi_match", query=asked.words, fields=["name^8", "summary^3", "description"])
        )
        return list(found[:BEST].to_queryset())

    return ask


if __name__ == "__main__":
    main()
