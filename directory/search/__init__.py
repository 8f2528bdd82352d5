"""Finding candidates: the query, the protocol that every engine keeps, and which one is in use."""

from functools import cache

from directory.search.embedded.engine import EmbeddedEngine
from directory.search.engine import Engine

__all__ = ["current_engine"]


@cache
def current_engine() -> Engine:
    """The engine of this install: the database itself."""
    return EmbeddedEngine()
