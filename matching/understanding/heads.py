"""The two regressions over the stack's features, fitted with L-BFGS in plain numpy."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matching.understanding.linear import sigmoid
from matching.understanding.stack import Features
from matching.understanding.vectorise import Floats

#: L2 penalties of the shared weights, each need's own, and those between needs; chosen by
#: cross-validation on the training notes.
PENALTIES = (0.002, 0.003, 0.02)
#: More change little: the loss on notes that were left out is the same after 80 and after 300.
_ITERATIONS = 60


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
    """Standardised features of N messages, laid out for BLAS: (N·K, S), (K, N, G) and (N, K)."""

    shared: Floats
    own: Floats
    others: Floats

    def scores(self, a: Floats, own: Floats, between: Floats) -> Floats:
        """(N, K)."""
        of_own = np.matmul(self.own, own[:, :, None])[:, :, 0]
        shared = (self.shared @ a).reshape(self.others.shape)
        return np.asarray(shared + of_own.T + self.others @ between.T, np.float32)

    def gradient(self, slope: Floats) -> Floats:
        """Of all weights in one row; `slope` (N, K)."""
        of_own = np.matmul(np.ascontiguousarray(slope.T)[:, None, :], self.own)
        parts = [slope.ravel() @ self.shared, of_own.ravel(), (slope.T @ self.others).ravel()]
        return np.concatenate(parts)


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
        mine = own_flat.reshape(needs, own).astype(np.float32)
        between = between_flat.reshape(needs, needs).astype(np.float32)
        scores = table.scores(a.astype(np.float32), mine, between)
        value, slope = (_each if loss == "each" else _one)(scores, labels, counted)
        gradient = table.gradient(np.asarray(slope / total, np.float32))
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
    shared = np.stack([message.shared for message in messages])
    own = np.stack([message.own for message in messages])
    centre = own.mean((0, 1), dtype=np.float64)
    spread = own.std((0, 1), dtype=np.float64) + 0.1
    # The first of a need's own features is its constant.
    centre[0], spread[0] = 0.0, 1.0
    nothing = np.zeros(0, np.float32)
    head = Head(
        shared=nothing,
        own=nothing,
        between=nothing,
        shared_centre=shared.mean((0, 1), dtype=np.float64).astype(np.float32),
        shared_spread=(shared.std((0, 1), dtype=np.float64) + 1e-3).astype(np.float32),
        own_centre=centre.astype(np.float32),
        own_spread=spread.astype(np.float32),
    )
    flat = ((shared - head.shared_centre) / head.shared_spread).reshape(-1, shared.shape[2])
    by_need = ((own - head.own_centre) / head.own_spread).transpose(1, 0, 2)
    return head, _Table(
        np.ascontiguousarray(flat),
        np.ascontiguousarray(by_need),
        np.stack([message.others for message in messages]),
    )


def _each(scores: Floats, labels: Floats, counted: Floats) -> tuple[float, Floats]:
    losses = np.logaddexp(0, scores) - labels * scores
    return float((counted * losses).sum(dtype=np.float64)), counted * (sigmoid(scores) - labels)


def _one(scores: Floats, labels: Floats, counted: Floats) -> tuple[float, Floats]:
    """`counted` weighs each message by its first column."""
    weight = counted[:, 0]
    whole = np.logaddexp.reduce(scores, axis=1)
    losses = whole - (labels * scores).sum(1)
    slope = np.exp(scores - whole[:, None]) - labels
    return float((weight * losses).sum(dtype=np.float64)), weight[:, None] * slope
