"""How old a confirmation may grow: in calendar months, as people count them."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.conf import settings


def month_due(assured: date, today: date) -> int | None:
    """The latest of the months to remind at that has passed, None if none has."""
    passed = [
        month
        for month in settings.ASSURANCE_REMINDER_MONTHS
        if assured + relativedelta(months=month) <= today
    ]
    return max(passed, default=None)


def is_stale(assured: date | None, today: date) -> bool:
    """Whether the public has to be told that nobody has confirmed it for too long."""
    if assured is None:
        return False
    return assured + relativedelta(months=settings.ASSURANCE_STALE_MONTHS) <= today


def months_since(assured: date, today: date) -> int:
    """Whole months that have passed since a confirmation."""
    passed = relativedelta(today, assured)
    months = passed.years * 12 + passed.months
    # From 31 January to 28 February is a month, as for the reminders.
    return months + (assured + relativedelta(months=months + 1) <= today)


def latest_of_age(months: int, today: date) -> date:
    """The latest date of a confirmation that is so many months old today: for a query."""
    month_ends = (today + relativedelta(days=1)).day == 1
    return today - relativedelta(months=months) + relativedelta(day=31 if month_ends else None)
