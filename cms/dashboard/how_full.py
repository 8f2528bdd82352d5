"""Where the short form "How full we are" is found."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.models import ServicePage
from cms.views.capacity import how_full


def urls() -> list[URLPattern]:
    return [path("services/<int:pk>/how-full/", how_full, name="service_how_full")]


def button(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """In the list of pages, beside each live service. Asks the database for nothing more."""
    is_service = issubclass(page.specific_class or Page, ServicePage)
    if is_service and page.live and page.permissions_for_user(user).can_edit():
        address = reverse("service_how_full", args=[page.pk])
        yield Button("How full we are", address, icon_name="group", priority=3)
