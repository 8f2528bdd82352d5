"""The engine over OpenSearch keeps the contract, on each line that runs here."""

import pytest

from directory.search.opensearch.client import call
from directory.search.opensearch.engine import OpenSearchEngine
from directory.search.opensearch.rebuilding import rebuild
from directory.search.query import EngineStatus, Proposal, Query, Suggestion
from tests.contracts.engine import EngineContract
from tests.search.fixtures import index_at, node_of


class Settled(OpenSearchEngine):
    """Waits, before each question, until everything said before can be found.

    Tests of the contract share one transaction, so nothing is ever committed and pushed by itself.
    """

    def candidates(self, query: Query) -> Proposal:
        self._settle()
        return super().candidates(query)

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        self._settle()
        return super().suggest(prefix, limit)

    def status(self) -> EngineStatus:
        self._settle()
        return super().status()

    def _settle(self) -> None:
        assert not self.push_pending().refused
        call(lambda server: server.indices.refresh(index="test-*"), 10)


class OpenSearchContract(EngineContract):
    @pytest.fixture
    def engine(self, empty_directory, address, settings) -> OpenSearchEngine:
        for _ in index_at(settings, address):
            rebuild()
            yield Settled()


class TestOpenSearch2(OpenSearchContract):
    @pytest.fixture
    def address(self, node_url):
        return node_url


@pytest.fixture(scope="module")
def node_3_url():
    yield from node_of("os3")


class TestOpenSearch3(OpenSearchContract):
    @pytest.fixture
    def address(self, node_3_url):
        return node_3_url
