"""The protocol that every search engine keeps. One contract test-suite runs against each."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from directory.records import ServiceRecord
from directory.search.query import EngineStatus, Proposal, Query, Suggestion

NumberedRecord = tuple[int, ServiceRecord]
"""A listing's primary key with what it says."""


class Engine(Protocol):
    """Proposes ids and nothing else: rows are read from the database."""

    name: str

    def candidates(self, query: Query) -> Proposal:
        """Listings that may answer `query`, best first, at most `query.limit`."""
        ...

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        """Names that begin with what was typed; the last word may be unfinished."""
        ...

    def rebuild(self) -> int:
        """Make the index anew from the live listings. Returns how many it holds."""
        ...

    def apply(self, put: Iterable[NumberedRecord], remove: Sequence[int]) -> None:
        """Take in changes. Doing so twice changes nothing."""
        ...

    def status(self) -> EngineStatus:
        """How the engine is doing."""
        ...
