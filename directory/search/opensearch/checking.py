"""Comparing the index with the database, document by document."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from django.conf import settings
from opensearchpy import OpenSearch

from directory.models import IndexBuild, Listing
from directory.search.opensearch import indices, sync
from directory.search.opensearch.answers import of_every_shard, whole
from directory.search.opensearch.client import call

_PAGE = 5_000
#: Seconds for one page of documents.
TIMEOUT = 30.0


@dataclass(frozen=True, slots=True)
class Drift:
    """Listings by how index and database differ.

    `missing`: live, but not in the index; `extra`: in the index, but not live; `stale`: in both
    under different versions.
    """

    missing: tuple[int, ...]
    extra: tuple[int, ...]
    stale: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.stale)


@dataclass(frozen=True, slots=True)
class IndexState:
    """What an operator wants to know. `problem`: why the index cannot be used, "" if it can."""

    alias: str
    index: str
    server: str
    documents: int
    live: int
    pending: int
    building: str
    problem: str


def drift() -> Drift:
    """Every difference between the index and the database. Raises Unavailable."""
    alias = settings.OPENSEARCH_INDEX
    call(lambda server: indices.current(server, alias), TIMEOUT)
    call(lambda server: server.indices.refresh(index=alias), TIMEOUT)
    held = dict(_held(alias))
    rows = {pk: (version, active) for pk, version, active in _rows()}
    shown = {pk for pk, (_, active) in held.items() if active}
    live = {pk for pk, (_, active) in rows.items() if active}
    stale = {pk for pk in shown & live if held[pk][0] != rows[pk][0]}
    return Drift(
        missing=tuple(sorted(live - shown)),
        extra=tuple(sorted(shown - live)),
        stale=tuple(sorted(stale)),
    )


def state() -> IndexState:
    """How the index stands. Raises Unavailable when OpenSearch does not answer."""
    alias = settings.OPENSEARCH_INDEX
    server = call(lambda server: str(server.info()["version"]["number"]), TIMEOUT)
    build = IndexBuild.objects.filter(alias=alias).first()
    name, documents, problem = "", 0, ""
    try:
        index = call(lambda server: indices.behind(server, alias), TIMEOUT)
        if index is not None:
            name = index.name
        call(lambda server: indices.current(server, alias), TIMEOUT)
        documents = call(live_documents, TIMEOUT)
    except indices.NotOurs as error:
        problem = str(error)
    except indices.OutOfDate as error:
        problem = f"rebuild needed: {error}"
    return IndexState(
        alias=alias,
        index=name,
        server=server,
        documents=documents,
        live=Listing.objects.live().count(),
        pending=sync.pending(),
        building=f"{build.index} since {build.started:%Y-%m-%d %H:%M:%S}" if build else "",
        problem=problem,
    )


def live_documents(server: OpenSearch) -> int:
    """How many documents of the live index can be found."""
    body = {"query": {"term": {"active": True}}}
    answer = server.count(index=settings.OPENSEARCH_INDEX, body=body)
    of_every_shard(answer)
    return int(answer["count"])


def _held(alias: str) -> Iterator[tuple[int, tuple[int, bool]]]:
    """Version and whether it is live, for every document of the index."""
    after: list[int] = []
    while True:
        body = {
            "size": _PAGE,
            "query": {"match_all": {}},
            "sort": ["listing"],
            "_source": False,
            "docvalue_fields": ["version", "active"],
            **({"search_after": after} if after else {}),
        }
        found = call(partial(_page, alias=alias, body=body), TIMEOUT)
        if not found:
            return
        yield from ((pk, (version, active)) for pk, version, active in found)
        after = [found[-1][0]]


def _page(server: OpenSearch, alias: str, body: dict[str, Any]) -> list[tuple[int, int, bool]]:
    return [
        (int(hit["sort"][0]), int(hit["fields"]["version"][0]), bool(hit["fields"]["active"][0]))
        for hit in whole(server.search(index=alias, body=body))
    ]


def _rows() -> Iterator[tuple[int, int, bool]]:
    rows = Listing.objects.order_by("pk").values_list("pk", "version", "active").iterator()
    while page := list(islice(rows, _PAGE)):
        yield from page
