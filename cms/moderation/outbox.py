"""Mails on their way: written with the change they tell of, sent after it, and never lost.

A mail is a row first. It goes out when the change it belongs to is certain; what could not be sent
stays, is logged, and is tried again by `manage.py tidy`, as is what was too much to send at once.
After a week nobody needs the news of a review any more: then it is tried no longer, and the hub's
dashboard goes on counting it until it is forgotten like those that are out.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cms.models import Notice

logger = logging.getLogger(__name__)

#: After this time an attempt that nobody has finished counts as broken off, and a mail server that
#: was away may be there again.
PAUSE = timedelta(minutes=5)
#: A mail that is older than this is tried no longer.
TRIED_FOR = timedelta(days=7)
#: Mails of one change that go out while somebody waits for their page: what a review sends.
AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class Sent:
    """How a round went: mails that went out, and those that did not, with why."""

    mails: int
    failed: tuple[str, ...]


@dataclass(slots=True)
class _Round:
    """The mails of one change. They go out together, and the first few of them at once."""

    pks: list[int] = field(default_factory=list)
    begun: bool = False

    def begin(self, place: int) -> None:
        """Called for each mail that is certain, in order: the first sends for those after it."""
        if not self.begun:
            self.begun = True
            _deliver_soon(self.pks[place : place + AT_ONCE])


_round: ContextVar[_Round | None] = ContextVar("round of mails", default=None)


def post(to: str, subject: str, body: str) -> Notice:
    """Send a mail as soon as the current change is certain."""
    notice = Notice.objects.create(to=to, subject=" ".join(subject.split()), body=body.strip())
    together = _round_of_this_change()
    together.pks.append(notice.pk)
    # Each mail by itself: of a change that is undone in part, the first may not be certain.
    transaction.on_commit(partial(together.begin, len(together.pks) - 1), robust=True)
    return notice


def send_waiting(progress: Callable[[str], None]) -> Sent:
    """Try every mail that is not out yet and not too old, the oldest first."""
    unsent, oldest = Notice.objects.filter(sent=None), timezone.now() - TRIED_FOR
    unsent.filter(made__lte=oldest, problem="").update(problem="It waited too long to be sent.")
    waiting = list(unsent.filter(made__gt=oldest).values_list("pk", flat=True))
    mails, failed = 0, []
    with _one_connection() as connection:
        for number, pk in enumerate(waiting, start=1):
            notice = _deliver(pk, connection)
            if notice is not None and notice.sent is None:
                failed.append(f"{notice}: {notice.problem}")
            else:
                mails += notice is not None
            progress(f"{number} of {len(waiting)} mails")
    return Sent(mails, tuple(failed))


def forget_old() -> int:
    """Delete mails that are out, or given up, for as long as deleted pages are kept.

    Returns how many.
    """
    before = timezone.now() - timedelta(days=settings.DELETED_PAGES_KEPT_DAYS)
    given_up = Q(sent=None, made__lt=before - TRIED_FOR)
    return Notice.objects.filter(Q(sent__lt=before) | given_up).delete()[0]


def _round_of_this_change() -> _Round:
    together = _round.get()
    if together is None or together.begun or not transaction.get_connection().in_atomic_block:
        together = _Round()
        _round.set(together)
    return together


def _deliver_soon(pks: Sequence[int]) -> None:
    """Send a few mails while somebody waits for their page: not while the mail server is away."""
    lately = timezone.now() - PAUSE
    if Notice.objects.filter(sent=None, tried__gt=lately).exclude(problem="").exists():
        return
    with _one_connection() as connection:
        for pk in pks:
            notice = _deliver(pk, connection)
            if notice is not None and notice.problem:
                return


@contextmanager
def _one_connection() -> Iterator[BaseEmailBackend]:
    """A way to the mail server that the first mail opens and the last leaves open no longer."""
    connection = get_connection()
    try:
        yield connection
    finally:
        _close(connection)


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except Exception:  # (a mail backend may raise whatever it likes)
        logger.warning("The connection to the mail server did not end well.", exc_info=True)


def _deliver(pk: int, connection: BaseEmailBackend) -> Notice | None:
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
        connection=connection,
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        connection.open()
        mail.send()
    except Exception as error:  # noqa: BLE001  (a mail backend may raise whatever it likes)
        logger.error("A mail about a page is not out yet and is tried again: %s", error)
        notice.problem = str(error) or type(error).__name__
        # The next mail begins anew: this connection may be broken.
        _close(connection)
    else:
        notice.sent = timezone.now()
    notice.save(update_fields=["sent", "problem"])
    return notice
