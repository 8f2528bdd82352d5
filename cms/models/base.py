"""What every page of the site has in common."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest
from wagtail.models import Page
from wagtail.url_routing import RouteResult


class SitePage(Page):
    """A page whose public state is projected in the transaction that changes it.

    Wagtail sends its publish and move signals after it has saved and outside any transaction;
    these methods put both into one, so that a page and its listing cannot differ. Changes made in
    the admin go through `cms.middleware.AdminWritesAreAtomic` for the same reason.
    """

    #: Privacy settings fire no signal that a listing could follow, so they are not offered.
    private_page_options: list[str] = []

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """A page below an unpublished one is not there: a partner's page closes its services."""
        if not self.live:
            raise Http404
        return super().route(request, path_components)

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
