"""The directory and its partners: Home → Directory → Partner → Service."""

import uuid
from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel

from cms.models.base import SitePage
from directory.models import Organization


class DirectoryPage(SitePage):
    """The directory: every partner is a page below it."""

    intro = models.TextField(blank=True)

    content_panels = [*SitePage.content_panels, FieldPanel("intro")]
    template = "cms/directory_page.html"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.PartnerPage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.views.directory import directory_context

        return super().get_context(request, *args, **kwargs) | directory_context()


class PartnerPage(SitePage):
    """A partner organisation. Its services are pages below it."""

    organization_id = models.UUIDField(
        default=uuid.uuid4, unique=True, editable=False, help_text="Open Referral id."
    )
    description = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)

    content_panels = [
        *SitePage.content_panels,
        FieldPanel("description"),
        FieldPanel("phone"),
        FieldPanel("email"),
        FieldPanel("website"),
    ]
    template = "cms/partner_page.html"
    parent_page_types = ["cms.DirectoryPage"]
    subpage_types = ["cms.ServicePage"]
    exclude_fields_in_copy = ["organization_id"]
    title_limit = Organization._meta.get_field("name").max_length

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.views.directory import partner_context

        return super().get_context(request, *args, **kwargs) | partner_context(self)
