"""Delivery hubs with their community connectors."""

import uuid
from typing import Any

from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from cms.models.base import SitePage
from directory.models import Hub


class HubIndexPage(SitePage):
    """The list of hubs."""

    intro = models.TextField(blank=True)

    content_panels = [*SitePage.content_panels, FieldPanel("intro")]
    template = "cms/hub_index_page.html"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.HubPage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from directory.reference import current_reference

        context = super().get_context(request, *args, **kwargs)
        return context | {"hubs": current_reference().hubs}


class HubPage(SitePage):
    """A delivery hub: the door for the areas it names."""

    hub_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    summary = models.TextField(blank=True)
    phone = models.CharField(max_length=40)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=200, blank=True)
    opening_hours = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    areas = ParentalManyToManyField("directory.Area", blank=True)

    content_panels = [
        *SitePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("phone"),
        FieldPanel("email"),
        FieldPanel("address"),
        FieldPanel("opening_hours"),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        FieldPanel("areas"),
        InlinePanel("connectors", label="Community connector's post"),
    ]
    template = "cms/hub_page.html"
    parent_page_types = ["cms.HubIndexPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["hub_id"]
    title_limit = Hub._meta.get_field("name").max_length

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.projection import hub_record

        return super().get_context(request, *args, **kwargs) | {"hub": hub_record(self)}


class HubConnector(Orderable):
    """A community connector's post. A post, never the name of the person in it."""

    page = ParentalKey(HubPage, on_delete=models.CASCADE, related_name="connectors")
    title = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    patch = models.CharField(max_length=160, blank=True, help_text="The villages it works in.")

    panels = [FieldPanel("title"), FieldPanel("phone"), FieldPanel("patch")]
