"""Values of the directory and of an answer in plain words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language_info

from cms.assurance.ageing import is_stale
from directory.records import WEEKDAYS, HolidayRecord, ScheduleRecord, ServiceRecord
from matching.answer import ServiceFound
from matching.eligibility import age_range
from matching.reasons import coverage_said

register = template.Library()

#: Needs whose pages get a neutral title and a way to leave at once.
SENSITIVE_NEEDS = frozenset({"domestic-abuse"})

_KM_PER_MILE = 1.609344
DAYS = dict(
    zip(
        WEEKDAYS,
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        strict=True,
    )
)
_MIDNIGHT = frozenset({"23:59", "24:00", "00:00"})
_DELIVERY = {
    "in_person": "face to face",
    "home_visit": "at your home",
    "phone": "by phone",
    "online": "online",
}
_CAPACITY = {
    "open": "Taking people on now",
    "limited": "A few places left",
    "waiting_list": "There is a waiting list",
    "closed": "Not taking new people at the moment",
}
_REFERRAL = {
    (): "",
    ("self",): "You ask for it yourself",
    ("practitioner",): "Somebody who works with you asks for it: a school, a doctor, a hub",
    ("self", "practitioner"): "You ask yourself, or somebody who works with you does",
}
_REFERRAL_OF_PRACTITIONERS = {
    (): "Does not say who may ask: ring first",
    ("self",): "They ask for it themselves",
    ("practitioner",): "You refer: they cannot ask themselves",
    ("self", "practitioner"): "You can refer, or they ask themselves",
}
_STATUS = {
    "absent": "We left this out because you wrote",
    "past": "We left this out because you wrote of it as past",
    "other": "We left this out because you wrote of somebody else",
    "handled": "We left this out because you wrote that somebody is helping already",
}
#: Languages that Django has no name for.
_LANGUAGES = {
    "bfi": "British Sign Language",
    "gu": "Gujarati",
    "ku": "Kurdish",
    "ps": "Pashto",
    "so": "Somali",
    "ti": "Tigrinya",
    "zh": "Chinese",
}


@register.filter
def lookup(table: Mapping[str, Any], key: str) -> Any:
    """The value of a key, or the key itself."""
    return table.get(key, key)


@register.filter
def listed(words: Iterable[str]) -> str:
    """Words in a row: "Diss, Harleston and Scole"."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} and {last}" if most else last


@register.filter
def quoted(words: Iterable[str]) -> str:
    """What somebody wrote, in quotation marks; the sentence around it brings the full stop."""
    return listed(f"“{word.rstrip('.')}”" for word in words)


@register.filter
def byday_words(days: Sequence[str]) -> str:
    """HSDS days in words: "Monday to Friday", "Tuesday and Thursday"."""
    order = sorted((day for day in days if day in DAYS), key=WEEKDAYS.index)
    positions = [WEEKDAYS.index(day) for day in order]
    if len(order) == len(WEEKDAYS):
        return "Every day"
    if len(order) > 2 and positions[-1] - positions[0] == len(order) - 1:
        return f"{DAYS[order[0]]} to {DAYS[order[-1]]}"
    return listed(DAYS[day] for day in order)


@register.filter
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


@register.filter
def hours(schedule: ScheduleRecord) -> str:
    """Opening hours in one line."""
    days = byday_words(schedule.byday)
    if not schedule.opens_at:
        return days
    if schedule.opens_at == "00:00" and schedule.closes_at in _MIDNIGHT:
        return f"{days}, day and night"
    return f"{days}, {clock(schedule.opens_at)} to {clock(schedule.closes_at)}"


@register.filter
def delivery_words(ways: Iterable[str]) -> str:
    """Ways of delivery: "Face to face, by phone and online"."""
    words = listed(_DELIVERY.get(way, way) for way in ways)
    return words[:1].upper() + words[1:]


@register.filter
def distance_words(km: float) -> str:
    """A distance in km, rounded as it is known: "about 4 km (2 miles) away"."""
    if km < 1:
        return "less than 1 km away"
    miles = max(1, round(km / _KM_PER_MILE))
    return f"about {round(km)} km ({miles} {'mile' if miles == 1 else 'miles'}) away"


@register.filter
def coverage_words(found: ServiceFound) -> str:
    """How a service lies to the place that was given: "Serves this area, about 4 km away"."""
    said, colon, advice = coverage_said(found).partition(": ")
    if found.distance_km is not None:
        said = f"{said}, {distance_words(found.distance_km)}"
    return f"{said}{colon}{advice}"


@register.filter
def holiday_words(holiday: HolidayRecord) -> str:
    """Days that differ, in one line: "Closed 24 to 26 December 2026 (Christmas)"."""
    days = _span(holiday.valid_from, holiday.valid_to)
    words = f" ({holiday.description})" if holiday.description else ""
    if not holiday.opens_at:
        return f"Closed {days}{words}"
    return f"{clock(holiday.opens_at)} to {clock(holiday.closes_at)} only, {days}{words}"


@register.filter
def to_come(holidays: Iterable[HolidayRecord]) -> list[HolidayRecord]:
    """Those that are not over, the next first."""
    today = timezone.localdate()
    return sorted(
        (holiday for holiday in holidays if holiday.valid_to >= today),
        key=lambda holiday: holiday.valid_from,
    )


@register.filter
def capacity_words(record: ServiceRecord) -> str:
    """Whether there is room, until when it is closed, and how long people wait."""
    today, until = timezone.localdate(), record.closed_until
    if record.capacity == "closed" and until:
        closed = record.capacity_on(today) == "closed"
        return (
            f"Closed to new people until {_date(until)}"
            if closed
            else f"Taking people on again since {_date(until)}"
        )
    words = _CAPACITY.get(record.capacity, "")
    weeks = record.waiting_weeks
    if record.capacity == "closed" or not weeks:
        return words
    return f"{words}. People wait about {weeks} {'week' if weeks == 1 else 'weeks'}"


@register.filter
def is_closed(record: ServiceRecord) -> bool:
    """Whether it takes no new people today."""
    return record.capacity_on(timezone.localdate()) == "closed"


@register.filter
def referral_words(record: ServiceRecord) -> str:
    """Who may ask for it, said to those who need it; empty where it is not said."""
    return _REFERRAL[record.referral]


@register.filter
def referral_of_practitioners(record: ServiceRecord) -> str:
    """Who may ask for it, said to somebody who works with a family."""
    return _REFERRAL_OF_PRACTITIONERS[record.referral]


@register.filter
def age_words(record: ServiceRecord) -> str:
    """The ages a service is for."""
    return age_range(record.minimum_age, record.maximum_age)


@register.filter
def language_words(codes: Iterable[str]) -> str:
    """Language codes as names."""
    return listed(_language(code) for code in codes)


@register.filter
def level_words(codes: Iterable[str], names: Mapping[str, str]) -> str:
    """Level codes as the hub calls them."""
    return listed(names.get(code, code.replace("-", " ").capitalize()) for code in codes)


@register.filter
def left_out_because(status: str) -> str:
    """Why a need that the words name was left out."""
    return _STATUS.get(status, _STATUS["absent"])


@register.filter
def tel(phone: str) -> str:
    """A link that rings a number; empty for what cannot be rung, such as a text number."""
    digits = re.sub(r"[\s()\-.]", "", phone.replace("(0)", ""))
    return f"tel:{digits}" if re.fullmatch(r"\+?\d{3,15}", digits) else ""


@register.filter
def is_sensitive(record: ServiceRecord) -> bool:
    """Whether somebody may need to leave the page of this service in a hurry."""
    return any(need.code in SENSITIVE_NEEDS for need in record.needs)


@register.filter
def is_unconfirmed(record: ServiceRecord) -> bool:
    """Whether it was last confirmed so long ago that people have to be told."""
    return is_stale(record.assured_date, timezone.localdate())


@register.filter
def any_sensitive(records: Iterable[ServiceRecord]) -> bool:
    """Whether the page that lists these services needs a way to leave at once."""
    return any(is_sensitive(record) for record in records)


@register.filter
def needs_discretion(code: str) -> bool:
    """Whether a need should not stand in an address, where the browser's history keeps it."""
    return code in SENSITIVE_NEEDS


@register.filter
def by_letter(partners: Iterable[tuple[Any, int]]) -> list[tuple[str, list[tuple[Any, int]]]]:
    """Partners in the order of the alphabet, under their first letters."""
    ordered = sorted(partners, key=lambda row: row[0].name.casefold())
    return [
        (letter, list(group))
        for letter, group in groupby(ordered, key=lambda row: row[0].name[:1].upper())
    ]


def _date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _span(first: date, last: date) -> str:
    """Dates with what they share said once: "24 to 26 December 2026"."""
    if first == last:
        return f"on {_date(first)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {_date(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} to {_date(last)}"
    return f"{_date(first)} to {_date(last)}"


def _language(code: str) -> str:
    if code in _LANGUAGES:
        return _LANGUAGES[code]
    try:
        return str(get_language_info(code)["name"])
    except KeyError:
        return code


@register.filter
def confirmation_words(record: ServiceRecord) -> str:
    """A warning where the details are old or were never confirmed; empty where they are not."""
    if record.assured_date is None:
        return "Not confirmed yet: ring first"
    if is_unconfirmed(record):
        return f"Not confirmed since {record.assured_date:%B %Y}: ring first"
    return ""


@register.filter
def deciding_facts(record: ServiceRecord, practitioner: bool) -> list[str]:
    """What may speak against ringing this one: the wait, who has to ask, old details.

    Those who need help are told who has to ask only where they cannot do it themselves.
    """
    waits = record.capacity == "waiting_list" or record.waiting_weeks
    wait = capacity_words(record) if waits and record.capacity != "closed" else ""
    if practitioner:
        asks = referral_of_practitioners(record)
    else:
        asks = referral_words(record) if record.referral == ("practitioner",) else ""
    return [words for words in (wait, asks, confirmation_words(record)) if words]
