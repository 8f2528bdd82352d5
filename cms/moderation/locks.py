"""The message of a page that is closed, with what can be said of it all the same."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from wagtail.locks import BaseLock, ScheduledForPublishLock, WorkflowLock


class _SaysMore(BaseLock):  # type: ignore[misc]
    """Leads to the short form of a live service."""

    def get_message(self, user: Any) -> Any:
        message = super().get_message(user)
        if not message:
            return message
        return format_html(
            '{} Meanwhile this can still be said: <span class="buttons"><a class="button '
            'button-small button-secondary" href="{}">How full we are</a></span>',
            message,
            reverse("service_how_full", args=[self.object.pk]),
        )


class LiveInReview(_SaysMore, WorkflowLock):  # type: ignore[misc]
    """A change of a live service waits for the hub."""


class LiveWithPlan(_SaysMore, ScheduledForPublishLock):  # type: ignore[misc]
    """A change of a live service comes on its day."""


def with_short_form(lock: BaseLock | None) -> BaseLock | None:
    """The same lock of a live service, whose message says what is open."""
    if isinstance(lock, ScheduledForPublishLock):
        return LiveWithPlan(lock.object)
    if isinstance(lock, WorkflowLock):
        return LiveInReview(lock.object, lock.task)
    return lock
