"""The only door through which listings change, whoever wrote them.

A listing's row, its needs, areas, sites and full-text entry change together or not at all. The
version only grows, so an index that hears of changes twice, late or out of order ends up right.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from directory import listing_rows
from directory.models import Listing, ListingArea, ListingNeed, Organization, Revision, Site
from directory.records import OrganizationRecord, ServiceRecord
from directory.search import embedded_engine, pushing
from directory.search.document import record_from
from directory.validation import InvalidRecord, Problem, known_codes, problems_of
from directory.writing import wait_for_turn

CHUNK = 1_000
Item = TypeVar("Item")
_TWICE = Problem("id", "two records have this id; keep one of them")

__all__ = ["InvalidRecord", "publish", "publish_all", "reindex", "withdraw"]


def publish(record: ServiceRecord, source: str = "cms") -> Listing:
    """Make `record` the public state of its service.

    Raises InvalidRecord, naming each field, before anything is written.
    """
    publish_all([record], source)
    return Listing.objects.get(service_id=record.id)


@transaction.atomic
def publish_all(
    records: Iterable[ServiceRecord],
    source: str,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Publish many records, all or none. Returns how many; `progress` hears the running count.

    Raises InvalidRecord for the first record that cannot be published; nothing is written then.
    """
    wait_for_turn()
    codes = known_codes()
    done = 0
    for chunk in _chunks(records):
        twice = {uuid for uuid, times in Counter(r.id for r in chunk).items() if times > 1}
        for record in chunk:
            problems = problems_of(record, codes)
            if record.id in twice:
                problems = [*problems, _TWICE]
            if problems:
                raise InvalidRecord(record.id, problems)
        _write(chunk, source)
        done += len(chunk)
        if progress:
            progress(done)
    pushing.after_commit()
    return done


@transaction.atomic
def withdraw(service_id: UUID) -> bool:
    """Take a service out of every answer. Returns False if it was not live.

    The row stays, emptied, as a tombstone that carries the next version.
    """
    wait_for_turn()
    listing = Listing.objects.filter(service_id=service_id, active=True).first()
    if listing is None:
        return False
    listing.active = False
    listing.name = listing.url = ""
    listing.document = listing.facets = {}
    listing.organization = None
    listing.version = _next_versions(1)
    listing.save()
    _forget([listing.pk])
    pushing.after_commit()
    return True


@transaction.atomic
def reindex(pks: Iterable[int]) -> int:
    """Index live listings again, under new versions: the words of their needs have changed.

    Returns how many. What they say stays as it is.
    """
    wait_for_turn()
    done = 0
    for chunk in _chunks(pks):
        rows = list(
            Listing.objects.live().filter(pk__in=chunk).order_by("pk").values_list("pk", "document")
        )
        if not rows:
            continue
        first = _next_versions(len(rows))
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE directory_listing SET version = %s WHERE id = %s",
                [(first + offset, pk) for offset, (pk, _) in enumerate(rows)],
            )
        numbered = [(pk, record_from(document)) for pk, document in rows]
        embedded_engine().apply(put=numbered, remove=())
        done += len(rows)
    pushing.after_commit()
    return done


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


def _next_versions(count: int) -> int:
    """Reserve `count` versions and return the first: it is the caller's turn."""
    Revision.objects.filter(name="listings").update(value=F("value") + count)
    return Revision.objects.get(name="listings").value - count + 1


def _write_organizations(records: Iterable[OrganizationRecord]) -> None:
    unique = {record.id: record for record in records}
    Organization.objects.bulk_create(
        [listing_rows.organization(record) for record in unique.values()],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["name", "description", "email", "phone", "website", "url"],
    )


def _write(records: Sequence[ServiceRecord], source: str) -> None:
    _write_organizations(record.organization for record in records)
    first = _next_versions(len(records))
    Listing.objects.bulk_create(
        [
            listing_rows.listing(record, source, first + offset)
            for offset, record in enumerate(records)
        ],
        update_conflicts=True,
        unique_fields=["service_id"],
        update_fields=listing_rows.LISTING_FIELDS,
    )
    pks = dict(
        Listing.objects.filter(service_id__in=[record.id for record in records]).values_list(
            "service_id", "pk"
        )
    )
    numbered = [(pks[record.id], record) for record in records]
    _forget(list(pks.values()))
    ListingNeed.objects.bulk_create(row for pk, r in numbered for row in listing_rows.needs(pk, r))
    ListingArea.objects.bulk_create(row for pk, r in numbered for row in listing_rows.areas(pk, r))
    Site.objects.bulk_create(row for pk, r in numbered for row in listing_rows.sites(pk, r))
    embedded_engine().apply(put=numbered, remove=())


def _forget(pks: Sequence[int]) -> None:
    for model in (ListingNeed, ListingArea, Site):
        model._default_manager.filter(listing_id__in=pks).delete()
    embedded_engine().apply(put=(), remove=pks)
