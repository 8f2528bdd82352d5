"""A service as its partner keeps it."""

import re
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)

from cms.completeness import CompletenessPanel
from cms.models.base import SitePage
from cms.models.service_form import ServicePageForm
from directory.models import Listing
from directory.validation import OLDEST

#: Ten years: longer waits are slips of the keyboard.
LONGEST_WAIT = 520

_LANGUAGES = re.compile(r"^[a-z]{2,3}( [a-z]{2,3})*$")


class ServicePage(SitePage):
    """A service. Published, it becomes the listing that everybody finds (`cms.projection`)."""

    class Capacity(models.TextChoices):
        OPEN = "open", "Taking people on"
        LIMITED = "limited", "A few places left"
        WAITING_LIST = "waiting_list", "There is a waiting list"
        CLOSED = "closed", "Closed to new people"

    service_id = models.UUIDField(
        default=uuid.uuid4, unique=True, editable=False, help_text="Open Referral id."
    )
    summary = models.CharField(
        max_length=300, help_text="One plain sentence: whom it helps, and with what."
    )
    description = models.TextField(blank=True)
    presented_needs = ParentalManyToManyField("directory.PresentedNeed", blank=True)
    national = models.BooleanField("serves the whole country", default=False)
    areas = ParentalManyToManyField(
        "directory.Area", blank=True, help_text="Leave empty if anybody near a site may come."
    )
    in_person = models.BooleanField("at a site", default=False)
    home_visit = models.BooleanField("at home", default=False)
    by_phone = models.BooleanField(default=False)
    online = models.BooleanField(default=False)
    minimum_age = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(OLDEST)]
    )
    maximum_age = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(OLDEST)]
    )
    eligibility = models.TextField("who it is for", blank=True)
    levels = ParentalManyToManyField("directory.Level", blank=True)
    free = models.BooleanField(default=True)
    fees = models.CharField(max_length=200, blank=True)
    languages = models.CharField(
        max_length=60, default="en", help_text="Two-letter codes with spaces, for example: en pl"
    )
    interpreters = models.BooleanField("interpreters can be arranged", default=False)
    capacity = models.CharField(max_length=12, choices=Capacity, default=Capacity.OPEN)
    waiting_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    how_to_access = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    assured_date = models.DateField(
        "confirmed on", null=True, blank=True, help_text="When you last checked that this is right."
    )

    base_form_class = ServicePageForm
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    CompletenessPanel(),
                    *SitePage.content_panels,
                    FieldPanel("summary"),
                    FieldPanel("description"),
                ],
                heading="What it is",
            ),
            ObjectList(
                [
                    InlinePanel("page_needs", label="Need", min_num=1),
                    FieldPanel("presented_needs"),
                    FieldRowPanel([FieldPanel("minimum_age"), FieldPanel("maximum_age")]),
                    FieldPanel("eligibility"),
                    FieldPanel("levels"),
                ],
                heading="Who it is for",
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("in_person"),
                            FieldPanel("home_visit"),
                            FieldPanel("by_phone"),
                            FieldPanel("online"),
                        ],
                        heading="How people get it",
                    ),
                    InlinePanel("page_sites", label="Site"),
                    FieldPanel("national"),
                    FieldPanel("areas"),
                ],
                heading="Where",
            ),
            ObjectList([InlinePanel("page_schedules", label="Opening hours")], heading="When"),
            ObjectList(
                [
                    FieldPanel("how_to_access"),
                    FieldPanel("phone"),
                    FieldPanel("email"),
                    FieldPanel("website"),
                    FieldRowPanel([FieldPanel("free"), FieldPanel("fees")]),
                    FieldRowPanel([FieldPanel("languages"), FieldPanel("interpreters")]),
                ],
                heading="How to get it",
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("capacity"), FieldPanel("waiting_weeks")]),
                    FieldPanel("assured_date"),
                ],
                heading="How full it is",
            ),
            ObjectList(
                [*SitePage.promote_panels, *SitePage.settings_panels],
                heading="Address and dates",
            ),
        ]
    )
    template = "cms/service_page.html"
    parent_page_types = ["cms.PartnerPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["service_id"]
    title_limit = Listing._meta.get_field("name").max_length

    def clean(self) -> None:
        super().clean()
        low, high = self.minimum_age, self.maximum_age
        if low is not None and high is not None and low > high:
            raise ValidationError({"maximum_age": "The oldest age is below the youngest."})
        if (self.waiting_weeks or 0) > LONGEST_WAIT:
            raise ValidationError({"waiting_weeks": f"A wait is {LONGEST_WAIT} weeks at most."})
        if not _LANGUAGES.match(self.languages):
            raise ValidationError(
                {"languages": "Write two-letter codes with spaces between, for example: en pl"}
            )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.projection import service_record
        from cms.views.directory import service_context

        context = super().get_context(request, *args, **kwargs)
        return context | service_context(service_record(self))
