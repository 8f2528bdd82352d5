"""The full-text index on SQLite: FTS5.

Facets go into the index as tokens of a column of weight 0, so that `tags : areae07000149 AND …`
is answered by the inverted index itself: at 100,000 services that was 8.6 times faster than a
join. A facet token is letters and digits only, so the tokenizer leaves it whole.
"""

import re
from collections.abc import Iterable, Sequence

from directory.search.embedded.fulltext.dialect import Statement
from directory.search.embedded.fulltext.entry import Asked, Entry, Typed

#: bm25 weights of the columns name, needs, organization, summary, description, tags.
_WEIGHTS = "8.0, 5.0, 4.0, 3.0, 1.0, 0.0"
_NOT_ALNUM = re.compile(r"[^a-z0-9]")

CREATE = (
    """CREATE VIRTUAL TABLE directory_fulltext USING fts5(
        name, needs, organization, summary, description, tags, tokenize = "porter unicode61"
    )""",
    # Which listings have a word is all that is asked of it: not where, and how often.
    """CREATE VIRTUAL TABLE directory_suggest USING fts5(
        words, title UNINDEXED, url UNINDEXED, prefix = '1 2 3', tokenize = "unicode61",
        detail = none
    )""",
)
TABLES = ("directory_fulltext", "directory_suggest")
KEY = "rowid"
# Taking row after row out of an FTS5 table costs as much as putting them in. Others read the old
# tables until these are committed.
BEGIN = (*(f"DROP TABLE {table}" for table in TABLES), *CREATE)
END: tuple[str, ...] = ()


def insert(entries: Sequence[Entry], anew: bool = False) -> list[Statement]:
    """Add entries that are not there."""
    return [
        Statement(
            "INSERT INTO directory_fulltext"
            "(rowid, name, needs, organization, summary, description, tags)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [
                (e.listing_id, e.name, e.needs, e.organization, e.summary, e.description, _tags(e))
                for e in entries
            ],
        ),
        Statement(
            "INSERT INTO directory_suggest(rowid, words, title, url) VALUES (%s, %s, %s, %s)",
            [(e.listing_id, e.title_words, e.title, e.url) for e in entries],
        ),
    ]


def match(asked: Asked) -> Statement:
    """Listings with their bm25 scores, best first, ties by listing."""
    expression = f"{{name needs organization summary description}} : {_any(asked.words)}"
    for kind, values in (("reach", asked.reach), ("need", asked.codes)):
        if values:
            expression = f"tags : {_any(_facet(kind, value) for value in values)} AND {expression}"
    return Statement(
        f"SELECT rowid, -bm25(directory_fulltext, {_WEIGHTS}) AS score "
        "FROM directory_fulltext WHERE directory_fulltext MATCH %s "
        "ORDER BY score DESC, rowid LIMIT %s",
        [expression, asked.limit],
    )


def complete(typed: Typed, limit: int) -> Statement:
    """Titles with their addresses, by listing: FTS5 reads in that order without being asked."""
    expression = " AND ".join(
        [*(_quoted(word) for word in typed.whole), f"{_quoted(typed.begun)}*"]
    )
    return Statement(
        "SELECT title, url FROM directory_suggest WHERE directory_suggest MATCH %s LIMIT %s",
        [expression, limit],
    )


def _tags(entry: Entry) -> str:
    facets = [("reach", token) for token in entry.reach] + [("need", code) for code in entry.codes]
    return " ".join(_facet(kind, value) for kind, value in facets)


def _facet(kind: str, value: str) -> str:
    """One facet as a token: _facet("need", "debt-advice") is "xneedxdebtxadvice"."""
    return "x" + _NOT_ALNUM.sub("x", f"{kind}x{value}".lower())


def _any(tokens: Iterable[str]) -> str:
    """Tokens as an expression that any of them satisfies. Nothing typed becomes syntax."""
    return "(" + " OR ".join(_quoted(token) for token in tokens) + ")"


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'
