"""A service as its partner keeps it."""

import re
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import TabbedInterface

from cms.confidential.page import KeepsAddresses
from cms.editing.tabs import TABS
from cms.models.photos import Photo
from cms.models.service_form import ServicePageForm
from cms.moderation.locks import with_short_form
from directory.models import Listing
from directory.validation import OLDEST

#: Ten years: longer waits are slips of the keyboard.
LONGEST_WAIT = 520

_LANGUAGES = re.compile(r"^[a-z]{2,3}( [a-z]{2,3})*$")


class ServicePage(KeepsAddresses):
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
    closed_until = models.DateField(
        null=True,
        blank=True,
        help_text="If you know it: the day from which you take people on again. "
        "From that day on the listing says so by itself.",
    )
    self_referral = models.BooleanField("people can come to you themselves", default=False)
    practitioner_referral = models.BooleanField("a practitioner can refer somebody", default=False)
    how_to_access = models.TextField(
        blank=True, help_text="How people start: whom to ring, where to go, what to bring."
    )
    next_steps = models.TextField(
        "what happens next",
        blank=True,
        help_text="After the first call or form. For example: We ring back within two days and "
        "agree a first visit.",
    )
    accessibility = models.TextField(
        blank=True,
        help_text="For example: step-free, hearing loop, a quiet room, easy-read letters.",
    )
    outreach = models.TextField(
        blank=True,
        help_text="Where else you come to. For example: Tuesday mornings at Harleston library.",
    )
    pledge = models.CharField(
        max_length=200,
        blank=True,
        help_text="What you promise everybody who asks. For example: We answer within two "
        "working days.",
    )
    outcomes = models.TextField(
        "what changes for people",
        blank=True,
        help_text="For example: Families owe less and know whom to ring.",
    )
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    assured_date = models.DateField(
        "confirmed on", null=True, blank=True, help_text="When you last checked that this is right."
    )

    photo = models.ForeignKey(
        Photo, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    photo_shows_no_place = models.BooleanField(
        "the photo does not show the place",
        default=False,
        help_text="Only asked if a site is confidential: without it the photo is not shown.",
    )

    base_form_class = ServicePageForm
    edit_handler = TabbedInterface(TABS)
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
        if self.closed_until and self.capacity != self.Capacity.CLOSED:
            raise ValidationError(
                {"closed_until": "Choose “Closed to new people”, or take this day out."}
            )
        if self.languages and not _LANGUAGES.match(self.languages):
            raise ValidationError(
                {"languages": "Write two-letter codes with spaces between, for example: en pl"}
            )

    def get_lock(self) -> Any:
        lock = super().get_lock()
        return with_short_form(lock) if self.live else lock

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.photos.showing import public_photo
        from cms.projection import service_record
        from cms.views.directory import service_context

        context = super().get_context(request, *args, **kwargs)
        photo = public_photo(self)
        return context | service_context(service_record(self)) | {"photo": photo}

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """Its own page, and the two cards by which people find it."""
        from cms.editing.preview import MODES

        return MODES

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        from cms.editing.preview import card_context

        if not mode_name:
            return super().serve_preview(request, mode_name)
        request.is_preview = True  # type: ignore[attr-defined]
        context = card_context(self, mode_name)
        return TemplateResponse(request, "cms/editing/preview_card.html", context)
