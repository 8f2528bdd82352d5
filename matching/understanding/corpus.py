"""What the matcher learns from: phrases of the shared language, and annotated training files."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from matching.enquiry import Member
from matching.json_lines import Cells, RowError, rows_of
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


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """Words that people use, and the codes of the needs they state, the main one first.

    `presented`: the slug of the finer need of the main one.
    """

    text: str
    needs: tuple[str, ...]
    register: str
    presented: str


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
    """A whole story, annotated clause by clause.

    `second_reader`: what somebody who did not know `primary` would act on first, if one was asked;
    two needs where they are equally good. `weight`: how much it counts when the networks of the
    judges learn, beside a note of 1, and how often the encoder reads it while it is tuned; no judge
    learns from one of 0, whose words, needs and danger still teach what the judges stand on.
    """

    story: str
    household: tuple[Member, ...]
    clauses: tuple[ClauseRow, ...]
    needs: tuple[str, ...]
    primary: str
    acceptable: tuple[str, ...]
    level: str
    safeguarding: bool
    second_reader: tuple[str, ...] = ()
    weight: float = 1.0

    @property
    def first(self) -> dict[str, float]:
        """The readers' votes for the need to act on first, as shares of 1."""
        shares = {self.primary: 1.0}
        for code in self.second_reader:
            shares[self.primary] -= 0.5 / len(self.second_reader)
            shares[code] = shares.get(code, 0.0) + 0.5 / len(self.second_reader)
        return shares


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
        return hashlib.sha256(repr(self).encode()).hexdigest()

    def counts(self) -> dict[str, int]:
        return {
            "needs": len(self.codes),
            "phrases": len(self.phrases),
            "notes": len(self.notes),
            "status clauses": len(self.statuses),
            "neutral lines": len(self.neutral),
            "safeguarding lines": len(self.safeguarding),
        }

    @property
    def judged(self) -> tuple[NoteRow, ...]:
        """The notes that the judges learn from."""
        return tuple(note for note in self.notes if note.weight > 0)

    def phrases_by_need(self) -> dict[str, int]:
        """How many phrases state each need."""
        return dict(Counter(code for row in self.phrases for code in row.needs))


def from_files(fixtures: Path, phrases: Iterable[PhraseRow]) -> Corpus:
    """Join `phrases` with the files of `fixtures`/training. Raises RowError.

    The needs are those that have phrases: a training row may name no other.
    """
    ordered = tuple(sorted(phrases, key=lambda row: (row.text, row.needs)))
    if not ordered:
        raise RowError("phrases", 0, "text", "there are no phrases to learn from")
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
    """The phrases as they are delivered, without the database. Raises RowError."""

    def phrase(cell: Cells) -> PhraseRow:
        needs = _codes(cell, "needs", None)
        if not needs:
            raise cell.error("needs", "a phrase needs at least one code")
        return PhraseRow(cell.text("text"), needs, cell.text("register"), cell.text("presented"))

    return _rows(fixtures / "language" / "phrases", "*.jsonl", phrase)


def _rows(folder: Path, pattern: str, read: Callable[[Cells], Row]) -> tuple[Row, ...]:
    paths = sorted(folder.glob(pattern))
    if not paths:
        raise RowError(str(folder / pattern), 0, "file", "there is no such file")
    return tuple(read(cells) for path in paths for cells in rows_of(path))


def _codes(cells: Cells, field: str, known: frozenset[str] | None) -> tuple[str, ...]:
    value = cells.values.get(field)
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise cells.error(field, "must be a list of need codes")
    for code in value:
        if known is not None and code not in known:
            raise cells.error(field, f"no need has the code “{code}”")
    return tuple(value)


@dataclass(frozen=True, slots=True)
class _Check:
    """Rows of the training files, each cell checked."""

    known: frozenset[str]

    def clause(self, cells: Cells) -> ClauseRow:
        return ClauseRow(
            cells.text("text"),
            _codes(cells, "needs", self.known),
            cells.one_of("status", STATUSES),
        )

    def neutral(self, cells: Cells) -> NeutralRow:
        return NeutralRow(cells.text("text"), cells.one_of("kind", tuple(NEUTRAL_STATUS)))

    def safeguarding(self, cells: Cells) -> SafeguardingRow:
        return SafeguardingRow(cells.text("text"), cells.flag("safeguarding"), cells.text("kind"))

    def note(self, cells: Cells) -> NoteRow:
        needs = _codes(cells, "needs", self.known)
        primary = cells.text("primary")
        if primary not in needs:
            raise cells.error("primary", f"“{primary}” is not among the needs of the row")
        second: tuple[str, ...] = ()
        if "second_reader" in cells.values:
            second = _codes(cells, "second_reader", frozenset(needs))
        return NoteRow(
            story=cells.text("story"),
            household=tuple(_member(part) for part in cells.under("household")),
            clauses=tuple(self.clause(part) for part in cells.under("clauses")),
            needs=needs,
            primary=primary,
            acceptable=_codes(cells, "acceptable", self.known),
            level=cells.one_of("level", LEVELS),
            safeguarding=cells.flag("safeguarding"),
            second_reader=second,
            weight=_weight(cells),
        )


def _weight(cells: Cells) -> float:
    value = cells.values.get("weight", 1)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 10:
        raise cells.error("weight", "must be a number from 0 to 10")
    return float(value)


def _member(cells: Cells) -> Member:
    age = cells.values.get("age")
    if age is not None and (isinstance(age, bool) or not isinstance(age, int) or age < 0):
        raise cells.error("age", "must be whole years or null")
    return Member(cells.text("role"), age)
