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
