"""The map: areas that services are declared for, and places that people type."""

from django.db import models


class Area(models.Model):
    """A dated area. Districts end and begin, so nothing in code names one."""

    class Kind(models.TextChoices):
        COUNTRY = "country", "Country"
        COUNTY = "county", "County"
        DISTRICT = "district", "District"
        LOCALITY = "locality", "Hub locality"
        PARISH = "parish", "Town or parish"

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    boundary = models.JSONField(null=True, blank=True, help_text="GeoJSON geometry, WGS 84.")
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("kind", "name")

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """Something a person types for where they live: a postcode, an outcode, a settlement."""

    class Kind(models.TextChoices):
        POSTCODE = "postcode", "Postcode"
        OUTCODE = "outcode", "First half of a postcode"
        SETTLEMENT = "settlement", "Town or village"

    kind = models.CharField(max_length=12, choices=Kind)
    key = models.CharField(max_length=80, help_text="Normalised name, for look-up.")
    name = models.CharField(max_length=80)
    detail = models.CharField(max_length=120, blank=True, help_text="Tells namesakes apart.")
    latitude = models.FloatField()
    longitude = models.FloatField()
    areas = models.JSONField(
        default=list, help_text="Codes of the areas it lies in, or may lie in, most local first."
    )
    exact = models.BooleanField(default=True, help_text="False: the areas are only possible ones.")
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("key", "pk")
        indexes = [models.Index(fields=["key", "kind"], name="place_key")]

    def __str__(self) -> str:
        return self.name
