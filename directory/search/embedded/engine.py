"""The embedded engine: candidates by need and place from `reach`, by words from `fulltext`."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Collate

from directory.geography.coverage import covers
from directory.models import Listing, Need, PresentedNeed
from directory.search.document import reach_of, record_from
from directory.search.embedded import fulltext, reach
from directory.search.engine import NumberedRecord
from directory.search.query import Candidate, EngineStatus, Proposal, Query, Suggestion
from directory.search.turns import one_after_another
from directory.writing import wait_for_turn

_CHUNK = 1_000
_CHOICES = ("levels", "delivery", "languages")


class EmbeddedEngine:
    """Search in the directory's own database: never stale, nothing to run."""

    name = "embedded"

    def candidates(self, query: Query) -> Proposal:
        """Listings that may answer `query`, best first, at most `query.limit`.

        Three queries at most: needs and place, words, and the rows that hard filters and distance
        need. Listings that just miss the place (`query.beyond`) come last.
        """
        found = reach.reached(query) if query.needs else reach.Reached((), (), {})
        scores = fulltext.matches(query)
        by_text = sorted(scores, key=lambda pk: (-scores[pk], pk))
        if query.needs or query.text.strip():
            ids = one_after_another(found.within, by_text, found.beyond, query.limit)
        else:
            by_name = Listing.objects.live().order_by(_code_points("name"), "pk")
            ids = list(by_name.values_list("pk", flat=True)[: query.limit])
        rows = _rows(ids, query) if query.distances or _filters(query) else dict.fromkeys(ids)
        kept = [pk for pk in ids if pk in rows][: query.limit]
        return Proposal(
            tuple(
                Candidate(
                    listing_id=pk,
                    text_score=scores.get(pk, 0.0),
                    matched_needs=found.needs.get(pk, ()),
                    distance_km=rows[pk],
                )
                for pk in kept
            ),
            engine=self.name,
        )

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        """Names with words that begin with what was typed."""
        return fulltext.suggest(prefix, limit)

    @transaction.atomic
    def rebuild(self) -> int:
        """Make the full-text and reach tables anew from the live listings.

        Until it is done everybody reads the old ones, and who publishes waits.
        """
        wait_for_turn()
        reach.clear()
        words, done = need_words(), 0
        with fulltext.making_anew():
            for chunk in _live_chunks():
                fulltext.write(chunk, words, anew=True)
                reach.write(chunk)
                done += len(chunk)
        return done

    def apply(self, put: Iterable[NumberedRecord], remove: Sequence[int]) -> None:
        """Take in changes, in the caller's transaction."""
        numbered = list(put)
        gone = [*remove, *(pk for pk, _ in numbered)]
        if gone:
            fulltext.remove(gone)
            reach.remove(gone)
        if numbered:
            fulltext.write(numbered, need_words())
            reach.write(numbered)

    def status(self) -> EngineStatus:
        """How many listings are indexed. Written with the listings, it is never behind."""
        live = Listing.objects.live().count()
        held = fulltext.count()
        return EngineStatus(
            name=self.name, healthy=held == live, documents=held, behind=max(0, live - held)
        )


def need_words() -> dict[str, str]:
    """For each need code and presented slug, the words that people know it by (two queries)."""
    words = {
        need.code: f"{need.name} . {need.plain_name}"
        for need in Need.objects.only("name", "plain_name")
    }
    words.update(PresentedNeed.objects.values_list("slug", "name"))
    return words


def _rows(ids: Sequence[int], query: Query) -> dict[int, float | None]:
    """Distance by listing, for those of `ids` that are live and pass the hard filters."""
    rows = _filtered(Listing.objects.live().filter(pk__in=ids), query)
    wanted = [(set(getattr(query, name)), name) for name in _CHOICES]
    kept = {}
    for pk, facets in rows.values_list("pk", "facets"):
        if all(not choice or choice & set(facets[name]) for choice, name in wanted):
            kept[pk] = covers(reach_of(facets), query.place).distance_km
    return kept


def _code_points(column: str) -> Collate:
    """A column as Python sorts it, whatever language the database sorts by."""
    return Collate(column, "C" if connection.vendor == "postgresql" else "BINARY")


def _filters(query: Query) -> bool:
    """Whether the query has conditions that a listing must meet."""
    return bool(query.ages) or any(getattr(query, name) for name in _CHOICES)


def _filtered(rows: "QuerySet[Listing]", query: Query) -> "QuerySet[Listing]":
    if not query.ages:
        return rows
    fits = Q()
    for age in query.ages:
        fits |= (Q(minimum_age__isnull=True) | Q(minimum_age__lte=age)) & (
            Q(maximum_age__isnull=True) | Q(maximum_age__gte=age)
        )
    return rows.filter(fits)


def _live_chunks() -> Iterator[list[NumberedRecord]]:
    chunk: list[NumberedRecord] = []
    rows = Listing.objects.live().order_by("pk").values_list("pk", "document")
    for pk, document in rows.iterator(chunk_size=_CHUNK):
        chunk.append((pk, record_from(document)))
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
