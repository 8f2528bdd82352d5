"""Labelled cases and searches, read from JSON lines; needs are written as names or as codes."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matching.enquiry import Member
from matching.understanding.corpus import LEVELS


class CaseError(Exception):
    """A row that cannot be used; the message names file, row and field."""

    def __init__(self, file: str, row: int, field: str, problem: str) -> None:
        self.file, self.row, self.field = file, row, field
        super().__init__(f"{file}, row {row}, field “{field}”: {problem}")


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
    not_needed: tuple[str, ...]
    negations: tuple[str, ...]
    level: str
    safeguarding: bool


@dataclass(frozen=True, slots=True)
class SearchCase:
    """A few words with the codes that a person may expect; none: nothing of ours fits."""

    query: str
    expected: tuple[str, ...]


def read_cases(path: Path, codes: Mapping[str, str]) -> tuple[Case, ...]:
    """The cases of a file. `codes`: name → code; a code may stand for itself. Raises CaseError."""
    return tuple(_case(row) for row in _rows(path, codes))


def read_searches(path: Path, codes: Mapping[str, str]) -> tuple[SearchCase, ...]:
    """The searches of a file. Raises CaseError."""
    return tuple(SearchCase(row.text("query"), row.needs("expected")) for row in _rows(path, codes))


@dataclass(frozen=True, slots=True)
class _Row:
    file: str
    number: int
    values: Mapping[str, Any]
    codes: Mapping[str, str]

    def error(self, field: str, problem: str) -> CaseError:
        return CaseError(self.file, self.number, field, problem)

    def text(self, field: str) -> str:
        value = self.values.get(field)
        if not isinstance(value, str) or not value.strip():
            raise self.error(field, "must be text")
        return value

    def need(self, field: str, name: object) -> str:
        if isinstance(name, str):
            if name in self.codes:
                return self.codes[name]
            if name in self.codes.values():
                return name
        raise self.error(field, f"no need is called “{name}”")

    def needs(self, field: str) -> tuple[str, ...]:
        value = self.values.get(field, [])
        if not isinstance(value, list):
            raise self.error(field, "must be a list of needs")
        return tuple(self.need(field, name) for name in value)

    def members(self, field: str) -> Iterator[Member]:
        value = self.values.get(field, [])
        if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
            raise self.error(field, "must be a list of objects with role and age")
        for part in value:
            age = part.get("age")
            if age is not None and not isinstance(age, int):
                raise self.error(field, f"“{age}” is not an age in whole years")
            yield Member(str(part.get("role", "")), age)


def _case(row: _Row) -> Case:
    level = row.text("level")
    if level not in LEVELS:
        raise row.error("level", f"“{level}” is none of {', '.join(LEVELS)}")
    safeguarding = row.values.get("safeguarding")
    if not isinstance(safeguarding, bool):
        raise row.error("safeguarding", "must be true or false")
    needs, acceptable = row.needs("needs"), row.needs("acceptable")
    primary = row.need("primary", row.values.get("primary"))
    if primary not in needs:
        raise row.error("primary", "is not among the needs")
    if set(needs) & set(acceptable):
        raise row.error("acceptable", "overlaps the needs")
    place = row.values.get("locality")
    return Case(
        id=row.text("id"),
        story=row.text("story"),
        household=tuple(row.members("household")),
        place=place if isinstance(place, str) else None,
        needs=needs,
        primary=primary,
        acceptable=acceptable,
        not_needed=row.needs("not_needed"),
        negations=row.needs("negations"),
        level=level,
        safeguarding=safeguarding,
    )


def _rows(path: Path, codes: Mapping[str, str]) -> Iterator[_Row]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CaseError(path.name, 0, "file", f"cannot be read from {path}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except json.JSONDecodeError as error:
            raise CaseError(path.name, number, "row", f"is not JSON: {error.msg}") from error
        if not isinstance(values, dict):
            raise CaseError(path.name, number, "row", "is not an object in braces")
        yield _Row(path.name, number, values, codes)
