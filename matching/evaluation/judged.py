"""Enquiries for which somebody has graded the services of the demonstration directory."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from matching.enquiry import Enquiry, Member
from matching.json_lines import Cells, rows_of

#: Services from this grade on are ones that a practitioner would use.
USEFUL = 2
GRADES = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Judged:
    """An enquiry with the grades 1–3 of services by id; whatever is not listed is 0.

    `needs`: those that the enquiry is about, the one to act on first at the front.
    """

    id: str
    enquiry: Enquiry
    needs: tuple[str, ...]
    grades: Mapping[str, int]


def read_judged(path: Path) -> tuple[Judged, ...]:
    """The enquiries of a file. Raises RowError."""
    return tuple(_judged(cells) for cells in rows_of(path))


def _judged(cells: Cells) -> Judged:
    needs = cells.values.get("needs")
    if not isinstance(needs, list) or not needs:
        raise cells.error("needs", "must be a list of need codes")
    place, level = cells.values.get("place"), cells.values.get("level")
    audience = cells.one_of("audience", ("practitioner", "resident"))
    return Judged(
        id=cells.text("id"),
        enquiry=Enquiry(
            text=cells.text("text"),
            level=level if isinstance(level, str) else None,
            household=tuple(_member(part) for part in cells.under("household")),
            place=place if isinstance(place, str) else None,
            audience=audience,  # type: ignore[arg-type]
        ),
        needs=tuple(str(code) for code in needs),
        grades={part.text("service"): _grade(part) for part in cells.under("grades")},
    )


def _member(cells: Cells) -> Member:
    age = cells.values.get("age")
    return Member(cells.text("role"), age if isinstance(age, int) else None)


def _grade(cells: Cells) -> int:
    grade = cells.values.get("grade")
    if grade not in GRADES:
        raise cells.error("grade", "must be 1, 2 or 3")
    return int(grade)
