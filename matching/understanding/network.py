"""What decides over the scores of a message: small networks that see one need at a time."""

from dataclasses import dataclass

import numpy as np

from matching.understanding.stack import Features
from matching.understanding.vectorise import Floats

#: Features further from their mean than so many spreads count as that far.
_FURTHEST = 6.0


@dataclass(frozen=True, slots=True)
class Opinion:
    """Log-odds (K,) of a message, or (N, K) of several, that each need is stated, that it is the
    one to act on first, and that the words deny it."""

    needs: Floats
    first: Floats
    gone: Floats


@dataclass(frozen=True, slots=True)
class Networks:
    """E networks of two hidden layers, whose mean counts; the same weights for every need.

    `centre`, `spread` (F,) of the features; `inner` (E, F + 2K, H), `middle` (E, H, G) and `outer`
    (E, G, 3) weights, and the biases of each layer (E, 1, …). A need is put in as one of K.
    """

    centre: Floats
    spread: Floats
    inner: Floats
    inner_biases: Floats
    middle: Floats
    middle_biases: Floats
    outer: Floats
    outer_biases: Floats

    @property
    def needs(self) -> int:
        """K."""
        return int(self.inner.shape[1] - len(self.centre)) // 2

    def __call__(self, features: Features) -> Opinion:
        """The mean log-odds that the networks give."""
        rows = inputs(features, self.centre, self.spread)
        flat = rows.reshape(-1, rows.shape[-1])
        hidden = np.maximum(flat @ self.inner + self.inner_biases, 0)
        hidden = np.maximum(hidden @ self.middle + self.middle_biases, 0)
        scores = (hidden @ self.outer + self.outer_biases).mean(0)
        needs, first, gone = (column.reshape(rows.shape[:-1]) for column in scores.T)
        return Opinion(needs, first, gone)


def scale_of(features: Features) -> tuple[Floats, Floats]:
    """(F,) centre and spread of the features of several messages."""
    centre = features.rows.mean((0, 1), dtype=np.float64)
    spread = features.rows.std((0, 1), dtype=np.float64) + 0.05
    return centre.astype(np.float32), spread.astype(np.float32)


def inputs(features: Features, centre: Floats, spread: Floats) -> Floats:
    """(…, K, F + 2K): the features of each need, which need it is, and the chances of them all."""
    rows = np.clip((features.rows - centre) / spread, -_FURTHEST, _FURTHEST)
    needs = rows.shape[-2]
    shape = (*rows.shape[:-1], needs)
    which = np.broadcast_to(np.eye(needs, dtype=np.float32), shape)
    hinted = np.broadcast_to(features.hinted[..., None, :], shape)
    return np.concatenate([rows, which, hinted], axis=-1)
