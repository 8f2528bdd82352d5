"""The front door, and pages of advice."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.models.base import SitePage


class HomePage(SitePage):
    """One box: what is going on, and where."""

    intro = models.TextField(
        blank=True, help_text="One or two sentences above the box: who this is for."
    )

    content_panels = [*SitePage.content_panels, FieldPanel("intro")]
    template = "cms/home_page.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.DirectoryPage", "cms.HubIndexPage", "cms.AdvicePage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.views.start import start_context

        return super().get_context(request, *args, **kwargs) | start_context()


class AdvicePage(SitePage):
    """A page of plain advice."""

    body = RichTextField(features=["h2", "h3", "bold", "ol", "ul", "link"])

    content_panels = [*SitePage.content_panels, FieldPanel("body")]
    template = "cms/advice_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
