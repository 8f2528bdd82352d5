"""Files that wait for somebody to say that they are to be applied."""

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from cms.models.directory import PartnerPage


class ImportBatch(models.Model):
    """An uploaded file with what it would do, from its preview until it is applied: a day at most.

    It may hold addresses of confidential sites, so nobody but who uploaded it is shown it.
    """

    #: Nothing that asks where a page or a need is used may list it.
    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    partner = models.ForeignKey(
        PartnerPage, null=True, on_delete=models.CASCADE, related_name="+",
        help_text="If only services of this partner were to be brought in.",
    )  # fmt: skip
    publish = models.BooleanField(help_text="Publish, or submit, what it brings; else drafts.")
    name = models.CharField(max_length=200, help_text="What the file was called.")
    file = models.BinaryField()
    plan = models.JSONField(encoder=DjangoJSONEncoder, help_text="What the preview shows.")
    fingerprint = models.CharField(
        max_length=64, blank=True, help_text="Of what the preview shows. Empty: not looked at yet."
    )
    made = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.name
