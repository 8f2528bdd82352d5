"""Which fixture files are in the database."""

from django.db import models


class LoadedFixture(models.Model):
    """A set of files, by name, with the digest of what was loaded last."""

    #: The name of the map's files.
    PLACES = "places"

    name = models.CharField(max_length=40, primary_key=True)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name} {self.digest[:12]}"
