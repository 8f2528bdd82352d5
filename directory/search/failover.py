"""OpenSearch while it answers, the embedded engine when it does not, within one request."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from directory.search.circuit import Circuit
from directory.search.engine import Engine, NumberedRecord
from directory.search.opensearch.client import Unavailable
from directory.search.opensearch.engine import OpenSearchEngine
from directory.search.opensearch.queries import typed
from directory.search.query import EngineStatus, Proposal, Query, Suggestion

Answer = TypeVar("Answer")


class FailoverEngine:
    """Asks OpenSearch; while it does not answer, or its circuit is open, the embedded engine.

    Searches and pushes have a circuit each: an index that takes no changes can still be searched.
    """

    def __init__(self, first: OpenSearchEngine, second: Engine, pause: float) -> None:
        self.name = first.name
        self.searches = Circuit("OpenSearch", pause=pause)
        self.pushes = Circuit("OpenSearch takes no changes", pause=pause)
        self._first, self._second = first, second

    def candidates(self, query: Query) -> Proposal:
        """Listings that may answer `query`; the proposal says who made it, and if it had to."""
        proposal = self._asked(lambda: self._first.candidates(query))
        if proposal is not None:
            return proposal
        return replace(self._second.candidates(query), degraded=True)

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        """Names that begin with what was typed."""
        if not typed(prefix):
            # Nobody is asked, which must not count as an answer of OpenSearch.
            return []
        found = self._asked(lambda: self._first.suggest(prefix, limit))
        return self._second.suggest(prefix, limit) if found is None else found

    def rebuild(self) -> int:
        """Make both indexes anew."""
        self._second.rebuild()
        return self._first.rebuild()

    def apply(self, put: Iterable[NumberedRecord], remove: Sequence[int]) -> None:
        """Take in changes, in both."""
        numbered = list(put)
        self._second.apply(numbered, remove)
        self._first.apply(numbered, remove)

    def push_pending(self) -> None:
        """Let OpenSearch have the changes that it has not confirmed. What fails stays pending."""
        if not self.pushes.admits():
            return
        try:
            pushed = self._first.push_pending()
        except Unavailable as error:
            self.pushes.failed(str(error))
            return
        if pushed.refused:
            left = pushed.sent - pushed.confirmed
            self.pushes.failed(f"{left} of {pushed.sent} refused ({', '.join(pushed.refused)})")
        else:
            self.pushes.succeeded()

    def status(self) -> EngineStatus:
        """How the first engine is doing; unhealthy when it does not answer."""
        status = self._asked(self._first.status)
        if status is not None:
            return status
        second = self._second.status()
        return EngineStatus(
            name=self.name,
            healthy=False,
            documents=second.documents,
            behind=second.behind,
            answers=False,
        )

    def _asked(self, ask: Callable[[], Answer]) -> Answer | None:
        if not self.searches.admits():
            return None
        try:
            answer = ask()
        except Unavailable as error:
            self.searches.failed(f"{error}. The embedded engine answers meanwhile")
            return None
        self.searches.succeeded()
        return answer
