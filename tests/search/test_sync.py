"""What changes is pushed after commit, under its version; what was not confirmed stays pending."""

import dataclasses

import pytest
from django.db import transaction

from directory import listings
from directory.geography.resolve import resolve
from directory.models import Listing
from directory.records import confidential_location
from directory.search import current_engine
from directory.search.opensearch import sync
from directory.search.opensearch.checking import drift
from directory.search.opensearch.client import call
from directory.search.opensearch.documents import document
from directory.search.opensearch.rebuilding import rebuild
from matching.retrieval import retrieve
from tests.factories import LocationRecordFactory, ServiceRecordFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_index(empty_directory, index):
    rebuild()


def _shown(**query) -> list:
    found = retrieve(("debt-advice",), "", resolve("Diss"), current_engine())
    assert not found.engine.degraded
    return list(found.prospects)


def _refresh(index: str) -> None:
    call(lambda server: server.indices.refresh(index=index), 10)


def test_a_published_service_is_pushed_once_it_is_committed(
    index, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        listing = listings.publish(ServiceRecordFactory())
        assert sync.pending() == 1
    assert sync.pending() == 0
    listing.refresh_from_db()
    assert listing.indexed_version == listing.version
    _refresh(index)
    assert [prospect.name for prospect in _shown()] == [listing.name]


def test_many_changes_of_one_transaction_go_in_one_bulk(
    proxy, index, django_capture_on_commit_callbacks
):
    proxy.requests.clear()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        for _ in range(20):
            listings.publish(ServiceRecordFactory())
    assert proxy.requests[f"/{index}/_bulk"] == 1
    assert not drift()


def test_what_is_rolled_back_is_never_pushed(proxy, index, django_capture_on_commit_callbacks):
    proxy.requests.clear()
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
    ):
        listings.publish(ServiceRecordFactory())
        1 / 0  # noqa: B018
    assert proxy.requests[f"/{index}/_bulk"] == 0
    assert not Listing.objects.exists()


def test_a_change_that_comes_late_does_not_replace_a_newer_one(index):
    record = ServiceRecordFactory(name="First")
    first = listings.publish(record)
    late = sync.Row(first.pk, first.version, document(first.pk, first.version, first.document, {}))
    listings.publish(dataclasses.replace(record, name="Second"))
    sync.push_pending()
    assert sync.begin_sending(index, [late], 10)() == {}
    assert not drift()


def test_a_withdrawn_service_does_not_come_back_with_an_older_change(index):
    record = ServiceRecordFactory()
    listing = listings.publish(record)
    late = sync.Row(
        listing.pk, listing.version, document(listing.pk, listing.version, listing.document, {})
    )
    listings.withdraw(record.id)
    sync.push_pending()
    sync.begin_sending(index, [late], 10)()
    assert not drift()
    rebuild()
    sync.begin_sending(index, [late], 10)()
    assert not drift()


def test_a_frozen_index_cannot_show_what_was_withdrawn(index):
    record = ServiceRecordFactory()
    listings.publish(record)
    sync.push_pending()
    _refresh(index)
    assert len(_shown()) == 1
    listings.withdraw(record.id)
    assert sync.pending() == 1
    assert _shown() == []
    assert current_engine().suggest(record.name) == []


def test_a_frozen_index_cannot_show_where_a_service_was_before_it_was_hidden(index):
    site = LocationRecordFactory()
    record = ServiceRecordFactory(locations=(site,))
    listings.publish(record)
    sync.push_pending()
    _refresh(index)
    assert _shown()[0].coverage.distance_km is not None
    listings.publish(dataclasses.replace(record, locations=(confidential_location(site.id),)))
    assert sync.pending() == 1
    assert [prospect.coverage.distance_km for prospect in _shown()] == [None]


def test_nothing_is_asked_or_pushed_where_there_is_no_opensearch(
    settings, proxy, django_capture_on_commit_callbacks
):
    proxy.requests.clear()
    settings.OPENSEARCH_URL = ""
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        listings.publish(ServiceRecordFactory())
    assert callbacks == []
    assert current_engine().name == "embedded"
    assert not proxy.requests
