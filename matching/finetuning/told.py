"""The corpus as messages in parts, each part with what is known of it: what the encoder learns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matching.enquiry import Member
from matching.understanding.corpus import (
    LEVELS,
    NEUTRAL_STATUS,
    ClauseRow,
    Corpus,
    NeutralRow,
    NoteRow,
    PhraseRow,
    SafeguardingRow,
)
from matching.understanding.status import STATUSES

UNKNOWN = -1
#: The share of the first need of a phrase that states several.
_MAIN = 0.7


@dataclass(frozen=True, slots=True)
class Part:
    """A clause. `named`: codes it is about, whatever its status; None when that is not known."""

    text: str
    stated: tuple[str, ...] = ()
    named: tuple[str, ...] | None = ()
    status: int = UNKNOWN


@dataclass(frozen=True, slots=True)
class Told:
    """A message and what is known of it as a whole; None and UNKNOWN teach nothing.

    `presented`: "code/slug" of the finer need. `first`: chances of being the need to act on first;
    an empty dict says that there is none. `weight`: of a note, by which it is read more
    or less often.
    """

    parts: tuple[Part, ...]
    members: tuple[Member, ...] = ()
    needs: tuple[str, ...] | None = None
    either: tuple[str, ...] = ()
    first: dict[str, float] | None = None
    level: int = UNKNOWN
    danger: int = UNKNOWN
    presented: str = ""
    weight: float = 1.0

    @property
    def gone(self) -> set[str]:
        """Codes that some part names without stating them, and none states."""
        denied = {code for part in self.parts if part.status in _GONE for code in part.named or ()}
        return denied - set(self.needs or ())


_GONE = tuple(STATUSES.index(status) for status in ("absent", "past", "other", "handled"))
_PRESENT = STATUSES.index("present")


def of_phrase(row: PhraseRow) -> Told:
    rest = (1 - _MAIN) / max(1, len(row.needs) - 1)
    first = dict.fromkeys(row.needs, rest)
    first[row.needs[0]] = _MAIN if len(row.needs) > 1 else 1.0
    part = Part(row.text, row.needs, row.needs, _PRESENT)
    return Told((part,), needs=row.needs, first=first, presented=f"{row.needs[0]}/{row.presented}")


def of_status(row: ClauseRow) -> Told:
    stated = row.needs if row.status == "present" else ()
    part = Part(row.text, stated, row.needs, STATUSES.index(row.status))
    return Told((part,), needs=stated)


def of_neutral(row: NeutralRow) -> Told:
    status = NEUTRAL_STATUS[row.kind]
    named = () if status == "context" else None
    part = Part(row.text, (), named, STATUSES.index(status))
    return Told((part,), needs=(), first={}, danger=0)


def of_safeguarding(row: SafeguardingRow) -> Told:
    return Told((Part(row.text, (), None),), danger=int(row.safeguarding))


def of_note(row: NoteRow) -> Told:
    parts = tuple(
        Part(
            clause.text,
            clause.needs if clause.status == "present" else (),
            clause.needs,
            STATUSES.index(clause.status),
        )
        for clause in row.clauses
    )
    return Told(
        parts,
        row.household,
        row.needs,
        row.acceptable,
        row.first,
        LEVELS.index(row.level),
        int(row.safeguarding),
        weight=row.weight,
    )


def everything(corpus: Corpus, unused: frozenset[str] = frozenset()) -> dict[str, list[Told]]:
    """The corpus by kind of row, without the rows whose text is among the `unused`."""

    def kept(rows: Sequence[Told]) -> list[Told]:
        return [row for row in rows if text_of(row) not in unused]

    return {
        "phrases": kept([of_phrase(row) for row in corpus.phrases]),
        "statuses": kept([of_status(row) for row in corpus.statuses]),
        "neutral": kept([of_neutral(row) for row in corpus.neutral]),
        "safeguarding": kept([of_safeguarding(row) for row in corpus.safeguarding]),
        "notes": kept([of_note(row) for row in corpus.notes]),
    }


def text_of(told: Told) -> str:
    """The parts joined by spaces: for a note, its story."""
    return " ".join(part.text for part in told.parts)


def spans_of(told: Told) -> Iterator[tuple[int, int]]:
    """The bounds of each part in `text_of`."""
    start = 0
    for part in told.parts:
        yield start, start + len(part.text)
        start += len(part.text) + 1
