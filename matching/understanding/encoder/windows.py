"""A message as rows of tokens that the encoder can read, each token with the clause it is in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from matching.enquiry import Member
from matching.understanding.clauses import normalise

if TYPE_CHECKING:
    from tokenizers import Tokenizer

#: Tokens of a message in one row, beside those that say who is at home.
WINDOW = 192
#: So many rows are read at most; what comes after them is read by word counts alone.
MOST_WINDOWS = 12
#: People at home who are named to the encoder at most.
_MOST_MEMBERS = 8
#: Tokens of who is at home: eight long English roles are some 75, but one letter of another
#: script may be three, and with the message a row must stay within the network's 512 places.
MOST_HOME = 96
START, STOP, NO_CLAUSE = 101, 102, -1


@dataclass(frozen=True, slots=True)
class Window:
    """`tokens` (T,) ids, START first; `clauses` (T,) the clause of each token, or NO_CLAUSE."""

    tokens: NDArray[np.int64]
    clauses: NDArray[np.int64]


def windows(
    text: str,
    spans: Sequence[tuple[int, int]],
    members: Sequence[Member],
    tokenizer: "Tokenizer",
) -> list[Window]:
    """Rows of at most WINDOW tokens, parted between clauses. `spans`: bounds of the clauses.

    Who is at home stands before each row, in at most MOST_HOME tokens more.
    """
    encoded = tokenizer.encode(_plain(text), add_special_tokens=False)
    ids = np.array(encoded.ids, np.int64)
    starts = np.array([start for start, _ in encoded.offsets], np.int64)
    owners = _owners(starts, spans)
    prefix = _prefix(members, tokenizer)
    rows: list[Window] = []
    for low, high in _rows(owners):
        tokens = np.concatenate([[START], prefix, ids[low:high], [STOP]])
        clauses = np.full(len(tokens), NO_CLAUSE)
        clauses[1 + len(prefix) : -1] = owners[low:high]
        rows.append(Window(tokens, clauses))
    return rows


def _plain(text: str) -> str:
    """Lower case and of the same length; what no encoding can hold becomes a question mark."""
    return normalise(text).encode("utf-8", "replace").decode("utf-8")


def _owners(starts: NDArray[np.int64], spans: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """(T,) the clause that each token starts in; a stray mark belongs to the clause before it."""
    begins = np.array([start for start, _ in spans], np.int64)
    return np.searchsorted(begins, starts, side="right").astype(np.int64) - 1


def _rows(owners: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Bounds of the rows: as many whole clauses as fit; one that is longer is cut."""
    rows: list[tuple[int, int]] = []
    low, total = 0, len(owners)
    while low < total and len(rows) < MOST_WINDOWS:
        high = min(low + WINDOW, total)
        if high < total:
            start_of_clause = int(np.searchsorted(owners, owners[high]))
            if start_of_clause > low:
                high = start_of_clause
        rows.append((low, high))
        low = high
    return rows


def _prefix(members: Sequence[Member], tokenizer: "Tokenizer") -> NDArray[np.int64]:
    """Who is at home, as the first sentence; nothing when nobody was named."""
    if not members:
        return np.zeros(0, np.int64)
    people = ", ".join(
        f"{member.role[:24]} {member.age}" if member.age is not None else member.role[:24]
        for member in members[:_MOST_MEMBERS]
    )
    encoded = tokenizer.encode(_plain(f"at home: {people}"), add_special_tokens=False)
    return np.array([*encoded.ids[:MOST_HOME], STOP], np.int64)
