"""What stands behind a partner's page: who may edit it, and where its pictures lie."""

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import models
from django.utils import timezone
from wagtail.models import AbstractGroupApprovalTask, Collection, Page

from cms.models.directory import PartnerPage


class PartnerSpace(models.Model):
    """A partner's part of the admin: its page, the group that may edit below it, its pictures."""

    page = models.OneToOneField(PartnerPage, on_delete=models.CASCADE, related_name="space")
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="space")
    collection = models.OneToOneField(Collection, on_delete=models.PROTECT, related_name="+")
    opened = models.DateTimeField(default=timezone.now)
    closed = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("page__title",)

    def __str__(self) -> str:
        return self.page.title


class HubReview(AbstractGroupApprovalTask):
    """The hub looks at what a partner has changed. Nobody approves what they asked for."""

    class Meta:
        verbose_name = "review by the hub"
        verbose_name_plural = "reviews by the hub"

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, str, bool]]:
        actions: list[tuple[str, str, bool]] = super().get_actions(obj, user)
        state = obj.current_workflow_state
        if state is not None and state.requested_by_id == user.pk:
            return [action for action in actions if action[0] != "approve"]
        return actions

    @classmethod
    def get_description(cls) -> str:
        return "A member of the hub who did not ask for the change approves it or sends it back."


class Invitation(models.Model):
    """That somebody was asked to join a partner: by whom, when, and when they came."""

    space = models.ForeignKey(PartnerSpace, on_delete=models.CASCADE, related_name="invitations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent = models.DateTimeField(null=True, blank=True, help_text="Empty until the mail is out.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "user"], name="one_invitation_per_partner")
        ]

    def __str__(self) -> str:
        return f"{self.user} to {self.space}"
