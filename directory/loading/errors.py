"""What is wrong with a fixture file, said so that whoever keeps the file can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass

#: More problems than this help nobody.
MOST = 50


@dataclass(frozen=True, slots=True)
class FixtureProblem:
    """One thing wrong. `row` is the line in the file, the header being line 1; 0 for the file."""

    file: str
    row: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.row}" if self.row else self.file
        return f"{where}, {self.field}: {self.message}"


class FixtureError(Exception):
    """Files that cannot be loaded. Nothing was written.

    `problems`: the first `MOST`, each with its place; `found`: how many there were.
    """

    def __init__(self, problems: Iterable[FixtureProblem]) -> None:
        found = list(problems)
        self.problems = found[:MOST]
        self.found = len(found)
        lines = [str(problem) for problem in self.problems]
        if self.found > MOST:
            lines.append(f"and {self.found - MOST} more")
        super().__init__("\n".join(lines))
