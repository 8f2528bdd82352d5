"""Finding candidates: the query, the protocol that every engine keeps, and which one is in use."""

import os
from functools import cache

from django.conf import settings

from directory.search.embedded.engine import EmbeddedEngine
from directory.search.engine import Engine

__all__ = ["current_engine", "embedded_engine"]


def current_engine() -> Engine:
    """The engine that enquiries ask: OpenSearch where it is set up, with the embedded one behind
    it, otherwise the embedded one.
    """
    return _failover(os.getpid()) if settings.OPENSEARCH_URL else embedded_engine()


@cache
def embedded_engine() -> Engine:
    """The engine in the database itself, which is written with the listings."""
    return EmbeddedEngine()


@cache
def _failover(process: int) -> Engine:
    # Imported where it is used: without OpenSearch no worker pays for its client.
    from directory.search.failover import FailoverEngine
    from directory.search.opensearch.engine import OpenSearchEngine

    return FailoverEngine(OpenSearchEngine(), embedded_engine(), settings.OPENSEARCH_PAUSE)
