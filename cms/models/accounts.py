"""What is remembered of log-ins."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class LogIn(models.Model):
    """That somebody came in or tried to: who, when, how, and from which part of the network.

    What was typed is not here. Without a `user` nobody has the name that was typed.
    """

    class What(models.TextChoices):
        IN = "in", "Logged in"
        REFUSED = "refused", "Wrong name or password"
        WRONG_CODE = "wrong_code", "Wrong code"
        TOO_MANY = "too_many", "Too many attempts"
        PASSWORD = "password", "Password changed"
        SET_UP = "set_up", "Two-step log-in set up"
        REMOVED = "removed", "Two-step log-in removed"
        NEW_CODES = "new_codes", "New recovery codes"

    class SecondStep(models.TextChoices):
        NONE = "", "None"
        TOTP = "totp", "Authenticator app"
        RECOVERY_CODES = "recovery_codes", "Recovery code"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="log_ins"
    )
    at = models.DateTimeField(default=timezone.now, db_index=True)
    what = models.CharField(max_length=12, choices=What.choices)
    second_step = models.CharField(
        max_length=16, choices=SecondStep.choices, default=SecondStep.NONE, blank=True
    )
    network = models.CharField(
        max_length=49, blank=True, help_text="The address, shortened: 203.0.113.0/24."
    )

    class Meta:
        verbose_name = "log-in"
        verbose_name_plural = "log-ins"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return (
            f"{self.get_what_display()}: {self.user or 'nobody we know'}, {self.at:%d %B %Y %H:%M}"
        )
