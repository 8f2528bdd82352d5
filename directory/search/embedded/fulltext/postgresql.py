"""The full-text index on PostgreSQL: `tsvector` and GIN.

The words come folded and apart, so its parser, which would take "parent/carer" for a file, finds
nothing but words, and its dictionary only stems them.
"""

from collections.abc import Iterable, Sequence

from directory.search.embedded.fulltext.dialect import Statement
from directory.search.embedded.fulltext.entry import Asked, Entry, Typed

#: Of the labels D (description), C (organization, summary), B (needs), A (name): as on SQLite,
#: where they are 1, 4 and 3, 5 and 8.
_WEIGHTS = "{0.125, 0.4375, 0.625, 1}"

_TABLE = "directory_fulltext"
_ANEW = f"{_TABLE}_anew"
_COLUMNS = """CREATE TABLE {table} (
    listing_id bigint CONSTRAINT {table}_pkey PRIMARY KEY,
    document tsvector NOT NULL,
    tags text[] NOT NULL,
    suggestion tsvector NOT NULL,
    title text NOT NULL,
    url text NOT NULL
)"""
# Listings are read far more often than written: no list of what is still to be indexed.
_INDEXES = (
    "CREATE INDEX {table}_words ON {table} USING gin (document, tags) WITH (fastupdate = off)",
    "CREATE INDEX {table}_suggestion ON {table} USING gin (suggestion) WITH (fastupdate = off)",
)

CREATE = tuple(statement.format(table=_TABLE) for statement in (_COLUMNS, *_INDEXES))
TABLES = (_TABLE,)
KEY = "listing_id"
# An index over a full table is made in a tenth of the time that filling one row by row takes. The
# old table is locked at the very end only; whoever reads it for long makes this fail, for those
# who ask meanwhile would have to wait too.
BEGIN = (_COLUMNS.format(table=_ANEW),)
END = (
    *(statement.format(table=_ANEW) for statement in _INDEXES),
    "SET LOCAL lock_timeout = '5s'",
    f"DROP TABLE {_TABLE}",
    f"ALTER TABLE {_ANEW} RENAME TO {_TABLE}",
    *(
        f"ALTER INDEX {_ANEW}_{index} RENAME TO {_TABLE}_{index}"
        for index in ("pkey", "words", "suggestion")
    ),
    # Queries are not to be planned blindly until somebody comes by to look at the new table.
    f"ANALYZE {_TABLE}",
)

_INSERT = """
INSERT INTO {table} (listing_id, document, tags, suggestion, title, url)
SELECT
    listing_id,
    setweight(to_tsvector('english', name), 'A')
        || setweight(to_tsvector('english', needs), 'B')
        || setweight(to_tsvector('english', short), 'C')
        || setweight(to_tsvector('english', description), 'D'),
    string_to_array(tags, chr(10)), array_to_tsvector(string_to_array(suggestion, ' ')), title, url
FROM unnest(
    %s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
    %s::text[], %s::text[]
) AS entry (listing_id, name, needs, short, description, tags, suggestion, title, url)
"""
_MATCH = """
SELECT listing_id, ts_rank('{weights}', document, asked) AS score
FROM directory_fulltext, to_tsquery('english', %s) AS asked
WHERE document @@ asked {conditions}
ORDER BY score DESC, listing_id LIMIT %s
"""
_COMPLETE = """
SELECT title, url FROM directory_fulltext WHERE suggestion @@ %s::tsquery
ORDER BY listing_id LIMIT %s
"""


def insert(entries: Sequence[Entry], anew: bool = False) -> list[Statement]:
    """Add entries that are not there: all in one statement, column by column."""
    rows = [
        (
            e.listing_id,
            e.name,
            e.needs,
            f"{e.organization} {e.summary}",
            e.description,
            "\n".join(_tags(e.reach, e.codes)),
            " ".join(sorted(set(e.title_words.split()))),
            e.title,
            e.url,
        )
        for e in entries
    ]
    columns = [list(column) for column in zip(*rows, strict=True)]
    return [Statement(_INSERT.format(table=_ANEW if anew else _TABLE), [columns])]


def match(asked: Asked) -> Statement:
    """Listings with their `ts_rank`, best first, ties by listing."""
    facets = [tags for tags in (_tags(asked.reach, ()), _tags((), asked.codes)) if tags]
    sql = _MATCH.format(weights=_WEIGHTS, conditions="AND tags && %s::text[] " * len(facets))
    return Statement(sql, [_any(asked.words), *facets, asked.limit])


def complete(typed: Typed, limit: int) -> Statement:
    """Titles with their addresses, by listing."""
    words = " & ".join([*(_quoted(word) for word in typed.whole), f"{_quoted(typed.begun)}:*"])
    return Statement(_COMPLETE, [words, limit])


def _tags(reach: Iterable[str], codes: Iterable[str]) -> list[str]:
    return [*(f"reach:{token}" for token in reach), *(f"need:{code}" for code in codes)]


def _any(words: Iterable[str]) -> str:
    """Words as a query that any of them satisfies. Nothing typed becomes syntax."""
    return " | ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
