"""Opening hours, days, holidays and lists in words."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from directory.records import WEEKDAYS, HolidayRecord, ScheduleRecord

DAYS = dict(
    zip(
        WEEKDAYS,
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        strict=True,
    )
)
_MIDNIGHT = frozenset({"23:59", "24:00", "00:00"})


def listed(words: Iterable[str]) -> str:
    """Words in a row: "Diss, Harleston and Scole"."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def byday_words(days: Sequence[str]) -> str:
    """HSDS days in words: "Monday to Friday", "Tuesday and Thursday"."""
    order = sorted((day for day in days if day in DAYS), key=WEEKDAYS.index)
    positions = [WEEKDAYS.index(day) for day in order]
    if len(order) == len(WEEKDAYS):
        return "Every day"
    if len(order) > 2 and positions[-1] - positions[0] == len(order) - 1:
        return f"{DAYS[order[0]]} to {DAYS[order[-1]]}"
    return listed(DAYS[day] for day in order)


def clock(time: str) -> str:
    """A local time: "9:30am", "midday", "4pm". What is no time is left as it is."""
    match = re.fullmatch(r"(\d{1,2}):(\d{2})(?::\d{2})?", time)
    if match is None:
        return time
    hour, minute = int(match[1]), match[2]
    if minute == "00" and hour in (0, 12, 24):
        return "midday" if hour == 12 else "midnight"
    half = "am" if hour < 12 else "pm"
    return f"{hour % 12 or 12}{'' if minute == '00' else ':' + minute}{half}"


def hours(schedule: ScheduleRecord) -> str:
    """Opening hours in one line."""
    days = byday_words(schedule.byday)
    if not schedule.opens_at:
        return days
    if schedule.opens_at == "00:00" and schedule.closes_at in _MIDNIGHT:
        return f"{days}, day and night"
    return f"{days}, {clock(schedule.opens_at)} to {clock(schedule.closes_at)}"


def holiday_words(holiday: HolidayRecord) -> str:
    """Days that differ, in one line: "Closed 24 to 26 December 2026 (Christmas)"."""
    days = _span(holiday.valid_from, holiday.valid_to)
    words = f" ({holiday.description})" if holiday.description else ""
    if not holiday.opens_at:
        return f"Closed {days}{words}"
    return f"{clock(holiday.opens_at)} to {clock(holiday.closes_at)} only, {days}{words}"


def to_come(holidays: Iterable[HolidayRecord]) -> list[HolidayRecord]:
    """Those that are not over, the next first."""
    today = timezone.localdate()
    return sorted(
        (holiday for holiday in holidays if holiday.valid_to >= today),
        key=lambda holiday: holiday.valid_from,
    )


def date_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _span(first: date, last: date) -> str:
    """Dates with what they share said once: "24 to 26 December 2026"."""
    if first == last:
        return f"on {date_words(first)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {date_words(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} to {date_words(last)}"
    return f"{date_words(first)} to {date_words(last)}"
