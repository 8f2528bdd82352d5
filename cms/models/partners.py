"""What stands behind a partner's page: who may edit it, and where its pictures lie."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import CharField, Form, Textarea
from django.utils import timezone
from wagtail.models import (
    AbstractGroupApprovalTask,
    Collection,
    Page,
    TaskState,
    WorkflowState,
)

from cms.confidential.releasing import may_approve
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
        permissions = [("use_hub_desk", "Can see what waits for the hub, and its reports")]

    def __str__(self) -> str:
        return self.page.title


class HubReview(AbstractGroupApprovalTask):
    """The hub looks at what a partner has changed. Nobody approves what they asked for."""

    class Meta:
        verbose_name = "review by the hub"
        verbose_name_plural = "reviews by the hub"

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, str, bool]]:
        actions: list[tuple[str, str, bool]] = super().get_actions(obj, user)
        if not may_approve(user, obj):
            return [action for action in actions if action[0] != "approve"]
        state = obj.current_workflow_state
        asked = state is not None and state.requested_by_id == user.pk
        if asked or _edits_for_partner_of(obj, user):
            return [action for action in actions if action[0] != "approve"]
        return actions

    def on_action(
        self, task_state: TaskState, user: User, action_name: str, **values: Any
    ) -> str | None:
        """Do it, if this user may do it to the page that this is the review of.

        Wagtail's view looks at the page in the address, which need not be that one.
        """
        page = task_state.workflow_state.content_object
        if action_name not in {name for name, *_ in self.get_actions(page, user)}:
            raise PermissionDenied
        done: str | None = super().on_action(task_state, user, action_name, **values)
        return done

    def _user_in_groups(self, user: User) -> bool:
        """Who is bound as a partner is no reviewer, whatever other groups they are in.

        Wagtail asks here for all that comes of a review: its actions, and who may open and
        change a page that is in it without any right on the page.
        """
        from cms.partners.boundary import is_partner

        return not is_partner(user) and bool(super()._user_in_groups(user))

    def start(self, workflow_state: WorkflowState, user: User | None = None) -> TaskState:
        """Let what is safe go live at once; a review of nothing else is over before it begins."""
        from cms.moderation.safe import publish_safe

        outcome = publish_safe(workflow_state.content_object, user)
        if outcome.rest:
            # What was submitted may be a newer draft now, on top of what went live.
            workflow_state = WorkflowState.objects.get(pk=workflow_state.pk)
            started: TaskState = super().start(workflow_state, user=user)
            return started
        latest = Page.objects.get(pk=workflow_state.object_id).latest_revision
        return TaskState.objects.create(
            workflow_state=workflow_state,
            task=self.task_ptr,
            status=TaskState.STATUS_SKIPPED,
            revision=latest,
            finished_at=timezone.now(),
            finished_by=user,
        )

    def get_form_for_action(self, action: str) -> type[Form]:
        """Sending something back takes a word of why."""
        form: type[Form] = super().get_form_for_action(action)
        if action != "reject":
            return form
        words = CharField(
            label="What should change", widget=Textarea({"rows": 4}), strip=True, required=True
        )
        return type("SendBackForm", (form,), {"comment": words})

    @classmethod
    def get_description(cls) -> str:
        return "A member of the hub who did not ask for the change approves it or sends it back."


def _edits_for_partner_of(page: Page, user: User) -> bool:
    """Whether somebody is of the partner whose page this is: also a member of the hub may be."""
    from cms.partners.boundary import own_pages

    return bool(own_pages(user).filter(pk=page.pk).exists())


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
    due = models.DateTimeField(
        null=True, blank=True, help_text="When the mail is tried next; empty if none waits."
    )
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True, help_text="Why the last attempt failed.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "user"], name="one_invitation_per_partner")
        ]

    def __str__(self) -> str:
        return f"{self.user} to {self.space}"
