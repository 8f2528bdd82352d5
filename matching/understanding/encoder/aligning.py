"""The encoder's scores in the order of the needs that a hub has now.

The encoder was tuned for the needs as delivered. A need that a hub has added since is one that the
encoder never sees (its word counts find it); one that was taken away is left out.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matching.understanding.encoder.encoder import Encoded, Encoder, Heads
from matching.understanding.encoder.unseen import UnseenScores
from matching.understanding.linear import Linear
from matching.understanding.vectorise import Floats

#: Log-odds of a need that the encoder does not know.
_UNKNOWN = -6.0
_NEW = -1

Places = NDArray[np.int64]


def aligned_encoder(encoder: Encoder, codes: Sequence[str]) -> Encoder:
    """The encoder with its heads in the order of `codes`."""
    if encoder.heads.needs == tuple(codes):
        return encoder
    places = _places(encoder.heads.needs, codes)
    with_none = np.append(places, len(encoder.heads.needs))
    clause, whole = dict(encoder.heads.clause), dict(encoder.heads.whole)
    for name in ("stated", "named"):
        clause[name] = _linear(clause[name], places)
    for name, where in (("needs", places), ("gone", places), ("first", with_none)):
        whole[name] = _linear(whole[name], where)
    heads = Heads(clause, whole, tuple(codes), encoder.heads.presented)
    return replace(encoder, heads=heads)


def new_needs(encoded: Encoded) -> NDArray[np.bool_]:
    """(K,) the needs that the encoder was not tuned for: a hub has added them since."""
    return np.asarray((encoded.needs == _UNKNOWN) & (encoded.gone == _UNKNOWN), bool)


def aligned_scores(kept: UnseenScores, needs: Sequence[str], codes: Sequence[str]) -> UnseenScores:
    """The kept scores, made for `needs`, in the order of `codes`."""
    if tuple(needs) == tuple(codes):
        return kept
    size, places = len(needs), _places(needs, codes)
    stated, named, rest = np.split(kept.clauses, [size, 2 * size], axis=1)
    of_needs, gone, first, whole_rest = np.split(kept.whole, [size, 2 * size, 3 * size + 1], axis=1)
    with_none = np.append(places, size)
    return replace(
        kept,
        clauses=np.concatenate([_columns(stated, places), _columns(named, places), rest], axis=1),
        whole=np.concatenate(
            [
                _columns(of_needs, places),
                _columns(gone, places),
                _columns(first, with_none),
                whole_rest,
            ],
            axis=1,
        ),
    )


def _places(needs: Sequence[str], codes: Sequence[str]) -> Places:
    known = {code: place for place, code in enumerate(needs)}
    return np.array([known.get(code, _NEW) for code in codes], np.int64)


def _columns(table: Floats, places: Places) -> Floats:
    return np.where(places == _NEW, np.float32(_UNKNOWN), table[:, places])


def _linear(head: Linear, places: Places) -> Linear:
    new = places == _NEW
    return Linear(
        np.where(new, np.float32(0), head.weights[:, places]),
        np.where(new, np.float32(_UNKNOWN), head.biases[places]),
    )
