"""What decides whom to ring, in a few words each: the wait, who asks, the cost, how sure it is.

Said beside the reasons and not among them: a reason says why a service stands where it does.
"""

from datetime import date

from directory.records import ServiceRecord
from matching.enquiry import Audience

_ROOM = {
    "open": "taking people on",
    "limited": "a few places left",
    "waiting_list": "waiting list",
    "closed": "closed to new people",
}
_ASKS: dict[Audience, dict[tuple[str, ...], str]] = {
    "resident": {
        (): "",
        ("self",): "you ask for it yourself",
        ("practitioner",): "somebody who works with you asks for it",
        ("self", "practitioner"): "you ask yourself, or somebody who works with you does",
    },
    "practitioner": {
        (): "does not say who may ask",
        ("self",): "they ask for it themselves",
        ("practitioner",): "you refer",
        ("self", "practitioner"): "you refer, or they ask",
    },
}


def facts_of(record: ServiceRecord, audience: Audience, today: date) -> tuple[str, ...]:
    """The facts in the order in which they are asked for, the phone number last."""
    confirmed = record.assured_date
    facts = (
        _wait(record, today),
        _ASKS[audience][record.referral],
        "free" if record.free else record.fees_description.rstrip(".") or "there is a charge",
        f"confirmed in {confirmed:%B %Y}" if confirmed else "not confirmed yet: ring first",
        record.phone,
    )
    return tuple(fact for fact in facts if fact)


def _wait(record: ServiceRecord, today: date) -> str:
    capacity, until, weeks = record.capacity_on(today), record.closed_until, record.waiting_weeks
    if capacity == "closed":
        return f"{_ROOM[capacity]}{f' until {until.day} {until:%B %Y}' if until else ''}"
    # Weeks that stand beside a closed service were said of the time before it closed.
    if record.capacity == "closed" or not weeks:
        return _ROOM[capacity]
    return f"{_ROOM[capacity]}, about {'1 week’s' if weeks == 1 else f'{weeks} weeks’'} wait"
