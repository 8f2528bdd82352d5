"""The shared language: outcomes, needs, the words people use for them, and levels of need."""

from django.db import models


class Outcome(models.Model):
    """One of the ten headline outcomes that needs are grouped under."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    name = models.CharField(max_length=120)
    source = models.URLField(max_length=300, blank=True)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return self.name


class Need(models.Model):
    """A kind of help (a service type of the hub). The code is stable for life."""

    code = models.SlugField(max_length=60, primary_key=True)
    name = models.CharField(max_length=120, unique=True)
    plain_name = models.CharField(
        max_length=120, help_text="How a resident would call it, for example 'Money you owe'."
    )
    description = models.TextField(blank=True)
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="needs")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.name


class PresentedNeed(models.Model):
    """A need as people bring it, in plain words ("Bailiffs at the door")."""

    slug = models.SlugField(max_length=80, primary_key=True)
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="presented")
    name = models.CharField(max_length=160)
    description = models.TextField(blank=True)

    class Meta:
        ordering = ("need", "name")

    def __str__(self) -> str:
        return self.name


class Phrase(models.Model):
    """Words that people use for a need: the rows that the matcher learns from."""

    class Register(models.TextChoices):
        SEARCH = "search", "Search words"
        RESIDENT = "resident", "Resident"
        PRACTITIONER = "practitioner", "Practitioner"
        PARTNER = "partner", "Partner"

    presented = models.ForeignKey(PresentedNeed, on_delete=models.CASCADE, related_name="phrases")
    text = models.TextField()
    register = models.CharField(max_length=12, choices=Register)
    also_needs = models.JSONField(
        default=list, blank=True, help_text="Codes of further needs that these words state."
    )
    source = models.CharField(max_length=120)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text[:60]


class Level(models.Model):
    """A level of need in the scheme of the partnership, lowest first."""

    code = models.SlugField(max_length=20, primary_key=True)
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(unique=True)
    description = models.TextField(blank=True)
    equivalents = models.JSONField(
        default=dict, blank=True, help_text="What other schemes call this level."
    )

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name
