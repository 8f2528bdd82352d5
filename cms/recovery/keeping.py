"""Keeping a copy of every page that is deleted, whichever way it was deleted.

It is made when the database row goes, not in a view: deleting a partner with all its services, in
bulk, from a command or by a program keeps the same.
"""

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models.signals import pre_delete
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import GroupCollectionPermission

from cms.models import ConfidentialAddress, DeletedPage, PartnerPage, PartnerSpace, ServicePage
from cms.models.base import SitePage


def connect() -> None:
    """Keep every page of the site that is deleted; close a space whose page goes."""
    for model in apps.get_models():
        # By name: a signal that hears of every model makes each deletion read its rows first.
        if issubclass(model, SitePage):
            uid = f"recovery-keep-{model.__name__}"
            pre_delete.connect(_keep, sender=model, dispatch_uid=uid)
    pre_delete.connect(_shut, sender=PartnerSpace, dispatch_uid="recovery-shut")


def keep(page: SitePage) -> DeletedPage:
    """A copy of a page as it is in the database, with its versions and what stands beside it."""
    # Asked for anew: the signal's own object has been unpublished in memory, and may be a draft.
    page = type(page).objects.get(pk=page.pk)
    parent = page.get_parent()
    user = get_active_log_context().user
    return DeletedPage.objects.create(
        page_type=page._meta.label_lower,
        page_pk=page.pk,
        parent_pk=parent.pk,
        title=page.draft_title or page.title,
        parent_title=parent.title,
        was_live=page.live,
        content=page.serializable_data(),
        revisions=list(page.revisions.order_by("created_at", "pk").values(
            "pk", "created_at", "user_id", "object_str", "content"
        )),
        beside=_beside(page),
        deleted_by=user if user is not None and user.pk else None,
    )  # fmt: skip


def purge() -> int:
    """Delete for good what was deleted too long ago. Returns how many pages that were."""
    before = timezone.now() - timedelta(days=settings.DELETED_PAGES_KEPT_DAYS)
    return DeletedPage.objects.filter(deleted__lt=before).delete()[0]


def _beside(page: SitePage) -> dict[str, Any]:
    """Rows that go with a page and are no part of it."""
    if isinstance(page, ServicePage):
        held = ConfidentialAddress.objects.filter(page=page)
        return {"addresses": list(held.values("location_id", "values"))}
    if isinstance(page, PartnerPage):
        spaces = PartnerSpace.objects.filter(page=page)
        return {"space": spaces.values("group_id", "collection_id", "opened").first()}
    return {}


def _keep(sender: type, instance: SitePage, **_: Any) -> None:
    keep(instance)


def _shut(sender: type, instance: PartnerSpace, **_: Any) -> None:
    """Nobody gets into the admin by a space that is gone: there, they would count as the hub's."""
    instance.group.permissions.clear()
    GroupCollectionPermission.objects.filter(group=instance.group).delete()
