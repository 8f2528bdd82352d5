"""An index is made anew while people read and write, and whatever happens one answers."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from directory import listings
from directory.models import IndexBuild, Listing, ListingNeed
from directory.search.opensearch import indices, sync
from directory.search.opensearch.checking import drift, state
from directory.search.opensearch.client import Unavailable, call
from directory.search.opensearch.engine import OpenSearchEngine
from directory.search.opensearch.mapping import index_body
from directory.search.opensearch.rebuilding import RebuildFailed, rebuild
from directory.search.query import Query
from tests.factories import ServiceRecordFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_directory")]

ASKED = Query(needs=("debt-advice",), distances=False)


@pytest.fixture
def records(index, monkeypatch):
    """Ten live services in an index that is filled two at a time."""
    monkeypatch.setattr(sync, "CHUNK", 2)
    made = [ServiceRecordFactory() for _ in range(10)]
    listings.publish_all(made, "cms")
    return made


def _names() -> list[str]:
    alias = settings.OPENSEARCH_INDEX
    return [found.name for found in call(lambda server: indices.all_of(server, alias), 10)]


def _found() -> set[int]:
    call(lambda server: server.indices.refresh(index=settings.OPENSEARCH_INDEX), 10)
    return {hit.listing_id for hit in OpenSearchEngine().candidates(ASKED).candidates}


def test_a_rebuild_holds_every_live_service_and_leaves_nothing_pending(records):
    said = []
    done = rebuild(lambda sent, total: said.append((sent, total)))
    assert done.documents == 10
    assert said[-1] == (10, 10)
    assert sync.pending() == 0
    assert not drift()
    assert _names() == [done.index]


def test_the_index_before_goes_once_the_new_one_answers(records):
    first = rebuild()
    second = rebuild()
    assert second.removed == (first.index,)
    assert _names() == [second.index]


def test_people_find_everything_while_it_is_made_anew(records):
    rebuild()
    everybody = _found()
    during = []
    rebuild(lambda sent, total: during.append(_found()))
    assert len(during) == 5
    assert all(found == everybody for found in during)


def test_a_change_during_a_rebuild_is_in_both_indices(records):
    old = rebuild().index
    gone, changed, fresh = records[0], records[-1], ServiceRecordFactory(name="Fresh")
    seen = []

    def meanwhile(sent: int, total: int) -> None:
        if seen:
            return
        listings.withdraw(gone.id)
        listings.publish(ServiceRecordFactory(id=changed.id, organization=changed.organization))
        listings.publish(fresh)
        assert sync.push_pending().refused == ()
        seen.extend(_found())

    new = rebuild(meanwhile).index
    pks = dict(Listing.objects.values_list("service_id", "pk"))
    assert new != old
    assert pks[fresh.id] in seen
    assert pks[gone.id] not in seen
    assert not drift()
    assert pks[fresh.id] in _found()


@pytest.mark.parametrize("chunk", range(5))
def test_interrupted_anywhere_it_leaves_an_index_that_answers(records, chunk):
    old = rebuild().index
    everybody = _found()

    def interrupt(sent: int, total: int) -> None:
        if sent == 2 * (chunk + 1):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(interrupt)
    assert _names() == [old]
    assert _found() == everybody
    listings.withdraw(records[3].id)
    assert sync.push_pending().refused == ()
    assert rebuild().index != old
    assert not drift()


def test_what_a_killed_rebuild_left_is_taken_over(records, index):
    rebuild()
    name = indices.new_name(index)
    body = index_body() | {"aliases": {indices.building_alias(index): {}}}
    call(lambda server: server.indices.create(index=name, body=body), 10)
    long_ago = timezone.now() - timedelta(seconds=sync.ABANDONED + 1)
    IndexBuild.objects.create(alias=index, index=name, beat=long_ago)
    listings.publish(ServiceRecordFactory())
    assert sync.push_pending().refused == ()
    done = rebuild()
    assert name in done.removed
    assert _names() == [done.index]
    assert not IndexBuild.objects.exists()
    assert not drift()


def test_two_rebuilds_at_once_are_refused_with_what_to_do(records, index):
    rebuild()
    IndexBuild.objects.create(alias=index, index=f"{index}-other")
    with pytest.raises(RebuildFailed, match=r"running since .* can be run again"):
        rebuild()


def test_a_killed_rebuild_does_not_keep_changes_pending_for_ever(records, index):
    rebuild()
    build = IndexBuild.objects.create(alias=index, index=f"{index}-never-made")
    listings.publish(ServiceRecordFactory())
    assert sync.push_pending().confirmed == 0
    build.beat -= timedelta(seconds=sync.ABANDONED + 1)
    build.save()
    assert sync.push_pending().confirmed == 1


def test_a_rebuild_that_slept_too_long_is_not_used(records):
    old = rebuild().index

    def sleep(sent: int, total: int) -> None:
        IndexBuild.objects.all().delete()

    with pytest.raises(RebuildFailed, match="no sign of life"):
        rebuild(sleep)
    assert _names() == [old]


def test_the_old_index_is_kept_when_the_new_one_finds_nothing(records):
    old = rebuild().index
    everybody = _found()
    # The table says that somebody helps with this need, and no document does.
    ListingNeed.objects.all().delete()
    ListingNeed.objects.create(listing=Listing.objects.live()[0], need_id="nuisance", weight=1.0)
    with pytest.raises(RebuildFailed, match="finds nothing"):
        rebuild()
    assert _names() == [old]
    assert _found() == everybody


def test_a_refused_document_stops_it_and_says_which(records, proxy):
    old = rebuild().index
    proxy.behave("half_bulk")
    with pytest.raises(RebuildFailed, match="for listing"):
        rebuild()
    proxy.behave("pass")
    assert _names() == [old]


def test_another_mapping_is_noticed(records, index):
    rebuild()
    live = state().index
    call(
        lambda server: server.indices.put_mapping(
            index=live, body={"_meta": {"application": "no-wrong-door", "schema": "older"}}
        ),
        10,
    )
    assert "rebuild" in state().problem
    with pytest.raises(Unavailable, match="another mapping"):
        OpenSearchEngine().candidates(ASKED)
    with pytest.raises(CommandError, match="rebuild needed"):
        call_command("search_index", "status")
    rebuild()
    assert state().problem == ""


def test_another_hub_whose_name_begins_like_ours_keeps_its_index(records, index):
    settings.OPENSEARCH_INDEX = f"{index}-east"
    theirs = rebuild().index
    settings.OPENSEARCH_INDEX = index
    rebuild()
    rebuild()
    assert call(lambda server: server.indices.exists(index=theirs), 10)
    settings.OPENSEARCH_INDEX = f"{index}-east"
    assert len(_found()) == 10
    call(lambda server: server.indices.delete(index=theirs), 10)
    settings.OPENSEARCH_INDEX = index


def test_the_command_says_what_it_does(records, index, capsys):
    call_command("search_index", "rebuild")
    call_command("search_index", "status")
    call_command("search_index", "check")
    said = capsys.readouterr().out
    assert "10 of 10 listings" in said
    assert "10 live documents for 10 live listings; 0 changes not confirmed" in said
    assert "missing: 0" in said
    listings.publish(ServiceRecordFactory())
    with pytest.raises(CommandError, match="differ"):
        call_command("search_index", "check")
    call_command("search_index", "sync")
    assert "1 of 1 changes confirmed" in capsys.readouterr().out
