"""The full-text index of the embedded engine: written with the listing, in its transaction.

What an entry says and what is asked of it is in `entry`; each database has a module of its own
for what only it can say.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

from directory.search.embedded.fulltext import postgresql, sqlite
from directory.search.embedded.fulltext.dialect import Dialect, Statement
from directory.search.embedded.fulltext.entry import asked, entry_of, typed
from directory.search.engine import NumberedRecord
from directory.search.query import Query, Suggestion

_DIALECTS: dict[str, Dialect] = {"sqlite": sqlite, "postgresql": postgresql}


def create_statements(vendor: str) -> tuple[str, ...]:
    """The statements that make the tables, for a migration."""
    return _DIALECTS[vendor].CREATE


def drop_statements(vendor: str) -> tuple[str, ...]:
    """The statements that take them away."""
    return tuple(f"DROP TABLE {table}" for table in tables(vendor))


def tables(vendor: str) -> tuple[str, ...]:
    """The tables that hold entries."""
    return _DIALECTS[vendor].TABLES


def write(
    numbered: Iterable[NumberedRecord], need_words: Mapping[str, str], anew: bool = False
) -> None:
    """Add entries. `need_words`: for each need code or presented slug, what people call it.

    `anew`: to the index that is being made; see `making_anew`.
    """
    entries = [entry_of(pair, need_words) for pair in numbered]
    with connection.cursor() as cursor:
        for statement in _dialect().insert(entries, anew):
            cursor.executemany(statement.sql, statement.values)


@contextmanager
def making_anew() -> Iterator[None]:
    """In the caller's transaction, an empty index to write to, which then takes the place of the
    old one. Needs the right to make tables.
    """
    dialect = _dialect()
    _run(dialect.BEGIN)
    yield
    _run(dialect.END)


def remove(pks: Sequence[int]) -> None:
    """Take entries out; those that are not there do not matter."""
    dialect = _dialect()
    with connection.cursor() as cursor:
        for table in dialect.TABLES:
            cursor.executemany(
                f"DELETE FROM {table} WHERE {dialect.KEY} = %s", [(pk,) for pk in pks]
            )


def count() -> int:
    """How many listings the index holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM directory_fulltext")
        return int(cursor.fetchone()[0])


def matches(query: Query) -> dict[int, float]:
    """Text scores by listing, larger is better: the best that may cover the place.

    With needs, only listings that meet one of them are scored.
    """
    wanted = asked(query)
    if wanted is None:
        return {}
    return {int(pk): float(score) for pk, score in _rows(_dialect().match(wanted))}


def suggest(prefix: str, limit: int) -> list[Suggestion]:
    """Names with a word that begins with what was typed, oldest listing first."""
    wanted = typed(prefix)
    if wanted is None:
        return []
    found = _rows(_dialect().complete(wanted, limit))
    return [Suggestion(text=title, url=url) for title, url in found]


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _rows(statement: Statement) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _dialect() -> Dialect:
    return _DIALECTS[connection.vendor]
