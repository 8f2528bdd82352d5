"""Reading files of one JSON object a line, cell by cell, every problem with its place."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class RowError(Exception):
    """A row that cannot be used; the message names file, row (the line) and field."""

    def __init__(self, file: str, row: int, field: str, problem: str) -> None:
        self.file, self.row, self.field = file, row, field
        super().__init__(f"{file}, row {row}, field “{field}”: {problem}")


@dataclass(frozen=True, slots=True)
class Cells:
    """One row as it was read. `prefix` names the object inside the row that this is."""

    file: str
    row: int
    values: Mapping[str, Any]
    prefix: str = ""

    def error(self, field: str, problem: str) -> RowError:
        return RowError(self.file, self.row, self.prefix + field, problem)

    def text(self, field: str) -> str:
        value = self.values.get(field)
        if not isinstance(value, str) or not any(char.isalnum() for char in value):
            raise self.error(field, "must be text, with a letter or a digit in it")
        return value

    def one_of(self, field: str, choices: Sequence[str]) -> str:
        value = self.text(field)
        if value not in choices:
            raise self.error(field, f"“{value}” is none of {', '.join(choices)}")
        return value

    def flag(self, field: str) -> bool:
        value = self.values.get(field)
        if not isinstance(value, bool):
            raise self.error(field, "must be true or false")
        return value

    def under(self, field: str) -> Iterator["Cells"]:
        """The objects of a list."""
        value = self.values.get(field)
        if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
            raise self.error(field, "must be a list of objects")
        for place, part in enumerate(value):
            yield Cells(self.file, self.row, part, f"{field}.{place}.")


def rows_of(path: Path) -> Iterator[Cells]:
    """The rows of a file; empty lines are passed over. Raises RowError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise RowError(path.name, 0, "file", f"cannot be read from {path}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except json.JSONDecodeError as error:
            raise RowError(path.name, number, "row", f"is not JSON: {error.msg}") from error
        if not isinstance(values, dict):
            raise RowError(path.name, number, "row", "is not an object in braces")
        yield Cells(path.name, number, values)
