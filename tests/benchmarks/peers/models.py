"""A service with what a keyword search within a district needs."""

from django.db import models
from modelsearch import index


class PeerService(index.Indexed, models.Model):
    """`district`: the first area that the service declares, "" if it declares none."""

    name = models.CharField(max_length=200)
    summary = models.TextField()
    description = models.TextField()
    district = models.CharField(max_length=40, db_index=True)

    search_fields = [
        index.SearchField("name", boost=8),
        index.SearchField("summary", boost=3),
        index.SearchField("description"),
        index.FilterField("district"),
    ]

    def __str__(self) -> str:
        return self.name
