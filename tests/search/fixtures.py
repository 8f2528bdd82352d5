"""Real nodes of OpenSearch for the tests, and the settings that point at them."""

import os
import secrets
from collections.abc import Callable, Iterator

import pytest
from opensearchpy import OpenSearch

from directory import search
from directory.search.opensearch.client import call
from directory.search.opensearch.indices import Index, all_of
from tests.misbehaving_proxy import MisbehavingProxy
from tests.opensearch import Node, needs_line


def node_of(line: str) -> Iterator[str]:
    """The address of a node of a line, which runs as long as the fixture lives."""
    needs_line(line)
    node = Node.start(line)
    yield node.url
    node.stop()


@pytest.fixture(scope="session")
def node_url() -> Iterator[str]:
    """A node that nobody stops: the one that the tests were started beside, or one of their own."""
    if os.environ.get("OPENSEARCH_URL"):
        yield os.environ["OPENSEARCH_URL"]
    else:
        yield from node_of("os2")


@pytest.fixture
def index(settings, node_url) -> Iterator[str]:
    """The product set up with OpenSearch, under a name that no other test uses; empty."""
    yield from index_at(settings, node_url)


def index_at(settings, url: str) -> Iterator[str]:
    """The same at an address."""
    settings.OPENSEARCH_URL = url
    settings.OPENSEARCH_INDEX = f"test-{secrets.token_hex(4)}"
    settings.OPENSEARCH_TIMEOUT = 10.0
    search._failover.cache_clear()
    yield settings.OPENSEARCH_INDEX
    search._failover.cache_clear()
    settings.OPENSEARCH_URL = url
    remove_indices(settings.OPENSEARCH_INDEX)


def remove_indices(alias: str) -> None:
    """Delete what tests made under an alias."""
    left = [index.name for index in call(_all_of(alias), 30)]
    if left:
        call(lambda server: server.indices.delete(index=",".join(left)), 30)


def _all_of(alias: str) -> Callable[[OpenSearch], list[Index]]:
    return lambda server: all_of(server, alias)


@pytest.fixture
def proxy(index, settings, node_url) -> Iterator[MisbehavingProxy]:
    """The product behind a proxy that misbehaves when told to."""
    with MisbehavingProxy(node_url) as proxy:
        settings.OPENSEARCH_URL = proxy.url
        search._failover.cache_clear()
        yield proxy
        search._failover.cache_clear()
        settings.OPENSEARCH_URL = node_url
