"""The engine over OpenSearch: one `_msearch` for an enquiry, ids back, rows from the database."""

import time
from collections.abc import Iterable, Sequence

from django.conf import settings

from directory.geography.coverage import covers
from directory.models import Listing
from directory.search.document import reach_of
from directory.search.engine import NumberedRecord
from directory.search.live import live_facets
from directory.search.opensearch import checking, indices, queries, rebuilding, sync
from directory.search.opensearch.answers import Hit, hits, hits_of_each
from directory.search.opensearch.client import call
from directory.search.query import Candidate, EngineStatus, Proposal, Query, Suggestion
from directory.search.turns import in_turns, one_after_another

#: How long, in seconds, it stays believed that the index behind the alias is ours and up to date.
_BELIEVED = 60.0
#: Seconds that a push after saving may take for each bulk.
_PATIENCE = 2.0
_NEED = "need:"


class OpenSearchEngine:
    """Search in our index. Every method raises Unavailable when there is no usable answer."""

    name = "opensearch"

    def __init__(self) -> None:
        self._believed_until = 0.0

    def candidates(self, query: Query) -> Proposal:
        """Listings that may answer `query`, best first, at most `query.limit`."""
        began = time.monotonic()
        self._believe(began)
        bodies = queries.searches(query, settings.OPENSEARCH_TIMEOUT)
        index = {"index": settings.OPENSEARCH_INDEX}
        lines = [line for body in bodies.values() for line in (index, body)]
        answer = call(lambda server: server.msearch(body=lines), since=began)
        found = hits_of_each(answer, list(bodies))
        return Proposal(tuple(_candidates(found, query)), engine=self.name)

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        """Names with words that begin with what was typed, as the database has them today."""
        typed = queries.typed(prefix)
        if not typed:
            return []
        began = time.monotonic()
        self._believe(began)
        body = queries.completion(typed, limit)
        index = settings.OPENSEARCH_INDEX
        found = call(lambda server: hits(server.search(index=index, body=body)), since=began)
        ids = [hit.listing_id for hit in found]
        rows = {
            pk: Suggestion(text=f"{name} ({partner})", url=url)
            for pk, name, partner, url in Listing.objects.live()
            .filter(pk__in=ids)
            .values_list("pk", "name", "organization__name", "url")
        }
        return [rows[pk] for pk in ids if pk in rows]

    def rebuild(self) -> int:
        """Fill a new index from the live listings and move over to it."""
        return rebuilding.rebuild().documents

    def apply(self, put: Iterable[NumberedRecord], remove: Sequence[int]) -> None:
        """Push the rows of these listings as the database has them."""
        sync.push([*(pk for pk, _ in put), *remove])

    def push_pending(self) -> sync.Pushed:
        """Push what the index has not confirmed, in the time that somebody who saves will wait."""
        return sync.push_pending(timeout=_PATIENCE)

    def status(self) -> EngineStatus:
        """How many live listings the index holds, and how many changes were not confirmed."""
        began = time.monotonic()
        self._believe(began)
        documents = call(checking.live_documents, since=began)
        pending = sync.pending()
        return EngineStatus(
            name=self.name, healthy=pending == 0, documents=documents, behind=pending
        )

    def _believe(self, now: float) -> None:
        """Make sure, once in a while, that the index is ours and has today's mapping."""
        if now >= self._believed_until:
            alias = settings.OPENSEARCH_INDEX
            call(lambda server: indices.current(server, alias), since=now)
            self._believed_until = now + _BELIEVED


def _candidates(found: dict[str, list[Hit]], query: Query) -> Iterable[Candidate]:
    by_need = [[hit.listing_id for hit in found[_NEED + code]] for code in query.needs]
    together = [hit.listing_id for hit in found.get("needs", ())]
    within = list(dict.fromkeys([*in_turns(by_need, query.limit), *together]))[: query.limit]
    scores = {hit.listing_id: hit.score for hit in found.get("text", ())}
    beyond = [hit.listing_id for hit in found.get("beyond", ())]
    by_text = [*scores, *(hit.listing_id for hit in found.get("everything", ()))]
    ids = one_after_another(within, by_text, beyond, query.limit)[: query.limit]
    met = {hit.listing_id: set(hit.needs) for each in found.values() for hit in each}
    distances = _distances(ids, query)
    for pk in ids:
        if pk in distances:
            yield Candidate(
                listing_id=pk,
                text_score=scores.get(pk, 0.0),
                matched_needs=tuple(code for code in query.needs if code in met[pk]),
                distance_km=distances[pk],
            )


def _distances(ids: Sequence[int], query: Query) -> dict[int, float | None]:
    """Distance by listing, of those that are live, when it was asked for."""
    if not query.distances:
        return dict.fromkeys(ids)
    rows = live_facets(ids)
    return {pk: covers(reach_of(rows[pk]), query.place).distance_km for pk in ids if pk in rows}
