"""Many new services at once, as whole as if each had been written in its form.

Wagtail has no such way: a page saved and published by itself takes a hundred queries. Here the rows
of pages, of what they have several of and of their versions are inserted together, and the public
record is written once. Signals are not sent and nothing is logged: whoever calls writes the log
(`cms.exchange.history`). For creation only: what exists is changed through its versions.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F, Model
from django.db.models.sql import InsertQuery
from django.utils import timezone
from django.utils.text import slugify
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Page, ReferenceIndex, Revision

from cms.confidential.held import Taken, take
from cms.exchange.cells import Content
from cms.models import ConfidentialAddress, PartnerPage, ServicePage
from cms.models.base import SLUG_LIMIT
from cms.projection import SOURCE, service_record, visible
from directory import listings

CHUNK = 500

_CHILDREN = get_all_child_relations(ServicePage)
_SETS = get_all_child_m2m_relations(ServicePage)


@dataclass(frozen=True, slots=True)
class _Batch:
    """What all pages of one call have in common."""

    parent: PartnerPage
    live: bool
    user: User | None
    now: datetime
    related: Mapping[str, Mapping[Any, Model]]


@transaction.atomic
def create(
    parent: PartnerPage,
    contents: Sequence[Content],
    *,
    live: bool,
    user: User | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[ServicePage]:
    """Make a page below `parent` for each content, published if `live`, otherwise as a draft.

    Contents have been checked before (`cms.exchange.checking`). `progress` hears the running count.
    """
    locked = Page.objects.select_for_update().get(pk=parent.pk)
    parent.path, parent.numchild, parent.url_path = locked.path, locked.numchild, locked.url_path
    batch = _Batch(parent, live, user, timezone.now(), _related(contents))
    slugs = set(parent.get_children().values_list("slug", flat=True))
    last = parent.get_last_child()
    step = 1 + (Page._str2int(last.path[-Page.steplen :]) if last else 0)
    made: list[ServicePage] = []
    for start in range(0, len(contents), CHUNK):
        chunk = contents[start : start + CHUNK]
        pages = [_page(one, batch, step + start + n, slugs) for n, one in enumerate(chunk)]
        _insert(pages, batch)
        made.extend(pages)
        if progress:
            progress(len(made))
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(made))
    return made


def _related(contents: Sequence[Content]) -> dict[str, dict[Any, Model]]:
    """The rows that the contents name, each read once."""
    return {
        field.name: field.related_model._default_manager.in_bulk(
            {code for content in contents for code in content.get(field.name, [])}
        )
        for field in _SETS
    }


def _page(content: Content, batch: _Batch, step: int, slugs: set[str]) -> ServicePage:
    page = ServicePage(
        **{
            field.name: field.to_python(content[field.name])
            for field in ServicePage._meta.local_concrete_fields
            if field.name in content and field.remote_field is None
        }
    )
    parent, now = batch.parent, batch.now
    page.title = page.draft_title = content["title"]
    page.slug = _free_slug(content.get("slug") or page.title, slugs)
    page.depth = parent.depth + 1
    page.path = Page._get_path(parent.path, page.depth, step)
    page.url_path = f"{parent.url_path}{page.slug}/"
    page.content_type = ContentType.objects.get_for_model(ServicePage)
    page.locale_id, page.translation_key = parent.locale_id, uuid4()
    page.owner = batch.user
    page.live, page.has_unpublished_changes = batch.live, not batch.live
    page.latest_revision_created_at = now
    if batch.live:
        page.first_published_at = page.last_published_at = now
    page._cached_parent_obj = parent
    for relation in _CHILDREN:
        name = relation.get_accessor_name()
        rows = content.get(name) or []
        setattr(page, name, [_child(relation.related_model, row) for row in rows])
    for field in _SETS:
        found = batch.related[field.name]
        setattr(page, field.name, [found[code] for code in content.get(field.name, [])])
    return page


def _child(model: type[Model], row: Content) -> Model:
    values = {}
    for field in model._meta.concrete_fields:
        if field.name in row and field.name not in ("page", "id"):
            values[field.attname] = field.to_python(row[field.name])
    return model(**values)


def _free_slug(title: str, slugs: set[str]) -> str:
    """A slug that no other page below the parent has; it is taken from then on."""
    base = slugify(title, allow_unicode=True)[: SLUG_LIMIT - 6].strip("-") or "service"
    slug, number = base, 1
    while slug in slugs:
        number += 1
        slug = f"{base}-{number}"
    slugs.add(slug)
    return slug


def _insert(pages: Sequence[ServicePage], batch: _Batch) -> None:
    taken: list[Taken] = [take(page) for page in pages]
    _insert_pages(pages)
    _insert_children(pages)
    _hold(pages, taken)
    _insert_revisions(pages, batch)
    for page in pages:
        ReferenceIndex.create_or_update_for_object(page)
    seen = visible(pages)
    listings.publish_all((service_record(page) for page in pages if page.pk in seen), SOURCE)


def _insert_pages(pages: Sequence[ServicePage]) -> None:
    """The row of each page in Wagtail's table, and the one in ours."""
    bases = [
        Page(**{f.attname: getattr(page, f.attname) for f in Page._meta.concrete_fields})
        for page in pages
    ]
    Page.objects.bulk_create(bases)
    for page, base in zip(pages, bases, strict=True):
        page.pk = page.id = page.page_ptr_id = base.pk
        page._state.adding, page._state.db = False, connection.alias
    fields = ServicePage._meta.local_concrete_fields
    size = connection.ops.bulk_batch_size(fields, list(pages))
    for start in range(0, len(pages), size):
        query = InsertQuery(ServicePage)
        query.insert_values(fields, list(pages[start : start + size]), raw=True)
        query.get_compiler(connection=connection).execute_sql()


def _insert_children(pages: Sequence[ServicePage]) -> None:
    for relation in _CHILDREN:
        rows = []
        for page in pages:
            for order, row in enumerate(getattr(page, relation.get_accessor_name()).all()):
                setattr(row, relation.field.attname, page.pk)
                row.sort_order = order
                rows.append(row)
        relation.related_model._default_manager.bulk_create(rows)
    for field in _SETS:
        through = field.remote_field.through
        mine, theirs = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        through._default_manager.bulk_create(
            through(**{mine: page.pk, theirs: other.pk})
            for page in pages
            for other in getattr(page, field.name).all()
        )


def _hold(pages: Sequence[ServicePage], taken: Iterable[Taken]) -> None:
    """What was taken out of the pages before they were written goes where addresses are held."""
    ConfidentialAddress.objects.bulk_create(
        ConfidentialAddress(page_id=page.pk, location_id=location_id, values=values)
        for page, addresses in zip(pages, taken, strict=True)
        for location_id, values in addresses
    )


def _insert_revisions(pages: Sequence[ServicePage], batch: _Batch) -> None:
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=page.content_type,
            base_content_type=page.get_base_content_type(),
            object_id=str(page.pk),
            object_str=str(page),
            created_at=batch.now,
            user=batch.user,
            content=page.serializable_data(),
        )
        for page in pages
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = revision
        page.live_revision = revision if batch.live else None
    bases = [
        Page(
            pk=page.pk,
            latest_revision_id=page.latest_revision_id,
            live_revision_id=page.live_revision_id,
        )
        for page in pages
    ]
    Page.objects.bulk_update(bases, ["latest_revision", "live_revision"])
