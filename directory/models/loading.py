"""Which fixture files are in the database, and what the hub changed of what they hold."""

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


class HubEdit(models.Model):
    """That the hub added, changed or took out a row: loading files leaves that as it is.

    `table`: the model's name; `key`: what tells the row from others in a file.
    """

    table = models.CharField(max_length=40)
    key = models.CharField(max_length=160)
    removed = models.BooleanField(default=False)
    edited_at = models.DateTimeField()

    class Meta:
        ordering = ("table", "key")
        constraints = [
            models.UniqueConstraint(fields=["table", "key"], name="one_mark_per_edited_row")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"
