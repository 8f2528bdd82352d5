"""Labelled cases and searches, read from JSON lines; needs are written as names or as codes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from matching.enquiry import Member
from matching.json_lines import Cells, rows_of
from matching.understanding.corpus import LEVELS


@dataclass(frozen=True, slots=True)
class Case:
    """A story with its labels, as codes. `acceptable` needs count neither way.

    `negations`: needs that the story names only to deny them.
    """

    id: str
    story: str
    household: tuple[Member, ...]
    place: str | None
    needs: tuple[str, ...]
    primary: str
    acceptable: tuple[str, ...]
    negations: tuple[str, ...]
    level: str
    safeguarding: bool


@dataclass(frozen=True, slots=True)
class SearchCase:
    """A few words with the codes that a person may expect; none: nothing of ours fits."""

    query: str
    expected: tuple[str, ...]


def read_cases(path: Path, codes: Mapping[str, str]) -> tuple[Case, ...]:
    """The cases of a file. `codes`: name → code; a code may stand for itself. Raises RowError."""
    return tuple(_case(cells, codes) for cells in rows_of(path))


def read_searches(path: Path, codes: Mapping[str, str]) -> tuple[SearchCase, ...]:
    """The searches of a file. Raises RowError."""
    return tuple(
        SearchCase(cells.text("query"), _Labels(cells, codes).needs("expected"))
        for cells in rows_of(path)
    )


def text_or_none(cells: Cells, field: str) -> str | None:
    """The text of a cell; None where it is null or not there. Raises RowError."""
    return None if cells.values.get(field) is None else cells.text(field)


@dataclass(frozen=True, slots=True)
class _Labels:
    """The cells of a row, with needs as codes."""

    cells: Cells
    codes: Mapping[str, str]

    def need(self, field: str, name: object) -> str:
        if isinstance(name, str):
            if name in self.codes:
                return self.codes[name]
            if name in self.codes.values():
                return name
        raise self.cells.error(field, f"no need is called “{name}”")

    def needs(self, field: str) -> tuple[str, ...]:
        value = self.cells.values.get(field, [])
        if not isinstance(value, list):
            raise self.cells.error(field, "must be a list of needs")
        return tuple(self.need(field, name) for name in value)


def _members(cells: Cells) -> Iterator[Member]:
    if "household" not in cells.values:
        return
    for part in cells.under("household"):
        age = part.values.get("age")
        if age is not None and not isinstance(age, int):
            raise cells.error("household", f"“{age}” is not an age in whole years")
        yield Member(str(part.values.get("role", "")), age)


def _case(cells: Cells, codes: Mapping[str, str]) -> Case:
    row = _Labels(cells, codes)
    level, safeguarding = cells.one_of("level", LEVELS), cells.flag("safeguarding")
    needs, acceptable = row.needs("needs"), row.needs("acceptable")
    primary = row.need("primary", cells.values.get("primary"))
    if primary not in needs:
        raise cells.error("primary", "is not among the needs")
    if set(needs) & set(acceptable):
        raise cells.error("acceptable", "overlaps the needs")
    return Case(
        id=cells.text("id"),
        story=cells.text("story"),
        household=tuple(_members(cells)),
        place=text_or_none(cells, "locality"),
        needs=needs,
        primary=primary,
        acceptable=acceptable,
        negations=row.needs("negations"),
        level=level,
        safeguarding=safeguarding,
    )
