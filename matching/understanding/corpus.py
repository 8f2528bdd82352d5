"""What the matcher learns from: phrases of the shared language, and annotated training files."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from matching.enquiry import Member
from matching.understanding.status import STATUSES

LEVELS = ("universal", "emerging", "targeted", "intensive", "statutory")
#: What a neutral line is, as the status of a clause.
NEUTRAL_STATUS = {
    "absent": "absent",
    "context": "context",
    "out-of-scope": "context",
    "past": "past",
    "other-person": "other",
    "strength": "absent",
}

Row = TypeVar("Row")


class CorpusError(Exception):
    """A training row that cannot be used; the message names file, row and field."""

    def __init__(self, file: str, row: int, field: str, problem: str) -> None:
        self.file, self.row, self.field = file, row, field
        super().__init__(f"{file}, row {row}, field “{field}”: {problem}")


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """Words that people use, and the codes of the needs they state, the main one first."""

    text: str
    needs: tuple[str, ...]
    register: str


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A piece of writing with the needs it names and the status it gives them."""

    text: str
    needs: tuple[str, ...]
    status: str


@dataclass(frozen=True, slots=True)
class NeutralRow:
    """A line that states no need of ours, and why not."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class SafeguardingRow:
    """A line with or without danger, and of what kind."""

    text: str
    safeguarding: bool
    kind: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A whole story, annotated clause by clause."""

    story: str
    household: tuple[Member, ...]
    clauses: tuple[ClauseRow, ...]
    needs: tuple[str, ...]
    primary: str
    acceptable: tuple[str, ...]
    level: str
    safeguarding: bool


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that training uses; equal corpora train equal models."""

    codes: tuple[str, ...]
    phrases: tuple[PhraseRow, ...]
    notes: tuple[NoteRow, ...]
    statuses: tuple[ClauseRow, ...]
    neutral: tuple[NeutralRow, ...]
    safeguarding: tuple[SafeguardingRow, ...]

    def digest(self) -> str:
        """A hash of the content, whatever order the phrases came in."""
        written = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(written.encode()).hexdigest()

    def counts(self) -> dict[str, int]:
        return {
            "needs": len(self.codes),
            "phrases": len(self.phrases),
            "notes": len(self.notes),
            "status clauses": len(self.statuses),
            "neutral lines": len(self.neutral),
            "safeguarding lines": len(self.safeguarding),
        }


def from_files(fixtures: Path, phrases: Iterable[PhraseRow]) -> Corpus:
    """Join `phrases` with the files of `fixtures`/training. Raises CorpusError.

    The needs are those that have phrases: a training row may name no other.
    """
    ordered = tuple(sorted(phrases, key=lambda row: (row.text, row.needs)))
    if not ordered:
        raise CorpusError("phrases", 0, "text", "there are no phrases to learn from")
    codes = tuple(sorted({code for row in ordered for code in row.needs}))
    folder = fixtures / "training"
    check = _Check(frozenset(codes))
    return Corpus(
        codes=codes,
        phrases=ordered,
        notes=_rows(folder, "notes*.jsonl", check.note),
        statuses=_rows(folder, "clauses*.jsonl", check.clause),
        neutral=_rows(folder, "neutral*.jsonl", check.neutral),
        safeguarding=_rows(folder, "safeguarding*.jsonl", check.safeguarding),
    )


def phrases_from_files(fixtures: Path) -> tuple[PhraseRow, ...]:
    """The phrases as they are delivered, without the database. Raises CorpusError."""

    def phrase(cell: "_Cells") -> PhraseRow:
        needs = cell.codes("needs", None)
        if not needs:
            raise cell.error("needs", "a phrase needs at least one code")
        return PhraseRow(cell.text("text"), needs, cell.text("register"))

    return _rows(fixtures / "language" / "phrases", "*.jsonl", phrase)


def _rows(folder: Path, pattern: str, read: Callable[["_Cells"], Row]) -> tuple[Row, ...]:
    paths = sorted(folder.glob(pattern))
    if not paths:
        raise CorpusError(str(folder / pattern), 0, "file", "there is no such file")
    return tuple(read(cells) for path in paths for cells in _lines(path))


def _lines(path: Path) -> Iterator["_Cells"]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except json.JSONDecodeError as error:
            raise CorpusError(path.name, number, "row", f"is not JSON: {error.msg}") from error
        if not isinstance(values, dict):
            raise CorpusError(path.name, number, "row", "is not an object in braces")
        yield _Cells(path.name, number, values)


@dataclass(frozen=True, slots=True)
class _Cells:
    """One row as it was read, with its place for the error messages."""

    file: str
    row: int
    values: Mapping[str, Any]
    prefix: str = ""

    def error(self, field: str, problem: str) -> CorpusError:
        return CorpusError(self.file, self.row, self.prefix + field, problem)

    def text(self, field: str) -> str:
        value = self.values.get(field)
        if not isinstance(value, str) or not value.strip():
            raise self.error(field, "must be text")
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

    def codes(self, field: str, known: frozenset[str] | None) -> tuple[str, ...]:
        value = self.values.get(field)
        if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
            raise self.error(field, "must be a list of need codes")
        for code in value:
            if known is not None and code not in known:
                raise self.error(field, f"no need has the code “{code}”")
        return tuple(value)

    def under(self, field: str) -> Iterator["_Cells"]:
        value = self.values.get(field)
        if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
            raise self.error(field, "must be a list of objects")
        for place, part in enumerate(value):
            yield _Cells(self.file, self.row, part, f"{field}.{place}.")


@dataclass(frozen=True, slots=True)
class _Check:
    """Rows of the training files, each cell checked."""

    known: frozenset[str]

    def clause(self, cells: _Cells) -> ClauseRow:
        return ClauseRow(
            cells.text("text"),
            cells.codes("needs", self.known),
            cells.one_of("status", STATUSES),
        )

    def neutral(self, cells: _Cells) -> NeutralRow:
        return NeutralRow(cells.text("text"), cells.one_of("kind", tuple(NEUTRAL_STATUS)))

    def safeguarding(self, cells: _Cells) -> SafeguardingRow:
        return SafeguardingRow(cells.text("text"), cells.flag("safeguarding"), cells.text("kind"))

    def note(self, cells: _Cells) -> NoteRow:
        needs = cells.codes("needs", self.known)
        primary = cells.text("primary")
        if primary not in needs:
            raise cells.error("primary", f"“{primary}” is not among the needs of the row")
        return NoteRow(
            story=cells.text("story"),
            household=tuple(_member(part) for part in cells.under("household")),
            clauses=tuple(self.clause(part) for part in cells.under("clauses")),
            needs=needs,
            primary=primary,
            acceptable=cells.codes("acceptable", self.known),
            level=cells.one_of("level", LEVELS),
            safeguarding=cells.flag("safeguarding"),
        )


def _member(cells: _Cells) -> Member:
    age = cells.values.get("age")
    if age is not None and (isinstance(age, bool) or not isinstance(age, int) or age < 0):
        raise cells.error("age", "must be whole years or null")
    return Member(cells.text("role"), age)
