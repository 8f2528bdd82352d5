"""What the module of a database must give: the index in that database's SQL."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from directory.search.embedded.fulltext.entry import Asked, Entry, Typed


class Statement(NamedTuple):
    """SQL with the values of its places. Whatever was typed is a value."""

    sql: str
    values: Sequence[Any]


class Dialect(Protocol):
    """Nothing here touches the database.

    `CREATE`: statements that make `TABLES`, in each of which the column `KEY` holds the listing.
    To make the index anew: `BEGIN`, then entries are inserted with `anew`, then `END`. Until that
    is committed everybody reads the old one.
    """

    @property
    def CREATE(self) -> tuple[str, ...]: ...

    @property
    def TABLES(self) -> tuple[str, ...]: ...

    @property
    def KEY(self) -> str: ...

    @property
    def BEGIN(self) -> tuple[str, ...]: ...

    @property
    def END(self) -> tuple[str, ...]: ...

    def insert(self, entries: Sequence[Entry], anew: bool = False) -> list[Statement]:
        """Add entries that are not there: each statement is run for every row of its values."""
        ...

    def match(self, asked: Asked) -> Statement:
        """Listings with their scores, best first, ties by listing."""
        ...

    def complete(self, typed: Typed, limit: int) -> Statement:
        """Titles with their addresses, by listing."""
        ...
