"""The two regressions over the stack's features, fitted with L-BFGS in plain numpy."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matching.understanding.stack import Features
from matching.understanding.vectorise import Floats

#: L2 penalties of the shared weights, each need's own, and those between needs; chosen by
#: cross-validation on the training notes.
PENALTIES = (0.002, 0.003, 0.02)
_ITERATIONS = 300


@dataclass(frozen=True, slots=True)
class Head:
    """Scores each need: shared·a + own·B[need] + others·D[need], over standardised features.

    `a` (S,), `own` (K, G), `between` (K, K); `centre` and `spread` of the shared (S,) and own
    (G,) features.
    """

    shared: Floats
    own: Floats
    between: Floats
    shared_centre: Floats
    shared_spread: Floats
    own_centre: Floats
    own_spread: Floats

    def __call__(self, features: Features) -> Floats:
        """(K,) log-odds."""
        shared = (features.shared - self.shared_centre) / self.shared_spread
        own = (features.own - self.own_centre) / self.own_spread
        scores = shared @ self.shared + (own * self.own).sum(1) + self.between @ features.others
        return np.asarray(scores, np.float32)


@dataclass(frozen=True, slots=True)
class _Table:
    """Standardised features of N messages: (N, K, S), (N, K, G) and (N, K)."""

    shared: NDArray[np.float64]
    own: NDArray[np.float64]
    others: NDArray[np.float64]


def fit_head(
    messages: Sequence[Features], labels: Floats, counted: Floats, loss: Literal["each", "one"]
) -> Head:
    """Fit to `labels` (N, K) of N messages; `counted` (N, K) are the weights of the examples.

    Loss "each": every need for itself (logistic). "one": one need a message (softmax).
    """
    from scipy.optimize import minimize

    head, table = _standardised(messages)
    needs, shared, own = labels.shape[1], head.shared_centre.size, head.own_centre.size
    bounds = (shared, shared + needs * own)
    penalty = np.repeat(PENALTIES, (shared, needs * own, needs * needs))
    total = float(counted.max(axis=1).sum())

    def objective(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        a, own_flat, between_flat = np.split(flat, bounds)
        mine, between = own_flat.reshape(needs, own), between_flat.reshape(needs, needs)
        scores = (
            table.shared @ a
            + np.einsum("nkg,kg->nk", table.own, mine, optimize=True)
            + table.others @ between.T
        )
        value, slope = (_each if loss == "each" else _one)(scores, labels, counted)
        slope /= total
        gradient = np.concatenate(
            [
                np.tensordot(slope, table.shared, 2),
                np.einsum("nk,nkg->kg", slope, table.own, optimize=True).ravel(),
                (slope.T @ table.others).ravel(),
            ]
        )
        return value / total + 0.5 * float(penalty @ flat**2), gradient + penalty * flat

    start = np.zeros(len(penalty))
    found = minimize(
        objective, start, jac=True, method="L-BFGS-B", options={"maxiter": _ITERATIONS}
    )
    a, mine, between = np.split(found.x.astype(np.float32), bounds)
    return replace(
        head, shared=a, own=mine.reshape(needs, own), between=between.reshape(needs, needs)
    )


def _standardised(messages: Sequence[Features]) -> tuple[Head, _Table]:
    shared = np.stack([message.shared for message in messages]).astype(np.float64)
    own = np.stack([message.own for message in messages]).astype(np.float64)
    centre, spread = own.mean((0, 1)), own.std((0, 1)) + 0.1
    # The first of a need's own features is its constant.
    centre[0], spread[0] = 0.0, 1.0
    nothing = np.zeros(0, np.float32)
    head = Head(
        shared=nothing,
        own=nothing,
        between=nothing,
        shared_centre=shared.mean((0, 1)).astype(np.float32),
        shared_spread=(shared.std((0, 1)) + 1e-3).astype(np.float32),
        own_centre=centre.astype(np.float32),
        own_spread=spread.astype(np.float32),
    )
    return head, _Table(
        (shared - head.shared_centre) / head.shared_spread,
        (own - head.own_centre) / head.own_spread,
        np.stack([message.others for message in messages]).astype(np.float64),
    )


def _each(
    scores: NDArray[np.float64], labels: Floats, counted: Floats
) -> tuple[float, NDArray[np.float64]]:
    losses = np.logaddexp(0, scores) - labels * scores
    return float((counted * losses).sum()), counted * (1 / (1 + np.exp(-scores)) - labels)


def _one(
    scores: NDArray[np.float64], labels: Floats, counted: Floats
) -> tuple[float, NDArray[np.float64]]:
    """`counted` weighs each message by its first column."""
    weight = counted[:, 0]
    whole = np.logaddexp.reduce(scores, axis=1)
    losses = whole - (labels * scores).sum(1)
    slope = np.exp(scores - whole[:, None]) - labels
    return float((weight * losses).sum()), weight[:, None] * slope
