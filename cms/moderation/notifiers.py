"""Who hears of a review: one plain mail to each reviewer, one to whoever asked for it.

They take the place of Wagtail's own notifiers and keep its choice of people: those who are active,
have an address and have not switched such mails off in their account. Wagtail does not ask whether
they may still edit the page; here nobody else is told of it.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.admin.mail import (
    BaseWorkflowStateEmailNotifier,
    EmailNotificationMixin,
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
)
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
)

from cms.moderation import outbox
from cms.partners.boundary import may_edit
from cms.partners.spaces import people_of


def connect() -> None:
    """Tell of reviews in our words.

    A handler is known by its id, and the first to take an id keeps it: with Wagtail's ids these
    are connected instead of Wagtail's, which come later.
    """
    task_submitted.connect(
        Submitted(),
        sender=TaskState,
        dispatch_uid="group_approval_task_submitted_email_notification",
        weak=False,
    )
    for signal, notifier, uid in (
        (workflow_approved, Approved(), "workflow_state_approved_email_notification"),
        (workflow_rejected, SentBack(), "workflow_state_rejected_email_notification"),
        (workflow_cancelled, Ended(), "review-ended"),
    ):
        signal.connect(notifier, sender=WorkflowState, dispatch_uid=uid, weak=False)


class _Posted(EmailNotificationMixin):  # type: ignore[misc]
    """Goes into the outbox instead of to the mail server, for those who may edit the page."""

    template = ""

    def get_valid_recipients(self, instance: Any, **kwargs: Any) -> set[User]:
        state = instance.workflow_state if isinstance(instance, TaskState) else instance
        page = state.content_object
        people: set[User] = super().get_valid_recipients(instance, **kwargs)
        return {person for person in people if may_edit(person, page)}

    def get_template_set(self, instance: Any, **kwargs: Any) -> dict[str, str]:
        name = f"cms/mail/{self.template}"
        return {"subject": f"{name}_subject.txt", "text": f"{name}.txt"}

    def send_emails(
        self, templates: dict[str, str], context: dict[str, Any], people: set[User], **_: Any
    ) -> bool:
        page = context["page"]
        context |= {
            "title": page.get_latest_revision_as_object().title,
            "partner": page.get_parent().title,
            "review": _link("hub_review", page),
            "edit": _link("wagtailadmin_pages:edit", page),
            "public": page.full_url if page.live else "",
            "site": settings.WAGTAIL_SITE_NAME,
        }
        for person in sorted(people, key=lambda user: user.pk):
            outbox.post(
                person.email,
                render_to_string(templates["subject"], context),
                render_to_string(templates["text"], context),
            )
        return True


class Submitted(_Posted, GroupApprovalTaskStateSubmissionEmailNotifier):  # type: ignore[misc]
    """To each reviewer: a change waits."""

    template = "review_wanted"

    def get_context(self, task_state: TaskState, **kwargs: Any) -> dict[str, Any]:
        by = task_state.workflow_state.requested_by
        return {**super().get_context(task_state, **kwargs), "by": _name(by)}


class _Answered(_Posted):
    """To whoever asked; if they have left since, to the others of the page's partner."""

    def get_recipient_users(self, workflow_state: WorkflowState, **kwargs: Any) -> set[User]:
        page, asked = workflow_state.content_object, workflow_state.requested_by
        still_there = asked is not None and may_edit(asked, page)
        return ({asked} if still_there else people_of(page)) - {kwargs.get("user")}


class Approved(_Answered, WorkflowStateApprovalEmailNotifier):  # type: ignore[misc]
    """It is public."""

    template = "review_approved"

    def get_recipient_users(self, workflow_state: WorkflowState, **kwargs: Any) -> set[User]:
        last = workflow_state.current_task_state
        if last is not None and last.status == TaskState.STATUS_SKIPPED:
            return set()  # Nothing was left for the hub to look at.
        return super().get_recipient_users(workflow_state, **kwargs)

    def get_context(self, workflow_state: WorkflowState, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(workflow_state, **kwargs)
        last = workflow_state.current_task_state
        page = Page.objects.get(pk=context["page"].pk).specific
        context |= {"page": page, "comment": last.comment, "edited": _edited(workflow_state)}
        return dict(context)


class SentBack(_Answered, WorkflowStateRejectionEmailNotifier):  # type: ignore[misc]
    """What the hub wants changed."""

    template = "review_sent_back"


class Ended(_Answered, BaseWorkflowStateEmailNotifier):  # type: ignore[misc]
    """Somebody else ended the review, by publishing or without."""

    notification = "rejected"
    template = "review_ended"

    def get_recipient_users(self, workflow_state: WorkflowState, **kwargs: Any) -> set[User]:
        if kwargs.get("user") is None:
            return set()
        return super().get_recipient_users(workflow_state, **kwargs)

    def get_context(self, workflow_state: WorkflowState, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(workflow_state, **kwargs)
        page = Page.objects.get(pk=context["page"].pk).specific
        return {**context, "page": page, "waiting": page.has_unpublished_changes}


def _edited(workflow_state: WorkflowState) -> bool:
    """Whether what was approved is not quite what was submitted."""
    latest = workflow_state.content_object.get_latest_revision()
    return latest is not None and latest.user_id != workflow_state.requested_by_id


def _link(name: str, page: Page) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=[page.pk])}"


def _name(user: User | None) -> str:
    if user is None:
        return "Somebody"
    return user.get_full_name() or user.email or user.get_username()
