"""One mail to each reviewer for a whole file, instead of one for each page that it submits."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.models import Page, TaskState
from wagtail.signals import task_submitted

from cms.models import PartnerPage
from cms.moderation import outbox
from cms.moderation.notifiers import Submitted

#: Names of services that a mail says; the rest is a number.
NAMED = 10


@dataclass(frozen=True, slots=True)
class _Asked:
    """A mail about one page that is held back: what it would say, and to whom."""

    templates: dict[str, str]
    context: dict[str, Any]
    people: set[User]


_held_back: ContextVar[list[_Asked] | None] = ContextVar("mails held back", default=None)


class SubmittedTogether(Submitted):
    """Tells reviewers of a page that waits; within `together`, of all of them at the end."""

    def send_emails(
        self, templates: dict[str, str], context: dict[str, Any], people: set[User], **more: Any
    ) -> bool:
        held_back = _held_back.get()
        if held_back is None:
            return super().send_emails(templates, context, people, **more)
        held_back.append(_Asked(templates, context, people))
        return True


_notifier = SubmittedTogether()


def connect() -> None:
    """Take the place of `notifiers.Submitted`, whose id this has: the first to take it keeps it."""
    task_submitted.connect(
        _notifier,
        sender=TaskState,
        dispatch_uid="group_approval_task_submitted_email_notification",
    )


@contextmanager
def together() -> Iterator[None]:
    """What is submitted within is told at the end, in one mail to each reviewer.

    If it is not done after all, nobody hears of it.
    """
    held_back: list[_Asked] = []
    token = _held_back.set(held_back)
    try:
        yield
    finally:
        _held_back.reset(token)
    people = {person for asked in held_back for person in asked.people}
    for person in sorted(people, key=lambda user: user.pk):
        _tell(person, [asked for asked in held_back if person in asked.people])


def _tell(person: User, asked: Sequence[_Asked]) -> None:
    if len(asked) == 1:
        _notifier.send_emails(asked[0].templates, dict(asked[0].context), {person})
        return
    pages = [one.context["page"] for one in asked]
    context = {
        "by": asked[0].context["by"],
        "count": len(pages),
        "partners": " and ".join(_partners(pages)),
        "titles": [page.draft_title for page in pages[:NAMED]],
        "more": max(len(pages) - NAMED, 0),
        "desk": f"{settings.SITE_URL}{reverse('wagtailadmin_home')}#hub-desk-section",
        "site": settings.WAGTAIL_SITE_NAME,
    }
    outbox.post(
        person.email,
        render_to_string("cms/mail/import_wanted_subject.txt", context),
        render_to_string("cms/mail/import_wanted.txt", context),
    )


def _partners(pages: Sequence[Page]) -> list[str]:
    above = {page.path[: -Page.steplen] for page in pages}
    partners = PartnerPage.objects.filter(path__in=above).order_by("title")
    return list(partners.values_list("title", flat=True))
