"""The mail that brings somebody in: a link to set a password, which works once and expires.

It is wanted together with the change that lets somebody in, and goes out when that is certain. What
could not be sent is tried again by `manage.py tidy`, each time with a fresh link: none is kept.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cms.accounts.links import has_password, password_link
from cms.models import Invitation
from cms.moderation.outbox import Sent

logger = logging.getLogger(__name__)

#: How long after the first attempt the second is due; the pause doubles after each.
PAUSE = timedelta(minutes=5)
#: The last attempt is three and a half days after the first: longer than a weekend.
MOST_TRIES = 11


def link_of(invitation: Invitation) -> str:
    """Where the person sets a password; for those who have one, where they log in."""
    if has_password(invitation.user):
        return f"{settings.SITE_URL}{reverse('wagtailadmin_home')}"
    return password_link(invitation.user)


def want(invitation: Invitation) -> Invitation:
    """Have the mail sent, also if it was sent before: by `deliver`, now or by a timer."""
    invitation.sent, invitation.due = None, timezone.now()
    invitation.tries, invitation.problem = 0, ""
    invitation.save(update_fields=["sent", "due", "tries", "problem"])
    return invitation


def post(invitation: Invitation) -> None:
    """Send the mail as soon as the current change is certain."""
    want(invitation)
    transaction.on_commit(partial(deliver, invitation.pk), robust=True)


def deliver(pk: int) -> Invitation | None:
    """Send a mail that is due, unless somebody else just does. The row says how it went.

    To be called outside a transaction: a slow mail server must not hold up those who write.
    """
    now = timezone.now()
    due = _due(now).filter(pk=pk)
    invitation = due.select_related("user", "space__page").first()
    if invitation is None:
        return None
    invitation.due = now + PAUSE * 2**invitation.tries
    invitation.tries += 1
    if not due.update(due=invitation.due, tries=invitation.tries, problem=""):
        return None
    mail = _mail(invitation)
    try:
        mail.send()
    except Exception as error:  # noqa: BLE001  (a mail backend may raise whatever it likes)
        logger.error("An invitation is not out yet: %s", error)
        invitation.problem = str(error) or type(error).__name__
        if invitation.tries >= MOST_TRIES:
            invitation.due = None
    else:
        invitation.sent, invitation.due, invitation.problem = timezone.now(), None, ""
    # Whoever has been removed meanwhile has no row any more.
    Invitation.objects.filter(pk=pk).update(
        sent=invitation.sent, due=invitation.due, problem=invitation.problem
    )
    return invitation


def send_waiting(progress: Callable[[str], None]) -> Sent:
    """Try every invitation whose time has come."""
    waiting = list(_due(timezone.now()).order_by("due", "pk").values_list("pk", flat=True))
    mails, failed = 0, []
    for number, pk in enumerate(waiting, start=1):
        invitation = deliver(pk)
        if invitation is not None and invitation.sent is None:
            failed.append(_said(invitation))
        else:
            mails += invitation is not None
        progress(f"{number} of {len(waiting)} invitations")
    return Sent(mails, tuple(failed))


def _due(now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(due__lte=now, space__closed=None, user__is_active=True)


def _mail(invitation: Invitation) -> EmailMessage:
    context = {
        "partner": invitation.space.page.title,
        "link": link_of(invitation),
        "new": not has_password(invitation.user),
        "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
        "site": settings.WAGTAIL_SITE_NAME,
    }
    return EmailMessage(
        subject=f"Keep {context['partner']}'s listings on {context['site']}",
        body=render_to_string("cms/mail/invitation.txt", context),
        to=[invitation.user.email],
    )


def _said(invitation: Invitation) -> str:
    given_up = "" if invitation.due else ". It was tried for days: invite the address again"
    return f"Invitation of {invitation.user.email}: {invitation.problem}{given_up}"
