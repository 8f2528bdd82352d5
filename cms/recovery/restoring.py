"""Bringing a deleted page back: as a draft, in its place, with id, versions and history."""

from itertools import count
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.log_actions import log
from wagtail.models import Collection, Page, PageLogEntry, Revision

from cms.models import ConfidentialAddress, DeletedPage, PartnerPage, PartnerSpace
from directory.models import Need

ACTION = "cms.bring_back"


class RecoveryRefused(Exception):
    """A page that cannot be brought back as things are; the text says what to do first."""


@transaction.atomic
def bring_back(kept: DeletedPage, by: User | None = None) -> Page:
    """The page again, below its parent, as a draft: the hub looks at it and publishes it.

    A parent that was deleted as well comes back first. Raises RecoveryRefused.
    """
    kept = DeletedPage.objects.select_for_update().get(pk=kept.pk)
    parent = _parent(kept, by)
    page = _as_draft(kept, parent)
    try:
        parent.add_child(instance=page)
    except ValidationError as error:
        raise RecoveryRefused(" ".join(error.messages)) from None
    page.latest_revision = _restore_versions(kept, page)
    page.save(update_fields=["latest_revision"], clean=False)
    _restore_beside(kept, page)
    PageLogEntry.objects.filter(page_id=kept.page_pk).update(page_id=page.pk)
    # What was deleted along with it looks for its parent by the key that it had.
    DeletedPage.objects.filter(parent_pk=kept.page_pk).update(parent_pk=page.pk)
    log(page, ACTION, user=by)
    kept.delete()
    return page


def _parent(kept: DeletedPage, by: User | None) -> Page:
    parent = Page.objects.filter(pk=kept.parent_pk).first()
    if parent is not None:
        return parent.specific
    deleted_too = DeletedPage.objects.filter(page_pk=kept.parent_pk).first()
    if deleted_too is not None:
        return bring_back(deleted_too, by)
    partner = PartnerPage.objects.filter(title__iexact=kept.parent_title).first()
    if partner is None or kept.page_type != "cms.servicepage":
        raise RecoveryRefused(
            f"“{kept.parent_title}”, which it stood under, is gone for good. Open a space for a "
            "partner of that name, then bring this back."
        )
    return partner


def _as_draft(kept: DeletedPage, parent: Page) -> Page:
    model: type[Page] = apps.get_model(kept.page_type)
    page = model.from_serializable_data(_rebound(kept.content, None))
    for field in model._meta.concrete_fields:
        known = field.unique and field.value_from_object(page)
        if known and field.name.endswith("_id") and model.objects.filter(**{field.name: known}):
            raise RecoveryRefused(
                f"“{kept.title}” is here already: it was brought back or imported again."
            )
    page.live = page.locked = page.expired = False
    page.has_unpublished_changes = True
    page.numchild = 0
    page.live_revision = page.latest_revision = page.locked_by = page.locked_at = None
    page.alias_of = None
    page.slug = _free(page.slug, parent)
    return page


def _rebound(content: dict[str, Any], pk: int | None) -> dict[str, Any]:
    """What was kept, as of a page with another key; without needs that are none any more.

    Rows that name a page or a need that is not there would not be read, or stop the reading.
    """
    known = set(Need.objects.values_list("pk", flat=True)) if "page_needs" in content else set()
    rebound = content | {"pk": pk}
    for name, rows in content.items():
        if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
            rebound[name] = [
                row | ({"page": pk} if "page" in row else {})
                for row in rows
                if name != "page_needs" or row["need"] in known
            ]
    return rebound


def _free(slug: str, parent: Page) -> str:
    taken = set(parent.get_children().values_list("slug", flat=True))
    tries = (slug if number == 1 else f"{slug}-{number}" for number in count(1))
    return next(one for one in tries if one not in taken)


def _restore_versions(kept: DeletedPage, page: Page) -> Revision | None:
    """The versions under the keys that they had, so that the history leads to them."""
    known = set(
        get_user_model().objects.filter(pk__in={row["user_id"] for row in kept.revisions})
        .values_list("pk", flat=True)
    )  # fmt: skip
    latest = None
    for row in kept.revisions:
        latest = Revision.objects.create(
            pk=row["pk"],
            content_object=page,
            base_content_type=page.get_base_content_type(),
            user_id=row["user_id"] if row["user_id"] in known else None,
            created_at=parse_datetime(row["created_at"]),
            object_str=row["object_str"],
            content=_rebound(row["content"], page.pk),
        )
    return latest


def _restore_beside(kept: DeletedPage, page: Page) -> None:
    ConfidentialAddress.objects.bulk_create(
        ConfidentialAddress(page_id=page.pk, **row) for row in kept.beside.get("addresses", ())
    )
    space: dict[str, Any] | None = kept.beside.get("space")
    if space is None or PartnerSpace.objects.filter(group_id=space["group_id"]).exists():
        return
    group = Group.objects.filter(pk=space["group_id"]).first()
    collection = Collection.objects.filter(pk=space["collection_id"]).first()
    if group is not None and collection is not None:
        # Closed: the hub opens it again, and its people are in as before.
        PartnerSpace.objects.create(
            page_id=page.pk,
            group=group,
            collection=collection,
            opened=space["opened"],
            closed=timezone.now(),
        )
