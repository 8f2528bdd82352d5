"""An index that other software owns is refused by everything that we do, and stays as it is."""

import secrets
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from directory import listings, search
from directory.search import current_engine, embedded_engine
from directory.search.opensearch import indices
from directory.search.opensearch.client import Unavailable, call
from directory.search.opensearch.mapping import index_body
from directory.search.opensearch.rebuilding import rebuild
from tests.factories import ServiceRecordFactory
from tests.search.failing import QUERY

pytestmark = pytest.mark.django_db

THEIRS = {"mappings": {"properties": {"title": {"type": "keyword"}, "year": {"type": "integer"}}}}
#: How what we are told to use turns out to be theirs.
KINDS = ["behind our alias", "of our alias' very name", "beside ours behind our alias"]


@pytest.fixture(params=KINDS)
def theirs(index, settings, request):
    """An index of other software with a book in it, where ours should be."""
    settings.OPENSEARCH_PAUSE = 0.0
    search._failover.cache_clear()
    named = request.param == "of our alias' very name"
    name = index if named else f"library-{secrets.token_hex(4)}"
    body = {"settings": {"number_of_replicas": 0}, **THEIRS}
    if not named:
        body["aliases"] = {index: {}}
    if request.param == "beside ours behind our alias":
        ours = index_body() | {"aliases": {index: {}}}
        call(lambda s: s.indices.create(index=indices.new_name(index), body=ours), 60)
    call(lambda s: s.indices.create(index=name, body=body), 60)
    book = {"title": "Persuasion", "year": 1817}
    call(lambda s: s.index(index=name, id="1", body=book, params={"refresh": "true"}), 60)
    yield name
    call(lambda s: s.indices.delete(index=name), 60)


def _as_it_is(name: str) -> dict[str, Any]:
    """Everything about an index that somebody could have changed."""
    index = call(lambda server: server.indices.get(index=name)[name], 60)
    found = call(lambda server: server.search(index=name, body={"version": True}), 60)
    stats = call(lambda server: server.indices.stats(index=name, metric="indexing,docs"), 60)
    return {
        "index": index,
        "documents": found["hits"]["hits"],
        "changes": stats["_all"]["primaries"],
    }


def _publish(capture) -> bool:
    """Publish a service. Returns whether it is pending."""
    with capture(execute=True):
        listing = listings.publish(ServiceRecordFactory())
    listing.refresh_from_db()
    return listing.indexed_version < listing.version


def test_nothing_that_we_do_touches_it(theirs, django_capture_on_commit_callbacks):
    before = _as_it_is(theirs)
    assert [hit["_source"]["title"] for hit in before["documents"]] == ["Persuasion"]
    current_engine().candidates(QUERY)
    current_engine().suggest("persuasion")
    current_engine().status()
    assert _publish(django_capture_on_commit_callbacks)
    for action in ("status", "sync", "check", "rebuild"):
        with pytest.raises(CommandError):
            call_command("search_index", action, stdout=StringIO())
    assert _as_it_is(theirs) == before


def test_the_embedded_engine_answers(theirs):
    proposal = current_engine().candidates(QUERY)
    assert (proposal.engine, proposal.degraded) == ("embedded", True)
    assert proposal.candidates == embedded_engine().candidates(QUERY).candidates
    assert current_engine().suggest("debt") == embedded_engine().suggest("debt")


@pytest.mark.parametrize("action", ["status", "sync", "check", "rebuild"])
def test_the_operator_is_told_which_setting_to_change(theirs, action):
    listings.publish(ServiceRecordFactory())
    with pytest.raises(CommandError, match="Set OPENSEARCH_INDEX to a name of its own"):
        call_command("search_index", action, stdout=StringIO())


def test_a_rebuild_deletes_no_index_of_theirs_whatever_its_name(index):
    theirs = indices.new_name(index)
    call(lambda server: server.indices.create(index=theirs, body=THEIRS), 60)
    try:
        ours = rebuild().index
        again = rebuild()
        assert again.removed == (ours,)
        assert call(lambda server: server.indices.exists(index=theirs), 60)
    finally:
        call(lambda server: server.indices.delete(index=theirs), 60)


def test_an_index_of_theirs_behind_the_alias_for_filling_is_not_filled(index):
    theirs = f"library-{secrets.token_hex(4)}"
    body = THEIRS | {"aliases": {indices.building_alias(index): {}}}
    call(lambda server: server.indices.create(index=theirs, body=body), 60)
    try:
        try:
            rebuild()
        except Unavailable as error:
            assert "OPENSEARCH_INDEX" in str(error)
        call(lambda server: server.indices.refresh(index=theirs), 60)
        assert call(lambda server: server.count(index=theirs)["count"], 60) == 0
    finally:
        call(lambda server: server.indices.delete(index=theirs), 60)
