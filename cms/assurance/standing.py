"""How long ago listings were confirmed and when their partners were asked: for queries.

A listing that was never confirmed is as old as its first publication.
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import DateField, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from wagtail.query import PageQuerySet

from cms.assurance.ageing import latest_of_age
from cms.models import Reminder, ServicePage

#: How long a partner that was just asked has to answer, before the hub is asked to decide.
ANSWER_DAYS = 28


def with_age(pages: PageQuerySet) -> PageQuerySet:
    """Service pages with `since`, the day from which their age counts, and `reminded`, when
    their partner was asked last."""
    last = Reminder.objects.filter(page=OuterRef("pk")).order_by("-sent").values("sent")[:1]
    return pages.annotate(
        since=Coalesce("assured_date", TruncDate("first_published_at"), output_field=DateField()),
        reminded=Subquery(last),
    )


def of_age(months: int, today: date) -> Q:
    """Pages with their age that were not confirmed for so many months."""
    return Q(since__lte=latest_of_age(months, today))


def first_month() -> int:
    """Months after which a partner is asked for the first time."""
    return min(settings.ASSURANCE_REMINDER_MONTHS, default=settings.ASSURANCE_STALE_MONTHS)


def to_decide(today: date) -> Q:
    """Pages with their age that the hub has to decide about: the public is told that nobody has
    confirmed them, and their partner had time to answer."""
    answered_by = timezone.now() - timedelta(days=ANSWER_DAYS)
    waited = Q(reminded__isnull=True) | Q(reminded__lte=answered_by)
    return of_age(settings.ASSURANCE_STALE_MONTHS, today) & waited


def live_to_decide(today: date) -> PageQuerySet:
    """The live listings that the hub has to decide about, the oldest first."""
    pages = with_age(ServicePage.objects.live()).filter(to_decide(today))
    return pages.order_by("since", "pk")


def unsent(today: date) -> Q:
    """Pages with their age whose reminder should be out since yesterday and is not."""
    months = sorted(settings.ASSURANCE_REMINDER_MONTHS, reverse=True)
    yesterday = today - timedelta(days=1)
    missing, newer = Q(pk__in=()), Q()
    for month in months:
        missing |= of_age(month, yesterday) & newer & ~Exists(_asked(month))
        newer &= ~of_age(month, yesterday)
    return missing


def _asked(month: int) -> Any:
    """Reminders of a month, or a later one, about the confirmation that is growing old."""
    same = Q(assured_date=OuterRef("assured_date"))
    never = Q(assured_date__isnull=True, page__assured_date__isnull=True)
    return Reminder.objects.filter(same | never, page=OuterRef("pk"), month__gte=month)
