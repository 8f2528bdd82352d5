"""Saving never fails for OpenSearch's sake; what it did not take stays pending and gets through."""

import time

import pytest

from directory import listings, search
from directory.models import Listing
from directory.search import current_engine
from directory.search.opensearch import sync
from directory.search.opensearch.checking import drift
from directory.search.opensearch.client import Unavailable, call
from directory.search.opensearch.engine import _PATIENCE
from directory.search.opensearch.rebuilding import rebuild
from directory.search.query import Query
from tests.factories import ServiceRecordFactory
from tests.search.failing import FAILURES, SLACK, all_that_is_logged, fail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_directory")]

QUERY = Query(needs=("debt-advice",))
every_failure = pytest.mark.parametrize("failure", FAILURES)
takes_no_changes = pytest.mark.parametrize("behaviour", ["half_bulk", "read_only"])


@pytest.fixture
def failing(proxy, settings):
    """A server that is well until a test says otherwise, with an index for the test's services."""
    settings.OPENSEARCH_PAUSE = 10_000.0
    search._failover.cache_clear()
    rebuild()
    return proxy


@pytest.fixture
def publish(django_capture_on_commit_callbacks):
    """Publish services in so many commits, and return the rows that there are then."""

    def publish(commits: int = 1, each: int = 1) -> list[Listing]:
        for _ in range(commits):
            with django_capture_on_commit_callbacks(execute=True):
                listings.publish_all([ServiceRecordFactory() for _ in range(each)], "cms")
        return list(Listing.objects.order_by("pk"))

    return publish


def _pending() -> set[int]:
    return {row.pk for row in Listing.objects.all() if row.indexed_version < row.version}


def _found() -> set[int]:
    proposal = current_engine().candidates(QUERY)
    assert not proposal.degraded
    return {candidate.listing_id for candidate in proposal.candidates}


@every_failure
def test_a_service_is_saved_in_time_and_stays_pending(failing, failure, publish):
    fail(failing, failure)
    began = time.monotonic()
    with all_that_is_logged() as lines:
        [row] = publish()
    assert time.monotonic() - began < _PATIENCE + SLACK
    assert row.active
    assert row.indexed_version < row.version
    assert len(lines) == 1
    assert lines[0].startswith("directory.search.circuit: OpenSearch takes no changes: ")


@every_failure
def test_what_was_pending_gets_through_when_the_server_is_well_again(
    failing, failure, publish, settings
):
    fail(failing, failure)
    rows = publish(2)
    failing.behave("pass")
    assert _pending() == {row.pk for row in rows}
    pushed = sync.push_pending()
    assert (pushed.sent, pushed.confirmed, pushed.refused) == (2, 2, ())
    assert _pending() == set()
    assert not drift()
    assert _found() == {row.pk for row in rows}


@every_failure
def test_a_bulk_without_a_usable_answer_confirms_nothing(failing, failure, settings):
    """Also where the question before it, which finds the index in good order, was answered."""
    row = listings.publish(ServiceRecordFactory())
    rows = list(sync.documents_of(Listing.objects.all()))
    fail(failing, failure)
    with pytest.raises(Unavailable):
        sync.begin_sending(settings.OPENSEARCH_INDEX, rows, 0.5)()
    row.refresh_from_db()
    assert row.indexed_version < row.version


def test_after_three_failures_saving_leaves_the_server_alone(failing, publish):
    failing.behave("reset")
    publish(3)
    failing.behave("pass")
    failing.requests.clear()
    rows = publish(3)
    assert not failing.requests
    assert _pending() == {row.pk for row in rows}


def test_the_next_change_takes_the_pending_ones_with_it(failing, publish):
    failing.behave("reset")
    assert len(publish(2)) == 2
    failing.behave("pass")
    publish()
    assert _pending() == set()


def test_exactly_what_is_refused_stays_pending(failing):
    listings.publish_all([ServiceRecordFactory() for _ in range(9)], "cms")
    failing.behave("half_bulk")
    pushed = sync.push_pending()
    assert (pushed.sent, pushed.confirmed) == (9, 5)
    assert pushed.refused == ("rejected_execution_exception",)
    failing.behave("pass")
    assert set(drift().missing) == _pending()
    assert len(_pending()) == 4
    assert sync.push_pending().confirmed == 4
    assert not drift()


def test_a_server_without_room_takes_nothing_and_can_still_be_searched(failing, publish):
    before = {row.pk for row in publish(3)}
    assert not drift()
    failing.behave("read_only")
    after = {row.pk for row in publish(3)} - before
    assert _pending() == after
    assert _found() == before
    failing.behave("pass")
    assert sync.push_pending().confirmed == 3
    assert not drift()


def test_an_index_that_the_server_has_blocked_is_the_same(failing, publish, index):
    """For real: OpenSearch sets this block itself when its disk is nearly full."""
    before = {row.pk for row in publish(2)}
    assert not drift()
    _block(index, True)
    after = {row.pk for row in publish(2)} - before
    assert _pending() == after
    assert _found() == before
    _block(index, None)
    assert sync.push_pending().confirmed == 2
    assert not drift()


@takes_no_changes
def test_refused_changes_are_said_without_a_word_of_them(failing, publish, behaviour):
    failing.behave(behaviour)
    with all_that_is_logged() as lines:
        rows = publish(each=4)
    [line] = lines
    assert "of 4 refused" in line
    assert not any(row.name in line for row in rows)


@takes_no_changes
def test_operators_see_what_is_pending(failing, publish, client, model, behaviour):
    failing.behave(behaviour)
    publish(each=4)
    said = client.get("/readyz")
    assert said.status_code == 200
    [warning] = said.json()["warnings"]
    assert f"has not taken in {len(_pending())} changes" in warning
    assert "manage.py search_index sync" in warning


@every_failure
def test_a_withdrawn_service_is_not_shown_by_an_index_that_did_not_hear_of_it(
    failing, failure, publish, django_capture_on_commit_callbacks
):
    kept, gone = publish(2)
    assert not drift()
    fail(failing, failure)
    with django_capture_on_commit_callbacks(execute=True):
        assert listings.withdraw(gone.service_id)
    failing.behave("pass")
    assert _pending() == {gone.pk}
    assert _found() == {kept.pk}
    sync.push_pending()
    assert not drift()


def _block(index: str, blocked: bool | None) -> None:
    body = {"index.blocks.read_only_allow_delete": blocked}
    call(lambda server: server.indices.put_settings(index=index, body=body), 60)
