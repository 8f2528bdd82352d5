"""A confidential address becomes public in one way: ticked off, and published by who may see it."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from wagtail.log_actions import log
from wagtail.models import Page

from cms.confidential.access import may_see_address
from cms.confidential.fields import Values, blank, write
from cms.confidential.held import held_of, released_by
from cms.models.base import SitePermissions

REFUSED = (
    "This makes the address of a confidential site public, so a hub administrator has to publish "
    "it. What you changed is kept as a draft."
)


def may_publish(user: User, page: Any) -> bool:
    """Whether `page`, as it stands, makes no address public that `user` may not see."""
    return not released_by(page) or may_see_address(user, page)


def may_approve(user: User, page: Page) -> bool:
    """The same of the newest version of a page, which is what an approval publishes."""
    if not held_of(page) or may_see_address(user, page):
        return True
    newest = page.get_latest_revision_as_object()
    return may_publish(user, newest)


class ServicePermissions(SitePermissions):
    """Who cannot see an address cannot make it public."""

    def can_publish(self) -> bool:
        return bool(super().can_publish()) and may_publish(self.user, self.page)


def fill_in(page: Any) -> dict[UUID, Values]:
    """Let a page that is being published say the addresses that it makes public."""
    released = released_by(page)
    for site in page.page_sites.all() if released else ():
        if site.location_id in released:
            write(site, released[site.location_id])
    return released


def forget(page: Any, released: dict[UUID, Values]) -> None:
    """Hold these addresses no longer: they are public, and the revisions that say so show them."""
    from cms.models import ConfidentialAddress

    if not released:
        return
    for revision in page.revisions.all():
        if _show(revision.content.get("page_sites", []), released):
            page.revisions.filter(pk=revision.pk).update(content=revision.content)
    ConfidentialAddress.objects.filter(page_id=page.pk, location_id__in=released).delete()
    log(page, "cms.release_address", data={"sites": [str(pk) for pk in released]})


def _show(rows: list[dict[str, Any]], released: dict[UUID, Values]) -> bool:
    changed = False
    for row in rows:
        values = released.get(UUID(row["location_id"]))
        if values is not None and not row["confidential"]:
            row |= blank() | values
            changed = True
    return changed
