"""What encoders that had not seen a training message made of it: the stack learns from these.

An encoder that has seen a row of the corpus scores it too well to be learned from. `manage.py
finetune` therefore tunes two, each without half of the notes and lines and one without a fifth of
the phrases, and keeps what they made of what they had not seen.
"""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.enquiry import Member
from matching.understanding.encoder.encoder import Encoded
from matching.understanding.vectorise import Floats

UNSEEN = "unseen.npz"


class UnseenDamaged(Exception):
    """The scores that were kept cannot be read."""

    def __init__(self, path: Path, problem: object) -> None:
        super().__init__(f"{path} is missing or damaged: {problem}")


_KEY_BYTES = 8

Read = Callable[[str, Sequence[tuple[int, int]], Sequence[Member]], Encoded]


@dataclass(frozen=True, slots=True)
class UnseenScores:
    """Scores by key: `clauses` (rows, 2K + 7) and `whole` (messages, 3K + 7), `first_row` of each.

    Presented needs are not kept: nothing learns from them.
    """

    keys: dict[bytes, int]
    first_row: NDArray[np.int64]
    clauses: Floats
    whole: Floats

    def find(
        self, text: str, spans: Sequence[tuple[int, int]], members: Sequence[Member]
    ) -> Encoded | None:
        """What was made of the message unseen; None for a message that was not there."""
        place = self.keys.get(key_of(text, spans, members))
        if place is None:
            return None
        low, high = self.first_row[place : place + 2]
        clauses, whole = self.clauses[low:high], self.whole[place]
        needs = (clauses.shape[1] - 7) // 2
        stated, named, status, danger = np.split(clauses, [needs, 2 * needs, 2 * needs + 6], axis=1)
        parts = np.cumsum([needs, needs, needs + 1, 5])
        of_needs, gone, first, level, whole_danger = np.split(whole, parts)
        return Encoded(
            stated=stated,
            named=named,
            status=status,
            danger=danger[:, 0],
            presented=np.zeros((len(clauses), 0), np.float32),
            needs=of_needs,
            gone=gone,
            first=first,
            level=level,
            whole_danger=float(whole_danger[0]),
        )


def key_of(text: str, spans: Sequence[tuple[int, int]], members: Sequence[Member]) -> bytes:
    """Stands for a message as it was cut up, and who is at home."""
    home = [(member.role, member.age) for member in members]
    content = json.dumps([text, [list(span) for span in spans], home])
    return hashlib.sha256(content.encode()).digest()[:_KEY_BYTES]


def row_of(encoded: Encoded) -> tuple[Floats, Floats]:
    """The clauses and the whole as they are kept."""
    clauses = [encoded.stated, encoded.named, encoded.status, encoded.danger[:, None]]
    danger = np.array([encoded.whole_danger], np.float32)
    whole = [encoded.needs, encoded.gone, encoded.first, encoded.level, danger]
    return np.concatenate(clauses, axis=1), np.concatenate(whole)


def scores_of(read: dict[bytes, Encoded]) -> UnseenScores:
    """The scores of at least one message."""
    clauses, whole = row_of(next(iter(read.values())))
    nothing = UnseenScores({}, np.zeros(1, np.int64), clauses[:0], whole[None][:0])
    return with_more(nothing, read)


def with_more(kept: UnseenScores, more: dict[bytes, Encoded]) -> UnseenScores:
    """`kept` and the scores of further messages."""
    rows = [row_of(encoded) for encoded in more.values()]
    lengths = [len(clauses) for clauses, _ in rows]
    places = enumerate(more, len(kept.whole))
    return UnseenScores(
        keys=kept.keys | {key: place for place, key in places},
        first_row=np.concatenate([kept.first_row, kept.first_row[-1] + np.cumsum(lengths)]),
        clauses=np.concatenate([kept.clauses, *(clauses for clauses, _ in rows)]),
        whole=np.concatenate([kept.whole, *(whole[None] for _, whole in rows)]),
    )


def save_unseen(folder: Path, kept: UnseenScores) -> None:
    """Write the scores to `folder`, in one step."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as scratch:
        beside = Path(scratch) / UNSEEN
        np.savez_compressed(
            beside,
            allow_pickle=False,
            keys=np.frombuffer(b"".join(kept.keys), np.uint8),
            first_row=kept.first_row,
            clauses=_packed(kept.clauses),
            whole=_packed(kept.whole),
        )
        beside.replace(folder / UNSEEN)


def _packed(scores: Floats) -> NDArray[np.float16]:
    """The scores to six bits, column by column: an 8-bit network is no finer, and it packs well."""
    bits = scores.astype(np.float16).view(np.uint16)
    return np.asfortranarray(((bits + 8) & 0xFFF0).view(np.float16))


def load_unseen(folder: Path) -> UnseenScores:
    """Read the scores in `folder`. Raises UnseenDamaged, naming the file."""
    path = folder / UNSEEN
    try:
        with np.load(path, allow_pickle=False) as packed:
            arrays: dict[str, NDArray[Any]] = dict(packed)
        joined = bytes(arrays["keys"])
        keys = [joined[at : at + _KEY_BYTES] for at in range(0, len(joined), _KEY_BYTES)]
        return UnseenScores(
            keys={key: place for place, key in enumerate(keys)},
            first_row=arrays["first_row"].astype(np.int64),
            clauses=arrays["clauses"].astype(np.float32, order="C"),
            whole=arrays["whole"].astype(np.float32, order="C"),
        )
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise UnseenDamaged(path, error) from error
