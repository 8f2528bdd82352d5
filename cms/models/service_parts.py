"""What a service page has several of: needs, opening hours, days that differ, sites."""

import uuid
from collections.abc import Collection
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import model_from_serializable_data
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from cms.confidential.form import ConfidentialNote
from cms.editing.panels import FindPlace
from cms.editing.placing import by_postcode
from cms.editing.widgets import DaysOfTheWeek, NeedSelect
from directory.records import WEEKDAYS


class ServicePart(Orderable):
    """A row of what a service page has several of."""

    class Meta(Orderable.Meta):
        abstract = True

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Self:
        """A row of a version of the page, as it was written.

        Without this each row would ask the database for its page, which is the one whose version
        is read, and for its need, which is there as long as a draft names it.
        """
        row: Self = model_from_serializable_data(cls, data, check_fks=False)
        return row


class ServicePageNeed(ServicePart):
    """A need that the service meets."""

    page = ParentalKey("cms.ServicePage", on_delete=models.CASCADE, related_name="page_needs")
    need = models.ForeignKey("directory.Need", on_delete=models.PROTECT, related_name="+")
    main = models.BooleanField(
        default=True, help_text="Untick for a need that you also help with, beside your main work."
    )

    panels = [FieldRowPanel([FieldPanel("need", widget=NeedSelect), FieldPanel("main")])]

    class Meta(ServicePart.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "need"], name="a_page_names_a_need_once")
        ]


class ServicePageSchedule(ServicePart):
    """Opening hours on some days of the week."""

    page = ParentalKey("cms.ServicePage", on_delete=models.CASCADE, related_name="page_schedules")
    byday = models.CharField("days", max_length=20)
    opens_at = models.TimeField()
    closes_at = models.TimeField()

    panels = [
        FieldPanel("byday", widget=DaysOfTheWeek),
        FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
    ]

    def clean(self) -> None:
        super().clean()
        wrong = [day for day in self.byday.split() if day not in WEEKDAYS]
        if wrong:
            days = ", ".join(WEEKDAYS)
            raise ValidationError({"byday": f"{wrong[0]} is not a day. Write some of {days}."})
        if self.opens_at and self.closes_at and self.opens_at >= self.closes_at:
            raise ValidationError({"closes_at": "It closes before it opens."})


class ServicePageHoliday(ServicePart):
    """Days between two dates on which the weekly hours do not count: closed, or other hours."""

    page = ParentalKey("cms.ServicePage", on_delete=models.CASCADE, related_name="page_holidays")
    valid_from = models.DateField("from")
    valid_to = models.DateField("to", help_text="The last such day: for one day, the same date.")
    opens_at = models.TimeField(
        null=True, blank=True, help_text="Leave both times empty if you are closed."
    )
    closes_at = models.TimeField(null=True, blank=True)
    description = models.CharField(
        "words for it", max_length=120, blank=True, help_text="For example: Christmas"
    )

    panels = [
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
        FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
        FieldPanel("description"),
    ]

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValidationError({"valid_to": "It ends before it begins."})
        if (self.opens_at is None) != (self.closes_at is None):
            raise ValidationError(
                {"closes_at": "Give both times, or leave both empty if you are closed."}
            )
        if self.opens_at and self.closes_at and self.opens_at >= self.closes_at:
            raise ValidationError({"closes_at": "It closes before it opens."})


class ServicePageSite(ServicePart):
    """A place where the service is given.

    What is typed for a confidential site is held elsewhere (`cms.confidential`): the row, like
    every revision of its page, says only that there is one.
    """

    page = ParentalKey("cms.ServicePage", on_delete=models.CASCADE, related_name="page_sites")
    location_id = models.UUIDField(default=uuid.uuid4, editable=False)
    confidential = models.BooleanField(
        default=False, help_text="Tick if nobody may learn where this is. It is shown nowhere."
    )
    name = models.CharField(max_length=160, blank=True)
    address_1 = models.CharField("street", max_length=160, blank=True)
    city = models.CharField("town or village", max_length=80, blank=True)
    postal_code = models.CharField("postcode", max_length=10, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    panels = [
        ConfidentialNote(),
        FieldPanel("confidential"),
        FieldPanel("name"),
        FieldPanel("address_1"),
        FieldRowPanel([FieldPanel("city"), FieldPanel("postal_code")]),
        FindPlace(),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
    ]

    def clean(self) -> None:
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": "Give both latitude and longitude, or neither."})
        for name, bound in (("latitude", 90), ("longitude", 180)):
            value = getattr(self, name)
            if value is not None and not -bound <= value <= bound:
                raise ValidationError({name: f"A {name} is between -{bound} and {bound}."})
        self._place()

    def _place(self) -> None:
        """Put a site that says its postcode and no point on the map. A confidential one is not."""
        if self.confidential or self.latitude is not None or not self.postal_code:
            return
        point = by_postcode(self.postal_code)
        if point:
            self.latitude, self.longitude = point.latitude, point.longitude

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """What is typed of a confidential site is held before the row is saved: no fault of it."""

    class Meta(ServicePart.Meta):
        constraints = [
            models.CheckConstraint(
                name="a_confidential_row_holds_nothing",
                condition=models.Q(confidential=False)
                | models.Q(
                    name="",
                    address_1="",
                    city="",
                    postal_code="",
                    latitude=None,
                    longitude=None,
                ),
            )
        ]
