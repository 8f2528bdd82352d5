"""Who is reminded of what: by month since the listing was last confirmed, once each."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from cms.assurance.ageing import month_due
from cms.assurance.links import link_to
from cms.models import Notice, PartnerPage, Reminder, ServicePage
from cms.moderation import outbox


@dataclass(frozen=True, slots=True)
class Due:
    """A service that its partner is to be asked about, and the month that is due."""

    page: ServicePage
    month: int


@dataclass(frozen=True, slots=True)
class Sent:
    """How a round went: mails that went out, services newly asked about, and what failed, why."""

    mails: int
    services: int
    failed: tuple[str, ...]


def due(today: date) -> Iterator[Due]:
    """Live services whose partner was not yet asked this month; the latest month counts."""
    asked = set(Reminder.objects.values_list("page_id", "assured_date", "month"))
    for page in ServicePage.objects.live().order_by("pk").specific():
        month = month_due(page.assured_date or page.first_published_at.date(), today)
        if month is not None and (page.pk, page.assured_date, month) not in asked:
            yield Due(page, month)


def send_reminders(today: date, progress: Callable[[str], None]) -> Sent:
    """Mail each partner that has something due, with a link for each service.

    A partner is remembered as asked together with the mails, which then wait in the outbox: they
    go out while no transaction is open. An interrupted round goes on where it stopped, and what
    could not be sent is tried again, in the next round or by `manage.py tidy`.
    """
    by_partner: dict[int, list[Due]] = defaultdict(list)
    for one in due(today):
        by_partner[one.page.get_parent().pk].append(one)
    posted: list[int] = []
    services = 0
    failed = []
    for number, (pk, rows) in enumerate(by_partner.items(), start=1):
        partner = PartnerPage.objects.get(pk=pk)
        try:
            posted += _ask(partner, rows)
        except NobodyToTell as nobody:
            failed.append(f"{partner.title}: {nobody}")
        except IntegrityError:
            progress(f"{partner.title} is being asked by another round.")
        else:
            services += len(rows)
        progress(f"{number} of {len(by_partner)} partners")
    at_once = Notice.objects.filter(pk__in=posted, sent__isnull=False).count()
    waiting = outbox.send_waiting(progress)
    return Sent(at_once + waiting.mails, services, (*failed, *waiting.failed))


def people_of(partner: PartnerPage) -> list[str]:
    """Addresses to write to: those who edit for the partner, or the address on its page."""
    space = getattr(partner, "space", None)
    people = [] if space is None else space.group.user_set.filter(is_active=True)
    return [user.email for user in people if user.email] or [partner.email] * bool(partner.email)


class NobodyToTell(Exception):
    """A partner without people and without an address."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a partner is asked, for each of its people."""

    people: tuple[str, ...]
    subject: str
    body: str

    def post(self) -> list[Notice]:
        """Send it to everybody as soon as the current change is certain."""
        return [outbox.post(address, self.subject, self.body) for address in self.people]


def letter_to(partner: PartnerPage, pages: list[ServicePage]) -> Letter:
    """The mail that asks a partner about some of its services. Raises NobodyToTell."""
    people = people_of(partner)
    if not people:
        raise NobodyToTell("nobody edits for it and its page has no e-mail address")
    context = {
        "partner": partner.title,
        "services": [(page, link_to(page)) for page in pages],
        "days": settings.ASSURANCE_LINK_DAYS,
        "site": settings.WAGTAIL_SITE_NAME,
    }
    return Letter(
        people=tuple(people),
        subject=f"Are {partner.title}'s listings still right?",
        body=render_to_string("cms/mail/reminder.txt", context),
    )


@transaction.atomic
def _ask(partner: PartnerPage, rows: list[Due]) -> list[int]:
    letter = letter_to(partner, [row.page for row in rows])
    Reminder.objects.bulk_create(
        Reminder(page=row.page, assured_date=row.page.assured_date, month=row.month) for row in rows
    )
    return [notice.pk for notice in letter.post()]
