"""Values of the directory and of an answer in plain words."""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language_info

from cms.assurance.ageing import is_stale
from cms.opening_words import byday_words, clock, date_words, holiday_words, hours, listed, to_come
from directory.records import ServiceRecord
from matching.answer import ServiceFound
from matching.eligibility import age_range
from matching.reasons import coverage_said

register = template.Library()

#: Needs whose pages get a neutral title and a way to leave at once.
SENSITIVE_NEEDS = frozenset({"domestic-abuse"})

_KM_PER_MILE = 1.609344
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


for said in (byday_words, clock, hours, holiday_words, listed, to_come):
    register.filter(said)


@register.filter
def lookup(table: Mapping[str, Any], key: str) -> Any:
    """The value of a key, or the key itself."""
    return table.get(key, key)


@register.filter
def quoted(words: Iterable[str]) -> str:
    """What somebody wrote, in quotation marks; the sentence around it brings the full stop."""
    return listed(f"“{word.rstrip('.')}”" for word in words)


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
def capacity_words(record: ServiceRecord) -> str:
    """Whether there is room, until when it is closed, and how long people wait."""
    today, until = timezone.localdate(), record.closed_until
    if record.capacity == "closed" and until:
        closed = record.capacity_on(today) == "closed"
        return (
            f"Closed to new people until {date_words(until)}"
            if closed
            else f"Taking people on again since {date_words(until)}"
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
