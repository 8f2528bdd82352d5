"""What every page of the site has in common."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest
from wagtail.models import Page, PagePermissionTester, Revision
from wagtail.url_routing import RouteResult

from cms.moderation.concurrent import NewerVersionForm

#: Characters of a slug. Three of them, one below the other, fit the addresses of the record.
SLUG_LIMIT = 90


class SitePermissions(PagePermissionTester):  # type: ignore[misc]
    """Wagtail's rules, without what the public record could not follow."""

    def can_set_view_restrictions(self) -> bool:
        """Nobody makes a page private: it would be shown in the directory all the same."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Wagtail asks the database whether anything at or below is live, for each row of a list.

        Of a page that is live itself the answer is known.
        """
        if self.page.live and not self.user.is_superuser and "publish" not in self.permissions:
            return False
        return bool(super().can_delete(ignore_bulk))


class SitePage(Page):
    """A page whose public state is projected in the transaction that changes it.

    Wagtail sends its publish and move signals after it has saved and outside any transaction;
    these methods put both into one, so that a page and its listing cannot differ. Changes made in
    the admin go through `cms.middleware.AdminWritesAreAtomic` for the same reason.
    """

    base_form_class = NewerVersionForm
    #: Privacy settings fire no signal that a listing could follow, so they are not offered.
    private_page_options: list[str] = []
    #: Characters of a title: as many as the public record takes.
    title_limit = 255

    class Meta:
        abstract = True

    def permissions_for_user(self, user: User) -> SitePermissions:
        return SitePermissions(user, self)

    def clean(self) -> None:
        super().clean()
        for name, limit in (("title", self.title_limit), ("slug", SLUG_LIMIT)):
            if len(getattr(self, name)) > limit:
                raise ValidationError({name: f"Keep the {name} to {limit} characters."})

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """A page below an unpublished one is not there: a partner's page closes its services."""
        if not self.live:
            raise Http404
        return super().route(request, path_components)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Save a version of its own, whatever its writer asks for.

        Wagtail lets a form name a version to be written over, for saving by itself, which is off
        here. The one that somebody wrote last may be the one that the hub has approved.
        """
        return super().save_revision(*args, **(kwargs | {"overwrite_revision": None}))

    @transaction.atomic
    def publish(self, *args: Any, **kwargs: Any) -> Any:
        return super().publish(*args, **kwargs)

    @transaction.atomic
    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        return super().unpublish(*args, **kwargs)

    @transaction.atomic
    def move(self, *args: Any, **kwargs: Any) -> Any:
        return super().move(*args, **kwargs)

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return super().delete(*args, **kwargs)
