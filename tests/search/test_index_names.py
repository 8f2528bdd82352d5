"""What `manage.py check` says of a name for the index is what OpenSearch says."""

import pytest
from opensearchpy import OpenSearch

from directory.search.opensearch.client import Unavailable, call
from directory.search.opensearch.indices import new_name
from tests.directory.test_checks import REFUSED, TAKEN

pytestmark = pytest.mark.usefixtures("index")


def _made(name: str) -> str:
    """An empty index with the name that a rebuild would give it."""

    def make(server: OpenSearch) -> str:
        body = {"settings": {"number_of_shards": 1, "number_of_replicas": 0}}
        return server.indices.create(index=new_name(name), body=body)["index"]

    return call(make, 60)


@pytest.mark.parametrize("name", REFUSED)
def test_opensearch_refuses_what_the_check_refuses(name):
    with pytest.raises(Unavailable, match="RequestError 400"):
        _made(name)


@pytest.mark.parametrize("name", TAKEN)
def test_opensearch_takes_what_the_check_takes(name):
    made = _made(name)
    assert made.startswith(name)
    call(lambda server: server.indices.delete(index=made), 60)
