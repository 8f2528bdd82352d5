"""Mails on their way: written with the change they tell of, sent after it, and never lost.

A mail is a row first. It goes out when the change it belongs to is certain; what could not be sent
stays, is logged, and is tried again by `manage.py tidy`.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cms.models import Notice

logger = logging.getLogger(__name__)

#: After this time an attempt that nobody has finished counts as broken off, and a mail server that
#: was away may be there again.
PAUSE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Sent:
    """How a round went: mails that went out, and those that did not, with why."""

    mails: int
    failed: tuple[str, ...]


def post(to: str, subject: str, body: str) -> Notice:
    """Send a mail as soon as the current change is certain."""
    notice = Notice.objects.create(to=to, subject=" ".join(subject.split()), body=body.strip())
    transaction.on_commit(partial(_deliver_soon, notice.pk), robust=True)
    return notice


def send_waiting(progress: Callable[[str], None]) -> Sent:
    """Try every mail that is not out yet, the oldest first."""
    waiting = list(Notice.objects.filter(sent=None).values_list("pk", flat=True))
    mails, failed = 0, []
    for number, pk in enumerate(waiting, start=1):
        notice = _deliver(pk)
        if notice is not None and notice.sent is None:
            failed.append(f"{notice}: {notice.problem}")
        else:
            mails += notice is not None
        progress(f"{number} of {len(waiting)} mails")
    return Sent(mails, tuple(failed))


def forget_sent() -> int:
    """Delete mails that have been out for as long as deleted pages are kept. Returns how many."""
    before = timezone.now() - timedelta(days=settings.DELETED_PAGES_KEPT_DAYS)
    return Notice.objects.filter(sent__lt=before).delete()[0]


def _deliver_soon(pk: int) -> None:
    """Send one mail while somebody waits for their page: not while the mail server is away."""
    lately = timezone.now() - PAUSE
    if not Notice.objects.filter(sent=None, tried__gt=lately).exclude(problem="").exists():
        _deliver(pk)


def _deliver(pk: int) -> Notice | None:
    """Send one mail unless somebody else just does. The row says how it went.

    No transaction is open meanwhile: a slow mail server must not hold up those who write.
    """
    now = timezone.now()
    nobody = Q(tried=None) | Q(tried__lt=now - PAUSE) | ~Q(problem="")
    if not Notice.objects.filter(nobody, pk=pk, sent=None).update(tried=now, problem=""):
        return None
    notice = Notice.objects.get(pk=pk)
    mail = EmailMessage(
        notice.subject,
        notice.body,
        to=[notice.to],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        mail.send()
    except Exception as error:  # noqa: BLE001  (a mail backend may raise whatever it likes)
        logger.error("A mail about a page is not out yet and is tried again: %s", error)
        notice.problem = str(error) or type(error).__name__
    else:
        notice.sent = timezone.now()
    notice.save(update_fields=["sent", "problem"])
    return notice
