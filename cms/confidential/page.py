"""What a page does with the addresses of its confidential sites when it is saved or published."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.models import Revision

from cms.confidential.held import keep, take
from cms.confidential.hiding import hide
from cms.confidential.releasing import ServicePermissions, fill_in, forget
from cms.models.base import SitePage


class KeepsAddresses(SitePage):
    """A page with sites: it never holds the address of a confidential one, saved or as a draft."""

    #: Sites that the last save took out of public view.
    hidden_at_once: list[UUID]
    #: Sites whose address the form, by which it was last saved, made confidential.
    newly_confidential: list[UUID]

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a full save of a live page is what publishing does, and may release an address."""
        if kwargs.get("update_fields") is not None:
            super().save(*args, **kwargs)
            return
        released = fill_in(self) if self.live and self.pk else {}
        taken = take(self, but=released)
        super().save(*args, **kwargs)
        keep(self, taken)
        forget(self, released)

    @transaction.atomic
    def save_revision(self, user: User | None = None, *args: Any, **kwargs: Any) -> Revision:
        keep(self, take(self))
        revision = super().save_revision(user, *args, **kwargs)
        self.hidden_at_once = hide(self, user)
        revision.refresh_from_db(fields=["content"])
        return revision

    def permissions_for_user(self, user: User) -> ServicePermissions:
        return ServicePermissions(user, self)
