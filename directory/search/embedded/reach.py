"""Which listings meet a need and may cover a place: a short range of one index per pair.

Rows of one (need, token) lie together, best first. For every need of the query and every token
of the place the first few are read, so the cost follows the query and not the directory.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from directory.geography.coverage import place_tokens
from directory.models import Reach
from directory.records import ServiceRecord
from directory.search.document import completeness, coverage_tokens
from directory.search.engine import NumberedRecord
from directory.search.query import Query
from directory.search.turns import in_turns

Row = tuple[int, str, str, float, float]
"""Listing, need, token, weight, quality: a row of the table."""

#: Listings read for each pair beyond what the need's share of the answer takes: some of one pair
#: are also in another.
_SPARE = 10
#: Listings read for each pair of a need and a token that lies just beyond the place.
_BEYOND = 5

#: The first rows of every pair of a need and a token, with the rank of the token.
_RANGES = {
    "sqlite": """
SELECT asked.value, near.key + %s, reach.listing_id, reach.weight, reach.quality
FROM json_each(%s) AS asked CROSS JOIN json_each(%s) AS near CROSS JOIN directory_reach AS reach
WHERE reach.id IN (
    SELECT id FROM directory_reach
    WHERE need = asked.value AND token = near.value
    ORDER BY weight DESC, quality DESC, listing_id LIMIT %s
)
""",
    "postgresql": """
SELECT asked.value, near.rank - 1 + %s, reach.listing_id, reach.weight, reach.quality
FROM unnest(%s::text[]) AS asked (value)
CROSS JOIN unnest(%s::text[]) WITH ORDINALITY AS near (value, rank)
CROSS JOIN LATERAL (
    SELECT listing_id, weight, quality FROM directory_reach
    WHERE need = asked.value AND token = near.value
    ORDER BY weight DESC, quality DESC, listing_id LIMIT %s
) AS reach
""",
}
#: Rows that are added: on PostgreSQL all in one statement, column by column.
_INSERT = {
    "sqlite": """
INSERT INTO directory_reach (listing_id, need, token, weight, quality) VALUES (%s, %s, %s, %s, %s)
""",
    "postgresql": """
INSERT INTO directory_reach (listing_id, need, token, weight, quality)
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::float8[], %s::float8[])
""",
}
#: How a list of words is handed over.
_ARRAYS: dict[str, Callable[[Sequence[str]], Any]] = {"sqlite": json.dumps, "postgresql": list}


@dataclass(frozen=True, slots=True)
class Reached:
    """Listings by how they were reached, each with the needs of the query that it meets.

    `within`: may cover the place; `beyond`: share a cell of the map with it or lie next to it.
    """

    within: tuple[int, ...]
    beyond: tuple[int, ...]
    needs: dict[int, tuple[str, ...]]


def write(numbered: Iterable[NumberedRecord]) -> None:
    """Add the rows of listings. Some ten each: the ORM would take most of the time for them."""
    rows = [row for pk, record in numbered for row in _rows(pk, record)]
    values = rows if connection.vendor == "sqlite" else [_columns(rows)]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT[connection.vendor], values)


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
    first = _by_turns(within, query.needs, query.limit)
    taken = set(first)
    rest = [pk for pk in _by_turns(beyond, query.needs, query.limit) if pk not in taken]
    return Reached(
        within=tuple(first),
        beyond=tuple(rest),
        needs={pk: tuple(n for n in query.needs if n in met) for pk, met in needs.items()},
    )


def _ranges(
    query: Query, near: Sequence[str], far: Sequence[str]
) -> list[tuple[str, int, int, float, float]]:
    """(need, rank of the token, listing, weight, quality): the first of each range, one query."""
    sql, array = _RANGES[connection.vendor], _ARRAYS[connection.vendor]
    depth = query.limit // max(1, len(query.needs)) + _SPARE
    parts = [(0, near, depth), (len(near), far, _BEYOND)]
    values = [
        value
        for first, tokens, most in parts
        for value in (first, array(query.needs), array(tokens), most)
    ]
    with connection.cursor() as cursor:
        cursor.execute("UNION ALL".join([sql] * len(parts)), values)
        rows: list[tuple[str, int, int, float, float]] = cursor.fetchall()
    return rows


def _by_turns(
    ranked: dict[str, list[tuple[float, int, float, int]]], needs: Sequence[str], limit: int
) -> list[int]:
    return in_turns(
        [[row[-1] for row in sorted(ranked[need])] for need in needs if need in ranked], limit
    )


def _rows(pk: int, record: ServiceRecord) -> Iterator[Row]:
    quality = completeness(record)
    for token in coverage_tokens(record):
        for need in record.needs:
            yield pk, need.code, token, need.weight, quality


def _columns(rows: Sequence[Row]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
