"""An index that is gone, of another shape or only half there is not asked; the way out is said."""

import copy
import secrets
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from directory import listings, search
from directory.models import Listing
from directory.search import current_engine, embedded_engine
from directory.search.opensearch import indices, queries
from directory.search.opensearch.answers import hits_of_each
from directory.search.opensearch.client import Unavailable, call
from directory.search.opensearch.mapping import index_body, serving_settings
from directory.search.opensearch.rebuilding import rebuild
from tests.factories import ServiceRecordFactory
from tests.search.failing import FAILURES, QUERY, fail, until

pytestmark = pytest.mark.django_db

#: Failures that end at once: operators' commands wait longer than these tests do for the others.
AT_ONCE = [name for name in FAILURES if name not in {"hang", "slow", "drip"}]


@pytest.fixture
def filled(index, settings) -> str:
    """An index of the test's own, with the demonstration in it."""
    settings.OPENSEARCH_PAUSE = 0.0
    search._failover.cache_clear()
    return rebuild().index


def _put(settings, body: dict) -> None:
    """An index with a body of the test's own, where ours should be."""
    alias = settings.OPENSEARCH_INDEX
    body = {**body, "aliases": {alias: {}}}
    name = indices.new_name(alias)
    call(lambda server: server.indices.create(index=name, body=body, wait_for_active_shards=0), 60)


def _assert_the_embedded_engine_answers() -> None:
    proposal = current_engine().candidates(QUERY)
    assert (proposal.engine, proposal.degraded) == ("embedded", True)
    assert proposal.candidates == embedded_engine().candidates(QUERY).candidates


def _status() -> str:
    """What `search_index status` says is the problem."""
    with pytest.raises(CommandError) as caught:
        call_command("search_index", "status", stdout=StringIO())
    return str(caught.value)


def test_no_index_yet_means_the_embedded_engine_and_a_rebuild(index):
    _assert_the_embedded_engine_answers()
    assert "rebuild needed" in _status()


def test_a_deleted_index_means_the_embedded_engine_and_a_rebuild(filled):
    assert not current_engine().candidates(QUERY).degraded
    call(lambda server: server.indices.delete(index=filled), 60)
    _assert_the_embedded_engine_answers()
    assert "rebuild needed" in _status()
    rebuild()
    assert until(lambda: not current_engine().candidates(QUERY).degraded)


def test_a_change_does_not_make_a_deleted_index_anew(
    filled, settings, django_capture_on_commit_callbacks
):
    call(lambda server: server.indices.delete(index=filled), 60)
    with django_capture_on_commit_callbacks(execute=True):
        listing = listings.publish(ServiceRecordFactory())
    listing.refresh_from_db()
    assert listing.indexed_version < listing.version
    assert call(lambda server: indices.behind(server, settings.OPENSEARCH_INDEX), 60) is None


def test_an_index_of_another_schema_means_a_rebuild(index, settings):
    body = index_body()
    body["mappings"]["_meta"]["schema"] = secrets.token_hex(8)
    _put(settings, body)
    _assert_the_embedded_engine_answers()
    assert "rebuild needed" in _status()


@pytest.mark.parametrize("field", index_body()["mappings"]["properties"])
def test_an_index_that_lacks_a_field_means_a_rebuild_whatever_it_says_of_itself(
    index, settings, field
):
    body = copy.deepcopy(index_body())
    del body["mappings"]["properties"][field]
    _put(settings, body)
    _assert_the_embedded_engine_answers()
    assert "rebuild needed" in _status()


def test_a_field_of_another_type_means_a_rebuild(index, settings):
    body = copy.deepcopy(index_body())
    body["mappings"]["properties"]["needs"] = {"type": "text"}
    _put(settings, body)
    _assert_the_embedded_engine_answers()
    assert "rebuild needed" in _status()


def test_a_field_that_the_server_adds_is_no_reason_to_rebuild(filled):
    """Index templates of a whole cluster do that."""
    added = {"properties": {"added_by_operator": {"type": "keyword"}}}
    call(lambda server: server.indices.put_mapping(index=filled, body=added), 60)
    assert not current_engine().candidates(QUERY).degraded
    call_command("search_index", "status", stdout=StringIO())


def test_two_indices_behind_the_alias_are_not_searched_together(filled, settings):
    _put(settings, index_body())
    search._failover.cache_clear()
    _assert_the_embedded_engine_answers()


def _answer(settings) -> tuple[list[str], dict]:
    bodies = queries.searches(QUERY, 60.0)
    header = {"index": settings.OPENSEARCH_INDEX}
    lines = [line for body in bodies.values() for line in (header, body)]
    return list(bodies), call(lambda server: server.msearch(body=lines), 60)


@pytest.mark.parametrize(
    "change",
    [
        {"timed_out": True},
        {"_shards": {"total": 2, "successful": 1, "skipped": 0, "failed": 1}},
        {"_shards": {"total": 2, "successful": 1, "skipped": 0, "failed": 0}},
        {"error": {"type": "circuit_breaking_exception"}, "status": 429},
        {"hits": {"hits": [{"sort": [1.0, "not a listing"]}]}},
        {"hits": None},
    ],
)
def test_a_part_of_an_answer_does_not_pass_for_the_whole(filled, settings, change):
    names, answer = _answer(settings)
    assert len(names) >= 3
    assert any(hits_of_each(answer, names).values())
    for at in range(len(names)):
        partial = copy.deepcopy(answer)
        partial["responses"][at] |= change
        with pytest.raises(Unavailable):
            hits_of_each(partial, names)
    with pytest.raises(Unavailable):
        hits_of_each({"responses": answer["responses"][:-1]}, names)


def test_an_index_with_half_of_its_shards_is_not_asked(index, settings):
    """For real: two shards of which the node may hold one, so that the other is nowhere."""
    body = index_body(shards=2)
    body["settings"]["routing.allocation.total_shards_per_node"] = 1
    _put(settings, body)
    states = {"index": settings.OPENSEARCH_INDEX, "h": "state", "format": "json"}
    assert until(lambda: "STARTED" in str(call(lambda server: server.cat.shards(**states), 60)))
    _, answer = _answer(settings)
    assert not any("error" in each for each in answer["responses"])
    assert not current_engine().status().answers
    _assert_the_embedded_engine_answers()


def test_an_index_that_is_filled_is_not_searched_by_its_own_name(index, settings):
    """A name that is no alias cannot be moved to a new index."""
    body = index_body() | {"aliases": {}}
    name = settings.OPENSEARCH_INDEX
    call(lambda server: server.indices.create(index=name, body=body), 60)
    call(lambda server: server.indices.put_settings(index=name, body=serving_settings()), 60)
    try:
        _assert_the_embedded_engine_answers()
        assert "OPENSEARCH_INDEX" in _status()
    finally:
        call(lambda server: server.indices.delete(index=name), 60)


@pytest.mark.parametrize("action", ["status", "sync", "check", "rebuild"])
@pytest.mark.parametrize("failure", AT_ONCE)
def test_an_operators_command_says_why_it_cannot(server, failure, action):
    Listing.objects.update(indexed_version=0)
    fail(server, failure)
    with pytest.raises(CommandError) as caught:
        call_command("search_index", action, stdout=StringIO())
    assert len(str(caught.value)) > len(f"{action}: ")
    assert "\n" not in str(caught.value)
