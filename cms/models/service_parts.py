"""What a service page has several of: needs, opening hours, sites."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from directory.records import WEEKDAYS


class ServicePageNeed(Orderable):
    """A need that the service meets."""

    page = ParentalKey("cms.ServicePage", on_delete=models.CASCADE, related_name="page_needs")
    need = models.ForeignKey("directory.Need", on_delete=models.PROTECT, related_name="+")
    main = models.BooleanField(
        default=True, help_text="Untick for a need that you also help with, beside your main work."
    )

    panels = [FieldRowPanel([FieldPanel("need"), FieldPanel("main")])]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "need"], name="a_page_names_a_need_once")
        ]


class ServicePageSchedule(Orderable):
    """Opening hours on some days of the week."""

    page = ParentalKey("cms.ServicePage", on_delete=models.CASCADE, related_name="page_schedules")
    byday = models.CharField(
        "days", max_length=20, help_text="Two letters a day, for example: MO TU TH"
    )
    opens_at = models.TimeField()
    closes_at = models.TimeField()

    panels = [FieldRowPanel([FieldPanel("byday"), FieldPanel("opens_at"), FieldPanel("closes_at")])]

    def clean(self) -> None:
        super().clean()
        wrong = [day for day in self.byday.split() if day not in WEEKDAYS]
        if wrong:
            days = ", ".join(WEEKDAYS)
            raise ValidationError({"byday": f"{wrong[0]} is not a day. Write some of {days}."})
        if self.opens_at and self.closes_at and self.opens_at >= self.closes_at:
            raise ValidationError({"closes_at": "It closes before it opens."})


class ServicePageSite(Orderable):
    """A place where the service is given.

    What is typed for a confidential site stays in the editor: it is left out of the record that
    everything public is made from.
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
        FieldPanel("confidential"),
        FieldPanel("name"),
        FieldPanel("address_1"),
        FieldRowPanel([FieldPanel("city"), FieldPanel("postal_code")]),
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
