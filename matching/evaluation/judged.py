"""Enquiries for which somebody has graded the services of the demonstration directory."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from matching.enquiry import Enquiry, Member
from matching.evaluation.cases import text_or_none
from matching.json_lines import Cells, rows_of
from matching.understanding.ages import OLDEST
from matching.understanding.corpus import LEVELS

#: Services from this grade on are ones that a practitioner would use.
USEFUL = 2
GRADES = (0, 1, 2, 3)


@dataclass(frozen=True, slots=True)
class Judged:
    """An enquiry with the grades 0–3 of services by id; what nobody has looked at counts as 0.

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
    if not isinstance(needs, list) or not needs or not all(isinstance(n, str) for n in needs):
        raise cells.error("needs", "must be a list of need codes")
    level = None if cells.values.get("level") is None else cells.one_of("level", LEVELS)
    audience = cells.one_of("audience", ("practitioner", "resident"))
    return Judged(
        id=cells.text("id"),
        enquiry=Enquiry(
            text=cells.text("text"),
            level=level,
            household=tuple(_member(part) for part in cells.under("household")),
            place=text_or_none(cells, "place"),
            audience=audience,  # type: ignore[arg-type]
        ),
        needs=tuple(needs),
        grades={part.text("service"): _grade(part) for part in cells.under("grades")},
    )


def _member(cells: Cells) -> Member:
    """Of an age that is not whole (1.5, a toddler) the whole years count."""
    age = cells.values.get("age")
    if age is None:
        return Member(cells.text("role"))
    if isinstance(age, bool) or not isinstance(age, int | float) or not 0 <= age <= OLDEST:
        raise cells.error("age", f"must be years up to {OLDEST}, or null")
    return Member(cells.text("role"), int(age))


def _grade(cells: Cells) -> int:
    grade = cells.values.get("grade")
    if isinstance(grade, bool) or grade not in GRADES:
        raise cells.error("grade", "must be 0, 1, 2 or 3")
    return int(grade)
