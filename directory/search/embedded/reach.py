"""Which listings meet a need and may cover a place: a short range of one index per pair.

Rows of one (need, token) lie together, best first. For every need of the query and every token
of the place the first few are read, so the cost follows the query and not the directory.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from django.db import connection

from directory.geography.coverage import place_tokens, reach_tokens
from directory.models import Reach
from directory.records import ServiceRecord
from directory.search.document import completeness, facets, reach_of
from directory.search.engine import NumberedRecord
from directory.search.query import Query

#: Listings read for each pair beyond what the need's share of the answer takes: some of one pair
#: are also in another.
_SPARE = 10
#: Listings read for each pair of a need and a token that lies just beyond the place.
_BEYOND = 5

_RANGES = """
SELECT need.value, token.key + {first}, reach.listing_id, reach.weight, reach.quality
FROM json_each(%s) AS need CROSS JOIN json_each(%s) AS token CROSS JOIN directory_reach AS reach
WHERE reach.id IN (
    SELECT id FROM directory_reach
    WHERE need = need.value AND token = token.value
    ORDER BY weight DESC, quality DESC, listing_id LIMIT %s
)
"""


@dataclass(frozen=True, slots=True)
class Reached:
    """Listings by how they were reached, each with the needs of the query that it meets.

    `within`: may cover the place; `beyond`: share a cell of the map with it or lie next to it.
    """

    within: tuple[int, ...]
    beyond: tuple[int, ...]
    needs: dict[int, tuple[str, ...]]


def write(numbered: Iterable[NumberedRecord]) -> None:
    """Add the rows of listings."""
    Reach.objects.bulk_create(row for pk, record in numbered for row in _rows(pk, record))


def remove(pks: Sequence[int]) -> None:
    """Take the rows of listings out."""
    Reach.objects.filter(listing_id__in=pks).delete()


def clear() -> None:
    """Empty the table."""
    Reach.objects.all().delete()


def reached(query: Query) -> Reached:
    """Listings that meet a need of `query` and may cover its place, each need given its turn."""
    near = place_tokens(query.place)
    tokens = place_tokens(query.place, beyond=True) if query.beyond else near
    far = [token for token in tokens if token not in set(near)]
    rows = _ranges(query, near, far)
    within: dict[str, list[tuple[float, int, float, int]]] = defaultdict(list)
    beyond: dict[str, list[tuple[float, int, float, int]]] = defaultdict(list)
    needs: dict[int, set[str]] = defaultdict(set)
    for need, token_rank, listing_id, weight, quality in rows:
        side = within if token_rank < len(near) else beyond
        side[need].append((-weight, token_rank, -quality, listing_id))
        needs[listing_id].add(need)
    first = _in_turns(within, query.needs, query.limit)
    taken = set(first)
    rest = [pk for pk in _in_turns(beyond, query.needs, query.limit) if pk not in taken]
    return Reached(
        within=tuple(first),
        beyond=tuple(rest),
        needs={pk: tuple(n for n in query.needs if n in met) for pk, met in needs.items()},
    )


def _ranges(
    query: Query, near: Sequence[str], far: Sequence[str]
) -> list[tuple[str, int, int, float, float]]:
    """(need, rank of the token, listing, weight, quality): the first of each range, one query."""
    needs = json.dumps(query.needs)
    sql = _RANGES.format(first=0) + "UNION ALL" + _RANGES.format(first=len(near))
    depth = query.limit // max(1, len(query.needs)) + _SPARE
    with connection.cursor() as cursor:
        cursor.execute(sql, [needs, json.dumps(near), depth, needs, json.dumps(far), _BEYOND])
        rows: list[tuple[str, int, int, float, float]] = cursor.fetchall()
    return rows


def _in_turns(
    ranked: dict[str, list[tuple[float, int, float, int]]], needs: Sequence[str], limit: int
) -> list[int]:
    """The best of every need, then the second best of every need, …: no need is crowded out."""
    queues = [[row[-1] for row in sorted(ranked[need])] for need in needs if need in ranked]
    turns = (pk for turn in zip_longest(*queues) for pk in turn if pk is not None)
    return list(dict.fromkeys(turns))[:limit]


def _rows(pk: int, record: ServiceRecord) -> Iterator[Reach]:
    quality = completeness(record)
    for token in reach_tokens(reach_of(facets(record))):
        for need in record.needs:
            yield Reach(
                listing_id=pk, need=need.code, token=token, weight=need.weight, quality=quality
            )
