"""The full-text tables of the embedded engine: written with the listing, in its transaction."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

from directory.geography.coverage import place_tokens, reach_tokens
from directory.records import ServiceRecord
from directory.search.document import facets, reach_of
from directory.search.embedded.tokens import facet, prefix_expression, quoted, words
from directory.search.engine import NumberedRecord
from directory.search.query import Query, Suggestion

#: bm25 weights of the columns name, needs, organization, summary, description, tags.
_WEIGHTS = "8.0, 5.0, 4.0, 3.0, 1.0, 0.0"

CREATE = (
    """CREATE VIRTUAL TABLE directory_fulltext USING fts5(
        name, needs, organization, summary, description, tags,
        tokenize = "porter unicode61 remove_diacritics 2"
    )""",
    """CREATE VIRTUAL TABLE directory_suggest USING fts5(
        name, url UNINDEXED, prefix = '1 2 3', tokenize = "unicode61 remove_diacritics 2"
    )""",
)
DROP = ("DROP TABLE directory_suggest", "DROP TABLE directory_fulltext")


def write(numbered: Iterable[NumberedRecord], need_words: Mapping[str, str]) -> None:
    """Add entries. `need_words`: for each need code or presented slug, what people call it."""
    rows = list(numbered)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO directory_fulltext"
            "(rowid, name, needs, organization, summary, description, tags)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [_entry(pk, record, need_words) for pk, record in rows],
        )
        cursor.executemany(
            "INSERT INTO directory_suggest(rowid, name, url) VALUES (%s, %s, %s)",
            [
                (pk, f"{record.name} ({record.organization.name})", record.url)
                for pk, record in rows
            ],
        )


def remove(pks: Sequence[int]) -> None:
    """Take entries out; those that are not there do not matter."""
    with connection.cursor() as cursor:
        for table in ("directory_fulltext", "directory_suggest"):
            cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(pk,) for pk in pks])


def clear() -> None:
    """Empty both tables."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM directory_fulltext")
        cursor.execute("DELETE FROM directory_suggest")


def count() -> int:
    """How many listings the index holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM directory_fulltext")
        return int(cursor.fetchone()[0])


def matches(query: Query) -> dict[int, float]:
    """Text scores by listing, larger is better: the best that may cover the place.

    With needs, only listings that meet one of them are scored.
    """
    tokens = words(query.text)
    if not tokens:
        return {}
    expression = f"{{name needs organization summary description}} : {quoted(tokens)}"
    for kind, values in (("reach", place_tokens(query.place)), ("need", query.needs)):
        if values:
            facets_of_kind = quoted(facet(kind, value) for value in values)
            expression = f"tags : {facets_of_kind} AND {expression}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid, -bm25(directory_fulltext, {_WEIGHTS}) AS score "
            "FROM directory_fulltext WHERE directory_fulltext MATCH %s "
            "ORDER BY score DESC, rowid LIMIT %s",
            [expression, query.limit],
        )
        return {int(pk): float(score) for pk, score in cursor.fetchall()}


def suggest(prefix: str, limit: int) -> list[Suggestion]:
    """Names with a word that begins with what was typed, oldest listing first."""
    expression = prefix_expression(prefix)
    if not expression:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, url FROM directory_suggest WHERE directory_suggest MATCH %s LIMIT %s",
            [f"name : {expression}" if " AND " not in expression else expression, limit],
        )
        return [Suggestion(text=name, url=url) for name, url in cursor.fetchall()]


def _entry(pk: int, record: ServiceRecord, need_words: Mapping[str, str]) -> tuple[int | str, ...]:
    codes = [need.code for need in record.needs]
    spoken = [need_words.get(code, code) for code in (*codes, *record.presented_needs)]
    reach = reach_of(facets(record))
    tags = [facet("reach", token) for token in reach_tokens(reach)]
    tags += [facet("need", code) for code in codes]
    return (
        pk,
        record.name,
        " . ".join(spoken),
        record.organization.name,
        record.summary,
        record.description,
        " ".join(tags),
    )
