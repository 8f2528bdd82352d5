"""Live services as everybody may see them, and what the embedded engine needs to find them."""

from django.db import models
from django.utils import timezone

from directory.models.language import Need


class Revision(models.Model):
    """A counter that only grows. `listings` numbers every change of a listing."""

    name = models.CharField(max_length=20, primary_key=True)
    value = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


class Organization(models.Model):
    """The partner behind a service."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(max_length=300, blank=True)
    url = models.CharField(max_length=300, blank=True, help_text="Its page on this site.")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class ListingQuerySet(models.QuerySet["Listing"]):
    def live(self) -> "ListingQuerySet":
        """Listings that the public may see."""
        return self.filter(active=True)


class Listing(models.Model):
    """One row per service, whatever its source. Only `directory.listings` writes here.

    A withdrawn listing keeps its row, emptied, so that its version goes on growing and an index
    that hears of changes late cannot bring it back.
    """

    service_id = models.UUIDField(unique=True, help_text="Open Referral id, stable for life.")
    source = models.CharField(max_length=60, help_text="'cms' or the name of a feed.")
    active = models.BooleanField(default=True)
    organization = models.ForeignKey(
        Organization, null=True, on_delete=models.PROTECT, related_name="listings"
    )
    name = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=300, blank=True)
    document = models.JSONField(default=dict, help_text="HSDS-shaped public record.")
    facets = models.JSONField(default=dict, help_text="What matching reads; see search.document.")
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    national = models.BooleanField(default=False)
    free = models.BooleanField(default=True)
    capacity = models.CharField(max_length=12, default="open")
    assured_date = models.DateField(null=True, blank=True)
    version = models.PositiveBigIntegerField(db_index=True)
    indexed_version = models.PositiveBigIntegerField(default=0)

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        indexes = [
            # Only the changes that OpenSearch has not confirmed: a short list whatever the size.
            models.Index(
                fields=["version"],
                name="pending_changes",
                condition=models.Q(indexed_version__lt=models.F("version")),
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.service_id)


class ListingNeed(models.Model):
    """That a service meets a need: weight 1.0 for what it is for, 0.6 for what it also does."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="listing_needs")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="listing_needs")
    weight = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listing", "need"], name="one_weight_per_need")
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.need_id} {self.weight}"


class ListingArea(models.Model):
    """An area that a service says it serves."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="listing_areas")
    area_code = models.CharField(max_length=40, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listing", "area_code"], name="one_row_per_area")
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.area_code}"


class Site(models.Model):
    """Where a service is given. A confidential site has no point and no address here."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="sites")
    location_id = models.UUIDField()
    name = models.CharField(max_length=160, blank=True)
    address = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    confidential = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="a_confidential_site_holds_nothing",
                condition=models.Q(confidential=False)
                | models.Q(name="", address="", latitude__isnull=True, longitude__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.name or "confidential"


class Reach(models.Model):
    """The embedded engine's index: which listings meet a need and may cover a coverage token.

    Tokens come from `directory.geography.coverage`. Rows of one (need, token) lie together in
    order of static quality, so a query reads a short range whatever the size of the directory.
    """

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")
    need = models.CharField(max_length=60)
    token = models.CharField(max_length=48)
    weight = models.FloatField()
    quality = models.FloatField()

    class Meta:
        indexes = [
            models.Index(
                fields=["need", "token", "-weight", "-quality", "listing"], name="reach_range"
            )
        ]

    def __str__(self) -> str:
        return f"{self.need} {self.token} {self.listing_id}"


class IndexBuild(models.Model):
    """That an index of OpenSearch is being filled: writers send changes there too.

    `beat`: when the rebuild was last heard of.
    """

    alias = models.CharField(max_length=200, primary_key=True)
    index = models.CharField(max_length=255)
    started = models.DateTimeField(default=timezone.now)
    beat = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.index
