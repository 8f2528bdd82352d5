"""The finer need behind a need, where the words allow it: bailiffs, and not only debt."""

from collections.abc import Sequence

import numpy as np

from matching.understanding.centroids import Centroids
from matching.understanding.encoder.encoder import Encoder
from matching.understanding.linear import softmax
from matching.understanding.message import Message
from matching.understanding.vectorise import Floats

#: A presented need is named from this chance on, among those of its need. Of phrases that the
#: encoder had not seen two in three reach it, and five in six of these are named right.
_LEAST = 0.45
#: What the cosines with the centroids weigh beside the encoder's log-probabilities, and alone.
_LIKENESS, _ENCODER = 16.0, 0.7
_LIKENESS_ALONE = 25.0
#: Told by the phrases alone, it must be so like them: where a need has one or two presented needs
#: one of them is always the likeliest.
_LEAST_LIKENESS = 0.1


def finer_needs(
    code: str,
    clauses: Sequence[int],
    message: Message,
    centroids: Centroids,
    encoder: Encoder | None,
) -> tuple[str, ...]:
    """Slugs of the presented needs of the need `code` that its `clauses` speak of, in their order.

    Those that a hub has added since the encoder was tuned are told by their phrases alone.
    """
    names = [name for name in centroids.names if name.startswith(f"{code}/")]
    if not names:
        return ()
    mine = np.array([centroids.names.index(name) for name in names])
    read = _read(names, message, encoder)
    slugs = []
    for clause in clauses:
        likeness = centroids.likeness(message.pieces.vectors[clause])[mine]
        if read is None:
            if likeness.max() < _LEAST_LIKENESS:
                continue
            scores = _LIKENESS_ALONE * likeness
        else:
            scores = _LIKENESS * likeness + _ENCODER * read[clause]
        chances = softmax(scores)
        if chances.max() >= _LEAST:
            slugs.append(names[int(chances.argmax())].split("/")[1])
    return tuple(dict.fromkeys(slugs))


def _read(names: Sequence[str], message: Message, encoder: Encoder | None) -> Floats | None:
    """(n, len(names)) the encoder's log-probabilities; None where it knows none of them.

    One that it does not know has the mean of those that it does.
    """
    if message.encoded is None or encoder is None:
        return None
    places = {name: place for place, name in enumerate(encoder.heads.presented)}
    known = np.array([name in places for name in names])
    if not known.any():
        return None
    read = np.zeros((len(message.encoded.presented), len(names)), np.float32)
    read[:, known] = message.encoded.presented[:, [places[n] for n in names if n in places]]
    read[:, ~known] = read[:, known].mean(1, keepdims=True)
    return read
