"""The embedded engine keeps the contract."""

import pytest

from directory.search.embedded.engine import EmbeddedEngine
from tests.contracts.engine import EngineContract


class TestEmbeddedEngine(EngineContract):
    @pytest.fixture
    def engine(self) -> EmbeddedEngine:
        return EmbeddedEngine()
