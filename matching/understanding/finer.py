"""The finer need behind a need, where the words allow it: bailiffs, and not only debt."""

from collections.abc import Sequence

import numpy as np

from matching.understanding.encoder.encoder import Encoded
from matching.understanding.vectorise import Floats

#: A presented need is named from this chance on, among those of its need. Of phrases that the
#: encoder had not seen, four in five that reach it are named right.
_LEAST = 0.5
#: A clause speaks of a need from these log-odds on.
_SPEAKS = 0.0


def finer_needs(
    code: str, need: int, encoded: Encoded | None, presented: Sequence[str]
) -> tuple[str, ...]:
    """Slugs of the presented needs of the need `code`, in the order of the clauses.

    `presented`: "code/slug" in the order of the encoder's scores. Nothing without an encoder.
    """
    if encoded is None or not encoded.presented.size:
        return ()
    places = [place for place, name in enumerate(presented) if name.startswith(f"{code}/")]
    if not places:
        return ()
    stating = [int(clause) for clause in np.flatnonzero(encoded.stated[:, need] >= _SPEAKS)]
    best = int(encoded.stated[:, need].argmax())
    found = (_likeliest(encoded.presented[clause, places]) for clause in sorted({*stating, best}))
    slugs = (presented[places[place]].split("/")[1] for place in found if place is not None)
    return tuple(dict.fromkeys(slugs))


def _likeliest(logs: Floats) -> int | None:
    """The place of the likeliest, if it is likely enough among these."""
    place = int(logs.argmax())
    chance = float(np.exp(logs[place] - np.logaddexp.reduce(logs)))
    return place if chance >= _LEAST else None
