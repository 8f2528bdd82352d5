"""Reading CSV files row by row, each row checked, every problem with its place."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from directory.loading.errors import FixtureError, FixtureProblem

Row = TypeVar("Row", bound=BaseModel)


def read_table(path: Path, row_type: type[Row]) -> list[Row]:
    """The rows of a CSV file with a header. Raises FixtureError with file, row and field."""
    rows: list[Row] = []
    problems: list[FixtureProblem] = []
    for number, values in _lines(path):
        problems += [
            FixtureProblem(path.name, number, field, "take out the null character")
            for field, value in values.items()
            if "\x00" in (value or "")
        ]
        try:
            rows.append(row_type.model_validate(values))
        except ValidationError as error:
            problems.extend(problems_of(path, number, error))
    if problems:
        raise FixtureError(problems)
    return rows


def twice(file: str, field: str, values: Iterable[str]) -> Iterator[FixtureProblem]:
    """The rows whose value stands in an earlier row."""
    seen: dict[str, int] = {}
    for number, value in enumerate(values, start=2):
        if value in seen:
            yield FixtureProblem(file, number, field, f"'{value}' is on line {seen[value]} already")
        seen.setdefault(value, number)


def problems_of(path: Path, row: int, error: ValidationError) -> Iterator[FixtureProblem]:
    """What pydantic found wrong, as problems with their place."""
    for detail in error.errors(include_url=False, include_input=False):
        field = ".".join(str(part) for part in detail["loc"]) or "row"
        yield FixtureProblem(file=path.name, row=row, field=field, message=detail["msg"])


def _lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    if not path.exists():
        raise FixtureError([FixtureProblem(path.name, 0, "file", f"There is no file {path}")])
    with path.open(encoding="utf-8", newline="") as file:
        for number, values in enumerate(csv.DictReader(file), start=2):
            yield number, {key: value for key, value in values.items() if key and value != ""}
