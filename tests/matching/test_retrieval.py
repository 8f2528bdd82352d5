"""An engine only proposes: what is shown is read from the database."""

import pytest

from directory import listings
from directory.geography.resolve import resolve
from directory.models import Listing
from directory.records import ServiceNeed
from directory.search import current_engine
from directory.search.live import live_facets
from directory.search.query import Query
from matching.retrieval import retrieve
from tests.factories import ServiceRecordFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_directory")]


def _names(*needs: str, words: str = "") -> list[str]:
    found = retrieve(needs, words, resolve("Diss"), current_engine())
    return [prospect.name for prospect in found.prospects]


def test_an_index_that_is_behind_cannot_show_a_service_that_is_gone():
    listing = listings.publish(ServiceRecordFactory(name="Gone"))
    Listing.objects.filter(pk=listing.pk).update(active=False)
    proposal = current_engine().candidates(Query(needs=("debt-advice",), distances=False))
    assert [candidate.listing_id for candidate in proposal.candidates] == [listing.pk]
    assert _names("debt-advice") == []
    assert live_facets([listing.pk]) == {}


def test_words_alone_find_a_service_by_its_name():
    listings.publish(ServiceRecordFactory(name="Kingfisher casework"))
    assert _names(words="kingfisher") == ["Kingfisher casework"]


def test_words_do_not_bring_in_services_for_other_needs():
    listings.publish(
        ServiceRecordFactory(name="Kingfisher", needs=(ServiceNeed("nuisance"),))
    )  # fmt: skip
    listings.publish(ServiceRecordFactory(name="Debt casework"))
    assert _names("debt-advice", words="kingfisher") == ["Debt casework"]


def test_nothing_asked_finds_nothing():
    assert live_facets([]) == {}
