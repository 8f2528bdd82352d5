"""What partners were reminded of."""

from django.db import models
from django.utils import timezone

from cms.models.service import ServicePage


class Reminder(models.Model):
    """That a partner was asked, so many months after it last confirmed a service.

    `assured_date`: the confirmation that was growing old; empty if there was never one.
    `sent`: when it was asked. Whether the mails are out is said by them (`Notice`).
    """

    page = models.ForeignKey(ServicePage, on_delete=models.CASCADE, related_name="reminders")
    assured_date = models.DateField(null=True)
    month = models.PositiveSmallIntegerField()
    sent = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-sent",)
        constraints = [
            models.UniqueConstraint(
                fields=["page", "assured_date", "month"], name="one_reminder_a_month"
            ),
            # To a database no two empty dates are the same.
            models.UniqueConstraint(
                fields=["page", "month"],
                condition=models.Q(assured_date__isnull=True),
                name="one_first_reminder_a_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page} after {self.month} months"
