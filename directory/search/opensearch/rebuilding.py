"""Filling a new index while readers and writers go on, and moving over to it in one step.

Interrupted at any point it leaves the alias on an index that answers, and can be run again.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from directory.models import IndexBuild, Listing, ListingNeed, Revision
from directory.search.opensearch import indices, queries, sync
from directory.search.opensearch.answers import hits
from directory.search.opensearch.checking import live_documents
from directory.search.opensearch.client import Unavailable, call
from directory.search.opensearch.mapping import index_body, serving_settings
from directory.search.query import Query

#: Seconds for calls that change or refresh a whole index.
TIMEOUT = 60.0


class RebuildFailed(Exception):
    """The new index is not used; the old one goes on answering. The text says what to do."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How a rebuild went. `documents`: live listings; `removed`: old indices that were deleted."""

    index: str
    documents: int
    seconds: float
    removed: tuple[str, ...]


def rebuild(progress: Callable[[int, int], None] | None = None) -> Rebuilt:
    """Fill a new index from all rows and let everybody go to it.

    `progress` hears how many rows of how many were sent. Raises RebuildFailed, or Unavailable
    when OpenSearch does not answer.
    """
    alias, began = settings.OPENSEARCH_INDEX, time.monotonic()
    old = call(lambda server: indices.behind(server, alias), TIMEOUT)
    if old is not None:
        indices.refuse_others(old, alias)
    name = indices.new_name(alias)
    try:
        _fill_and_move(alias, name, old.name if old else None, progress)
    except BaseException:
        # The index that did not become the live one goes, now or with the next rebuild.
        with suppress(Unavailable):
            remove_leftovers(alias)
        raise
    removed = remove_leftovers(alias)
    sync.push_pending()
    documents = call(live_documents, TIMEOUT)
    return Rebuilt(name, documents, time.monotonic() - began, removed)


def _fill_and_move(
    alias: str, name: str, old: str | None, progress: Callable[[int, int], None] | None
) -> None:
    with _claimed(alias, name):
        # Rows up to this version are committed: each change takes its number under a lock that
        # it holds until it is.
        until = Revision.objects.filter(name="listings").values_list("value", flat=True).first()
        _create(alias, name)
        _ready(name, _fill(alias, name, progress))
        _beat(alias, name)
        _move(alias, name, old)
        Listing.objects.filter(version__lte=until or 0, indexed_version__lt=F("version")).update(
            indexed_version=F("version")
        )


def remove_leftovers(alias: str) -> tuple[str, ...]:
    """Delete indices of ours that nobody reads and nobody fills. Returns their names."""
    live = call(lambda server: indices.behind(server, alias), TIMEOUT)
    building = set(IndexBuild.objects.filter(alias=alias).values_list("index", flat=True))
    kept = building | ({live.name} if live else set())
    found = call(lambda server: indices.all_of(server, alias), TIMEOUT)
    unused = tuple(index.name for index in found if index.name not in kept)
    if unused:
        call(lambda server: server.indices.delete(index=",".join(unused)), TIMEOUT)
    return unused


@contextmanager
def _claimed(alias: str, name: str) -> Iterator[None]:
    """Say to all writers that `name` is being filled; take it away again if that fails."""
    sync.forget_abandoned(alias)
    build, mine = IndexBuild.objects.get_or_create(alias=alias, defaults={"index": name})
    if not mine:
        raise RebuildFailed(
            f"A rebuild is running since {build.started:%H:%M:%S} and was last heard of at "
            f"{build.beat:%H:%M:%S}. Wait for it; {sync.ABANDONED} s after its last sign it "
            "counts as interrupted and can be run again."
        )
    try:
        yield
    finally:
        IndexBuild.objects.filter(alias=alias, index=name).delete()
        with suppress(Unavailable):
            call(lambda server: _drop_alias(server, indices.building_alias(alias), name), TIMEOUT)


def _create(alias: str, name: str) -> None:
    building = indices.building_alias(alias)
    body = index_body(settings.OPENSEARCH_SHARDS, settings.OPENSEARCH_REPLICAS)
    call(lambda server: _drop_alias(server, building, "_all"), TIMEOUT)
    call(
        lambda server: server.indices.create(index=name, body=body | {"aliases": {building: {}}}),
        TIMEOUT,
    )


def _drop_alias(server: OpenSearch, alias: str, index: str) -> None:
    """Take an alias from an index. That it is not there does not matter."""
    with suppress(NotFoundError):
        server.indices.delete_alias(index=index, name=alias)


def _beat(alias: str, name: str) -> None:
    """Give a sign of life. Raises RebuildFailed if this one counted as interrupted meanwhile."""
    ours = IndexBuild.objects.filter(alias=alias, index=name).update(beat=timezone.now())
    if not ours:
        raise RebuildFailed(
            "This rebuild gave no sign of life for too long, so changes went past it and it is "
            "not used. Run it again."
        )


def _fill(alias: str, name: str, progress: Callable[[int, int], None] | None) -> int:
    """Send every row, withdrawn ones too: their version keeps an older change out."""
    building = indices.building_alias(alias)
    total, sent = Listing.objects.count(), 0
    for number, refused in sync.ahead(_begin(building, rows) for rows in _chunks()):
        if refused:
            pk, why = next(iter(refused.items()))
            raise RebuildFailed(
                f"OpenSearch refused {len(refused)} of {number} documents ({why}, for example "
                f"for listing {pk}). The old index goes on answering; put that right and run "
                "the rebuild again."
            )
        sent += number
        _beat(alias, name)
        if progress:
            progress(sent, max(total, sent))
    return sent


def _begin(alias: str, rows: Sequence[sync.Row]) -> Callable[[], tuple[int, dict[int, str]]]:
    """Send rows; what is returned waits for how many they were and which were refused."""
    refused = sync.begin_sending(alias, rows, TIMEOUT)
    return lambda: (len(rows), refused())


def _chunks() -> Iterator[list[sync.Row]]:
    last = 0
    rows = Listing.objects.order_by("pk")
    while chunk := list(sync.documents_of(rows.filter(pk__gt=last)[: sync.CHUNK])):
        last = chunk[-1].pk
        yield chunk


def _ready(name: str, sent: int) -> None:
    """Open the new index for searches and ask it for a service, before anybody else does."""
    body = serving_settings(settings.OPENSEARCH_REPLICAS)
    call(lambda server: server.indices.put_settings(index=name, body=body), TIMEOUT)
    call(lambda server: server.indices.refresh(index=name), TIMEOUT)
    count = call(lambda server: int(server.count(index=name)["count"]), TIMEOUT)
    if count < sent:
        raise RebuildFailed(f"The new index holds {count} of {sent} documents. Run it again.")
    _probe(name)


def _move(alias: str, name: str, old: str | None) -> None:
    call(lambda server: indices.move_alias(server, alias, name, old), TIMEOUT)
    try:
        _probe(alias)
    except (Unavailable, RebuildFailed):
        if old:
            call(lambda server: indices.move_alias(server, alias, old, name), TIMEOUT)
        raise


def _probe(index: str) -> None:
    """A search as enquiries make it: a need that some live service meets must find one."""
    code = (
        ListingNeed.objects.filter(listing__active=True).values_list("need_id", flat=True).first()
    )
    if code is None:
        return
    body = queries.searches(Query(needs=(code,), limit=1), TIMEOUT)[f"need:{code}"]
    found = call(lambda server: hits(server.search(index=index, body=body)), TIMEOUT)
    if not found:
        raise RebuildFailed(f"The new index finds nothing for {code}. The old one is kept.")
