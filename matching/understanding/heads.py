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
#: From the mean of heads that learned from two thirds of the notes each, this many are as good.
_FURTHER = 20


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
        """(K,) log-odds of a message, or (N, K) of several."""
        shared = (features.shared - self.shared_centre) / self.shared_spread
        own = (features.own - self.own_centre) / self.own_spread
        of_own = (own * self.own).sum(-1)
        scores = shared @ self.shared + of_own + features.others @ self.between.T
        return np.asarray(scores, np.float32)


@dataclass(frozen=True, slots=True)
class Table:
    """Standardised features of N messages, laid out for BLAS: (N·K, S), (K, N, G) and (N, K).

    `unfitted`: a head of their centres and spreads, without weights.
    """

    shared: Floats
    own: Floats
    others: Floats
    unfitted: Head

    @classmethod
    def of(cls, messages: Features) -> "Table":
        own_centre = messages.own.mean((0, 1), dtype=np.float64).astype(np.float32)
        own_spread = (messages.own.std((0, 1), dtype=np.float64) + 0.1).astype(np.float32)
        # The first of a need's own features is its constant.
        own_centre[0], own_spread[0] = 0.0, 1.0
        nothing = np.zeros(0, np.float32)
        head = Head(
            shared=nothing,
            own=nothing,
            between=nothing,
            shared_centre=messages.shared.mean((0, 1), dtype=np.float64).astype(np.float32),
            shared_spread=(messages.shared.std((0, 1), dtype=np.float64) + 1e-3).astype(np.float32),
            own_centre=own_centre,
            own_spread=own_spread,
        )
        shared = (messages.shared - head.shared_centre) / head.shared_spread
        by_need = ((messages.own - own_centre) / own_spread).transpose(1, 0, 2)
        flat = shared.reshape(-1, shared.shape[2])
        return cls(flat, np.ascontiguousarray(by_need), messages.others, head)

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
    table: Table,
    labels: Floats,
    counted: Floats,
    loss: Literal["each", "one"],
    known: Sequence[Head] = (),
) -> Head:
    """Fit to `labels` (N, K) of N messages; `counted` (N, K) are the weights of the examples.

    Loss "each": every need for itself (logistic). "one": one need a message (softmax). `known`:
    heads fitted to parts of the messages, from whose mean the fit sets out.
    """
    from scipy.optimize import minimize

    head = table.unfitted
    needs, shared, own = labels.shape[1], head.shared_centre.size, head.own_centre.size
    bounds = (shared, shared + needs * own)
    penalty = np.repeat(PENALTIES, (shared, needs * own, needs * needs))
    # Of most needs: a few of a message may count more, or not at all.
    total = float(np.median(counted, axis=1).sum())

    def objective(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        a, own_flat, between_flat = np.split(flat, bounds)
        mine = own_flat.reshape(needs, own).astype(np.float32)
        between = between_flat.reshape(needs, needs).astype(np.float32)
        scores = table.scores(a.astype(np.float32), mine, between)
        value, slope = (_each if loss == "each" else _one)(scores, labels, counted)
        gradient = table.gradient(np.asarray(slope / total, np.float32))
        return value / total + 0.5 * float(penalty @ flat**2), gradient + penalty * flat

    start = np.mean([_flat(other) for other in known], axis=0) if known else np.zeros(len(penalty))
    rounds = {"maxiter": _FURTHER if known else _ITERATIONS}
    found = minimize(objective, start, jac=True, method="L-BFGS-B", options=rounds)
    a, mine, between = np.split(found.x.astype(np.float32), bounds)
    return replace(
        head, shared=a, own=mine.reshape(needs, own), between=between.reshape(needs, needs)
    )


def _flat(head: Head) -> NDArray[np.float64]:
    weights = (head.shared, head.own.ravel(), head.between.ravel())
    return np.concatenate(weights).astype(np.float64)


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
