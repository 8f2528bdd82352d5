"""Pushing what changed: every row whose last version the index has not confirmed.

A push is idempotent and may be late, twice or out of order: documents go under the version of
their row, and an older one never replaces a newer one. Whatever a push does not get through is
still pending, so the next one heals it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from directory.models import IndexBuild, Listing
from directory.search.embedded.engine import need_words
from directory.search.opensearch import indices
from directory.search.opensearch.client import Unavailable, begin, call
from directory.search.opensearch.documents import document

Answer = TypeVar("Answer")

#: Listings in one bulk: about a megabyte.
CHUNK = 500
#: Seconds that one bulk may take: nobody waits for it but an editor who has just saved.
TIMEOUT = 15.0
#: Seconds without a sign of life after which a rebuild counts as interrupted.
ABANDONED = 60


@dataclass(frozen=True, slots=True)
class Pushed:
    """How a push went: rows sent, rows that every index confirmed, and why others were refused."""

    sent: int = 0
    confirmed: int = 0
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A listing as it is pushed."""

    pk: int
    version: int
    document: dict[str, Any]


def pending() -> int:
    """How many changes OpenSearch has not confirmed."""
    return _pending().count()


def push_pending(progress: Callable[[int], None] | None = None, timeout: float = TIMEOUT) -> Pushed:
    """Push every change that was not confirmed, oldest first, each once.

    Raises Unavailable when OpenSearch does not answer; what was confirmed until then stays so.
    """
    total = Pushed()
    for done in ahead(_begin_push(rows, timeout) for rows in _pending_chunks()):
        total = Pushed(
            total.sent + done.sent,
            total.confirmed + done.confirmed,
            tuple(dict.fromkeys([*total.refused, *done.refused])),
        )
        if progress:
            progress(total.sent)
    return total


def push(ids: Iterable[int], timeout: float = TIMEOUT) -> Pushed:
    """Push these listings, whether they were confirmed or not."""
    return _begin_push(list(_rows(Listing.objects.filter(pk__in=list(ids)))), timeout)()


def ahead(begun: Iterable[Callable[[], Answer]]) -> Iterator[Answer]:
    """The answers of calls that `begun` begins one after the other.

    The next one is made ready while the last is on its way: to make documents takes this machine
    about as long as to index them takes the other.
    """
    waiting: Callable[[], Answer] | None = None
    for following in begun:
        if waiting is not None:
            yield waiting()
        waiting = following
    if waiting is not None:
        yield waiting()


def documents_of(rows: "QuerySet[Listing]") -> Iterator[Row]:
    """Rows with their documents."""
    return _rows(rows)


def begin_sending(alias: str, rows: Sequence[Row], timeout: float) -> Callable[[], dict[int, str]]:
    """Send rows to the index behind `alias`. What is returned waits: why, by refused listing.

    An index that holds a newer version has the change already. Raises Unavailable.
    """
    lines: list[dict[str, Any]] = []
    for row in rows:
        action = {"_id": str(row.pk), "version": row.version, "version_type": "external_gte"}
        lines += [{"index": action}, row.document]
    answer = begin(
        lambda server: server.bulk(index=alias, body=lines, params={"require_alias": "true"}),
        timeout,
    )
    return lambda: _refused(rows, answer())


def forget_abandoned(alias: str) -> None:
    """A rebuild that was killed is not waited for: nobody has to write to its index any more."""
    quiet = timezone.now() - timedelta(seconds=ABANDONED)
    IndexBuild.objects.filter(alias=alias, beat__lt=quiet).delete()


def targets() -> list[str]:
    """Aliases that a change goes to: the live index, and one that is being filled."""
    alias = settings.OPENSEARCH_INDEX
    forget_abandoned(alias)
    building = IndexBuild.objects.filter(alias=alias).exists()
    return [alias, indices.building_alias(alias)] if building else [alias]


def _begin_push(rows: Sequence[Row], timeout: float) -> Callable[[], Pushed]:
    # The targets are read after the rows were committed, and a rebuild says that it is building
    # before it reads rows: so a change that misses one is seen by the other.
    if not rows:
        return Pushed
    alias = settings.OPENSEARCH_INDEX
    call(lambda server: indices.current(server, alias), timeout)
    sent = [begin_sending(target, rows, timeout) for target in targets()]
    return lambda: _pushed(rows, sent)


def _pushed(rows: Sequence[Row], sent: Sequence[Callable[[], dict[int, str]]]) -> Pushed:
    refused: dict[int, str] = {}
    for answer in sent:
        refused |= answer()
    confirmed = [row for row in rows if row.pk not in refused]
    _confirm(confirmed)
    return Pushed(len(rows), len(confirmed), tuple(sorted(set(refused.values()))))


def _refused(rows: Sequence[Row], answer: Any) -> dict[int, str]:
    refused = {}
    try:
        for row, item in zip(rows, answer["items"], strict=True):
            result = item["index"]
            if result["_id"] != str(row.pk):
                raise ValueError(result["_id"])
            if result["status"] not in (200, 201, 409):
                refused[row.pk] = str(result["error"]["type"])
    except (KeyError, TypeError, ValueError):
        raise Unavailable("an answer to a bulk that cannot be read") from None
    return refused


def _confirm(rows: Sequence[Row]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE directory_listing SET indexed_version = %s"
            " WHERE id = %s AND indexed_version < %s",
            # In one order, so that two pushes at once do not wait for each other.
            [(row.version, row.pk, row.version) for row in sorted(rows, key=lambda row: row.pk)],
        )


def _pending_chunks() -> Iterator[list[Row]]:
    last = 0
    while rows := list(_rows(_pending().filter(version__gt=last).order_by("version")[:CHUNK])):
        last = rows[-1].version
        yield rows


def _pending() -> "QuerySet[Listing]":
    return Listing.objects.filter(indexed_version__lt=F("version"))


def _rows(listings: "QuerySet[Listing]") -> Iterator[Row]:
    words = need_words()
    for pk, version, active, public in listings.values_list("pk", "version", "active", "document"):
        yield Row(pk, version, document(pk, version, public if active else None, words))
