"""The corpus as rows and labels for the regressions."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.understanding.corpus import NEUTRAL_STATUS, Corpus
from matching.understanding.linear import matrix, with_columns
from matching.understanding.status import CUES, STATUSES, cues
from matching.understanding.vectorise import Floats, Vectoriser

#: Messages that stand next to each other in a file may be variants: mostly they share a fold.
_NEIGHBOURS = 4
FOLDS = 3
#: One phrase in so many is kept back to measure searches on.
_HELD_BACK = 5
_NO_STATUS = -1


@dataclass(frozen=True, slots=True)
class Examples:
    """N pieces of text: phrases, status clauses, neutral lines, then the pieces of notes.

    `rows` (N, V + CUES) sparse; `present` (N, K) labels with their weights; `status` (N,) place in
    STATUSES or −1; `note` (N,) index of the note a piece is from, or −1. `named` (M,) rows that
    name one need or none, a row for each need that it names, and `topic` (M,) which, K for none.
    `phrases`: the first so many rows are phrases. `neutral`: where the neutral lines are.
    """

    rows: Any
    present: Floats
    present_counted: Floats
    status: NDArray[np.int32]
    note: NDArray[np.int32]
    named: NDArray[np.int32]
    topic: NDArray[np.int32]
    phrases: int
    neutral: slice


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    present: Sequence[str]
    topic: Sequence[str]
    status: int
    note: int = -1
    #: Needs that count neither way.
    either: Sequence[str] = ()
    #: Whether it is about one thing that is known: no story, and no denial of who knows what.
    about: bool = True


def examples(corpus: Corpus, vectoriser: Vectoriser) -> Examples:
    """Rows and labels of the whole corpus."""
    pieces = list(_pieces(corpus))
    place = {code: index for index, code in enumerate(corpus.codes)}
    present = labels([piece.present for piece in pieces], place)
    counted = 1 - labels([piece.either for piece in pieces], place)
    named = [
        (row, topic)
        for row, piece in enumerate(pieces)
        if piece.about
        for topic in ([place[code] for code in piece.topic] or [len(place)])
    ]
    hints = np.stack([cues(piece.text) for piece in pieces])
    lines = len(corpus.phrases) + len(corpus.statuses)
    vectors = [vectoriser(piece.text) for piece in pieces]
    return Examples(
        rows=with_columns(matrix(vectors, vectoriser.size), hints),
        present=present,
        present_counted=counted,
        status=np.array([piece.status for piece in pieces], np.int32),
        note=np.array([piece.note for piece in pieces], np.int32),
        named=np.array([row for row, _ in named], np.int32),
        topic=np.array([topic for _, topic in named], np.int32),
        phrases=len(corpus.phrases),
        neutral=slice(lines, lines + len(corpus.neutral)),
    )


def without_cues(rows: Any) -> Any:
    """The vocabulary columns alone."""
    return rows[:, : rows.shape[1] - CUES]


def texts(corpus: Corpus) -> list[str]:
    """Every text that is learned from, for the vocabulary."""
    return [piece.text for piece in _pieces(corpus)] + [row.text for row in corpus.safeguarding]


def labels(codes: Sequence[Iterable[str]], place: dict[str, int]) -> Floats:
    """(n, K) 0/1."""
    table = np.zeros((len(codes), len(place)), np.float32)
    for row, some in enumerate(codes):
        table[row, [place[code] for code in some]] = 1
    return table


def held_back(text: str) -> bool:
    """Whether searches are measured on this phrase: a fifth of them, by a hash of the words."""
    return zlib.crc32(text.encode()) % _HELD_BACK == 0


def folds(number: int, parts: int = FOLDS) -> NDArray[np.int32]:
    """(number,) the fold of each row, neighbours together."""
    return ((np.arange(number) // _NEIGHBOURS) % parts).astype(np.int32)


def _pieces(corpus: Corpus) -> Iterable[_Piece]:
    now = STATUSES.index("present")
    for phrase in corpus.phrases:
        yield _Piece(phrase.text, phrase.needs, phrase.needs, now)
    for clause in corpus.statuses:
        stated = clause.needs if clause.status == "present" else ()
        yield _Piece(clause.text, stated, clause.needs, STATUSES.index(clause.status))
    for line in corpus.neutral:
        status = NEUTRAL_STATUS[line.kind]
        known = status == "context"
        yield _Piece(line.text, (), (), STATUSES.index(status), about=known)
    for index, note in enumerate(corpus.notes):
        for clause in note.clauses:
            stated = clause.needs if clause.status == "present" else ()
            status_place = STATUSES.index(clause.status)
            yield _Piece(clause.text, stated, clause.needs, status_place, note=index)
        yield _Piece(note.story, note.needs, (), _NO_STATUS, index, note.acceptable, about=False)
