"""Where confidential sites are: the one place that knows."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class ConfidentialAddress(models.Model):
    """The address of a service's confidential site, kept out of its page and all its revisions.

    Whoever holds the right to view these rows sees the addresses of every partner; a partner's
    people see their own without it (`cms.confidential.access`).
    """

    #: Nothing that asks "where is this page used?" may list where it is.
    wagtail_reference_index_ignore = True

    page = models.ForeignKey("cms.ServicePage", on_delete=models.CASCADE, related_name="+")
    location_id = models.UUIDField()
    values = models.JSONField(
        encoder=DjangoJSONEncoder, help_text="Every field of the site that says where it is."
    )

    class Meta:
        verbose_name = "confidential address"
        verbose_name_plural = "confidential addresses"
        constraints = [
            models.UniqueConstraint(
                fields=["page", "location_id"], name="one_confidential_address_per_site"
            )
        ]

    def __str__(self) -> str:
        return f"confidential site {self.location_id}"
