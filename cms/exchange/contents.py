"""What service pages say now, as their editors see it: many at a time, in a few queries.

That is their newest version: a page with a draft is exported, and compared, with the draft.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID, uuid4

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import Page, WorkflowState

from cms.exchange.cells import Content
from cms.exchange.scope import Scope
from cms.exchange.sites import with_held
from cms.models import ConfidentialAddress, PartnerPage, ServicePage

#: Pages read at a time.
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Current:
    """A service page as it stands."""

    page_id: int
    service_id: UUID
    partner: PartnerPage
    content: Content
    revision_id: int | None
    live: bool
    has_draft: bool
    in_review: bool
    locked: bool
    never_published: bool

    @property
    def status(self) -> str:
        """In words, for the column of that name."""
        words = "live" if self.live else "not published"
        if self.live and self.has_draft:
            words += ", with changes that are not published"
        return f"{words}, with the hub for review" if self.in_review else words


def blank() -> Content:
    """What a new service says before anybody has filled anything in."""
    content: Content = json.loads(ServicePage().to_json())
    return content | {"service_id": str(uuid4())}


def pages_of(scope: Scope) -> QuerySet[ServicePage]:
    """The services in reach, partner by partner."""
    pages = ServicePage.objects.order_by("path")
    if scope.everything:
        return pages
    return pages.filter(reduce(or_, (Q(path__startswith=p.path) for p in scope.partners)))


def contents_of(pages: QuerySet[ServicePage], scope: Scope) -> Iterator[Current]:
    """Three queries, and one more for each `CHUNK` pages."""
    partners = {partner.path: partner for partner in scope.partners}
    in_review = _in_review()
    rows: list[tuple[Any, ...]] = []
    found = pages.values_list(
        "pk", "service_id", "path", "live", "has_unpublished_changes", "locked",
        "latest_revision_id", "latest_revision__content", "first_published_at",
    ).iterator(chunk_size=CHUNK)  # fmt: skip
    for row in found:
        if row[2][: -Page.steplen] not in partners:
            # A partner that was opened since the scope was read.
            continue
        rows.append(row)
        if len(rows) == CHUNK:
            yield from _filled(rows, partners, in_review, scope)
            rows = []
    yield from _filled(rows, partners, in_review, scope)


def _filled(
    rows: list[tuple[Any, ...]],
    partners: dict[str, PartnerPage],
    in_review: set[str],
    scope: Scope,
) -> Iterator[Current]:
    held = _held([row[0] for row in rows])
    for pk, service_id, path, live, has_draft, locked, revision_id, content, published in rows:
        if content is None:
            # A page that was never saved as a version: only code makes such.
            content = json.loads(ServicePage.objects.get(pk=pk).to_json())
        if pk in held:
            sites = with_held(content.get("page_sites", []), held[pk], scope.sees_addresses)
            content["page_sites"] = sites
        yield Current(
            page_id=pk,
            service_id=service_id,
            partner=partners[path[: -Page.steplen]],
            content=content,
            revision_id=revision_id,
            live=live,
            has_draft=has_draft,
            in_review=str(pk) in in_review,
            locked=locked,
            never_published=published is None,
        )


def _in_review() -> set[str]:
    return set(
        WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            status=WorkflowState.STATUS_IN_PROGRESS,
        ).values_list("object_id", flat=True)
    )


def _held(pks: Collection[int]) -> dict[int, dict[UUID, Content]]:
    held: dict[int, dict[UUID, Content]] = {}
    rows = ConfidentialAddress.objects.filter(page_id__in=pks)
    for page_id, location_id, values in rows.values_list("page_id", "location_id", "values"):
        held.setdefault(page_id, {})[location_id] = values
    return held
