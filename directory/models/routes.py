"""Where an enquiry can always go: the locality's hub, and the lines that answer at any hour."""

from django.db import models


class Hub(models.Model):
    """A delivery hub with its community connectors, the door for one locality."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=120)
    summary = models.TextField(blank=True)
    phone = models.CharField(max_length=40)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=200, blank=True)
    opening_hours = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    areas = models.JSONField(default=list, help_text="Codes of the areas whose door it is.")
    within = models.JSONField(default=list, help_text="Codes of the areas those lie in.")
    connectors = models.JSONField(default=list, help_text="Posts: title, phone, patch.")
    url = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Helpline(models.Model):
    """A public line to call when no local service is the answer, or before one is looked for."""

    class Kind(models.TextChoices):
        EMERGENCY = "emergency", "Emergency"
        SAFEGUARDING = "safeguarding", "Safeguarding front door"
        CRISIS = "crisis", "Crisis line"
        HELPLINE = "helpline", "Helpline"

    class For(models.TextChoices):
        EVERYONE = "everyone", "Everyone"
        CHILD = "child", "Children and young people"
        ADULT = "adult", "Adults"

    class Danger(models.TextChoices):
        """Signs of danger, of these kinds, for which it is the urgent route."""

        DOMESTIC_ABUSE = "domestic_abuse", "Hurt or controlled by a partner or relative"
        HONOUR = "honour", "Threatened in the name of honour, forced marriage"
        EXPLOITATION = "exploitation", "Exploited or trafficked"
        MISSING = "missing", "Missing"

    code = models.SlugField(max_length=60, primary_key=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind)
    serves = models.CharField(max_length=10, choices=For, default=For.EVERYONE)
    phone = models.CharField(max_length=40, blank=True)
    text_number = models.CharField(max_length=80, blank=True)
    url = models.URLField(max_length=300, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    description = models.TextField(blank=True)
    needs = models.JSONField(default=list, help_text="Codes of the needs it answers.")
    areas = models.JSONField(default=list, help_text="Area codes; empty means the whole country.")
    dangers = models.JSONField(
        default=list, blank=True, help_text="Kinds of danger for which it is the urgent route."
    )
    professionals = models.BooleanField(
        default=False, help_text="For people who work with families, and not for the public."
    )
    position = models.PositiveSmallIntegerField(default=100)
    source = models.URLField(max_length=300)
    source_date = models.DateField()

    class Meta:
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.name
