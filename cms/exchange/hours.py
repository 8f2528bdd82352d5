"""Opening hours and holidays, each in one cell.

"MO TU 09:30-16:00; SA 10:00-12:00", and "2026-12-24 to 2027-01-02 closed Christmas; 2026-12-31
09:00-12:00".
"""

import re
from datetime import time

from cms.exchange.cells import CellRefused, Content, as_date
from directory.records import WEEKDAYS

_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS = re.compile(
    r"(?P<days>[A-Za-z ,&–-]+?)\s+(?P<opens>\d{1,2}[:.]\d\d)\s*(?:-|–|to)\s*"
    r"(?P<closes>\d{1,2}[:.]\d\d)",
    re.IGNORECASE,
)
_DAY = r"\d{4}-\d\d?-\d\d?|\d\d?/\d\d?/\d{4}"
_HOLIDAY = re.compile(
    rf"(?P<first>{_DAY})(?:\s*(?:to|–)\s*(?P<last>{_DAY}))?\s*"
    r"(?:(?P<opens>\d{1,2}[:.]\d\d)\s*(?:-|–|to)\s*(?P<closes>\d{1,2}[:.]\d\d)|closed)?"
    r"(?:\s+(?P<words>.*))?",
    re.IGNORECASE,
)
_HOLIDAYS = "2026-12-24 to 2027-01-02 closed Christmas"
_EXAMPLE = "MO TU 09:30-16:00; SA 10:00-12:00"


def show_hours(rows: list[Content]) -> str:
    return "; ".join(
        f"{row['byday']} {str(row['opens_at'])[:5]}-{str(row['closes_at'])[:5]}" for row in rows
    )


def as_hours(text: str) -> list[Content]:
    """Rows of opening hours. Days may be written as MO, Mon or Monday, and as MO-FR."""
    return [_row(part.strip()) for part in re.split(r"[;\n]", text) if part.strip()]


def show_holidays(rows: list[Content]) -> str:
    return "; ".join(_shown_holiday(row) for row in rows)


def as_holidays(text: str) -> list[Content]:
    """Rows of days with other hours."""
    return [_holiday(part.strip()) for part in re.split(r"[;\n]\s*(?=\d|$)", text) if part.strip()]


def _shown_holiday(row: Content) -> str:
    first, last = row["valid_from"], row["valid_to"]
    days = first if first == last else f"{first} to {last}"
    hours = "closed"
    if row.get("opens_at"):
        hours = f"{str(row['opens_at'])[:5]}-{str(row['closes_at'])[:5]}"
    return f"{days} {hours} {row.get('description', '')}".strip()


def _holiday(part: str) -> Content:
    found = _HOLIDAY.fullmatch(part)
    if found is None:
        raise CellRefused(f"'{part[:40]}' names no days. Write them like this: {_HOLIDAYS}")
    first = as_date(found["first"])
    last = as_date(found["last"]) if found["last"] else first
    if str(first) > str(last):
        raise CellRefused(f"'{part[:40]}' ends before it begins.")
    opens = _time(found["opens"]) if found["opens"] else None
    closes = _time(found["closes"]) if found["closes"] else None
    if opens and closes and opens >= closes:
        raise CellRefused(f"'{part[:40]}' closes before it opens.")
    words = found["words"] or ""
    if len(words) > 120:
        raise CellRefused(f"Keep the words for '{part[:20]}' to 120 characters.")
    return {
        "valid_from": first,
        "valid_to": last,
        "opens_at": f"{opens:%H:%M:%S}" if opens else None,
        "closes_at": f"{closes:%H:%M:%S}" if closes else None,
        "description": words,
    }


def _row(part: str) -> Content:
    found = _HOURS.fullmatch(part)
    if found is None:
        raise CellRefused(f"'{part[:40]}' is no opening time. Write them like this: {_EXAMPLE}")
    opens, closes = _time(found["opens"]), _time(found["closes"])
    if opens >= closes:
        raise CellRefused(f"'{part[:40]}' closes before it opens.")
    return {
        "byday": " ".join(_days(found["days"])),
        "opens_at": f"{opens:%H:%M:%S}",
        "closes_at": f"{closes:%H:%M:%S}",
    }


def _time(text: str) -> time:
    hour, minute = (int(part) for part in re.split("[:.]", text))
    try:
        return time(hour, minute)
    except ValueError:
        raise CellRefused(f"'{text}' is not a time of day.") from None


def _days(text: str) -> list[str]:
    days: list[int] = []
    for word in re.sub(r"\s*[–-]\s*|\s+to\s+", "-", text.strip()).replace(",", " ").split():
        if word in ("&", "and"):
            continue
        first, _, last = word.partition("-")
        start = _day(first)
        end = _day(last) if last else start
        days.extend(range(start, end + 1) if start <= end else [*range(start, 7), *range(end + 1)])
    return [WEEKDAYS[number] for number in dict.fromkeys(days)]


def _day(word: str) -> int:
    for number, name in enumerate(_DAY_NAMES):
        if len(word) >= 2 and name.startswith(word.casefold()):
            return number
    raise CellRefused(f"'{word[:40]}' is not a day. Write some of {', '.join(WEEKDAYS)}.")
