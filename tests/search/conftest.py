"""The demonstration in an index, and the product before it with something in between."""

import secrets
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings

from directory import search
from directory.search.opensearch.client import call
from directory.search.opensearch.rebuilding import rebuild
from tests.misbehaving_proxy import MisbehavingProxy


@pytest.fixture(scope="module")
def demonstration_index(django_db_setup, django_db_blocker, node_url) -> Iterator[str]:
    """The alias of an index with every listing of the demonstration, which no test changes."""
    name = f"demonstration-{secrets.token_hex(4)}"
    with override_settings(OPENSEARCH_URL=node_url, OPENSEARCH_INDEX=name, OPENSEARCH_TIMEOUT=60.0):
        with django_db_blocker.unblock(), transaction.atomic():
            made = rebuild()
            # The rows go on saying that nothing was confirmed: the tests share them.
            transaction.set_rollback(True)
        yield name
        call(lambda server: server.indices.delete(index=made.index), 60)


@pytest.fixture
def pause() -> float:
    """Seconds for which a server that fails is left alone: for good, unless a test says less."""
    return 10_000.0


@pytest.fixture
def server(proxy, settings, demonstration_index, pause) -> Iterator[MisbehavingProxy]:
    """What misbehaves when told to, before the demonstration's index; it has time to answer."""
    own, settings.OPENSEARCH_INDEX = settings.OPENSEARCH_INDEX, demonstration_index
    settings.OPENSEARCH_TIMEOUT, settings.OPENSEARCH_PAUSE = 10.0, pause
    search._failover.cache_clear()
    yield proxy
    settings.OPENSEARCH_INDEX = own
