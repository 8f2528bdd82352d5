"""Logistic regressions over sparse rows: fitting them, and the little that is kept of them."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.understanding.vectorise import Floats, Vector

#: Passes over the examples. On pieces that were left out the loss after these is that after twenty,
#: and below that of forty steps of L-BFGS, in a fifth and a third of its time.
_DUAL_PASSES, _GRADIENT_PASSES = 5, 12
#: Steps of L-BFGS where there are a few dense columns.
_DENSE_STEPS = 40
#: Below what a pass changes: the passes are what ends a fit.
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Linear:
    """`weights` (inputs, outputs) and `biases` (outputs,) of one or more regressions."""

    weights: Floats
    biases: Floats

    def __call__(self, rows: Floats) -> Floats:
        """Scores (…, outputs) of dense `rows` (…, inputs)."""
        return np.asarray(rows @ self.weights + self.biases, np.float32)

    def of_vectors(self, vectors: Sequence[Vector]) -> Floats:
        """Scores (n, outputs) of sparse rows."""
        if not vectors:
            return np.zeros((0, len(self.biases)), np.float32)
        return (
            np.stack([vector.values @ self.weights[vector.indices] for vector in vectors])
            + self.biases
        )


def averaged(models: Sequence[Linear]) -> Linear:
    """The regressions whose scores are the means of those of `models`."""
    return Linear(
        np.mean([model.weights for model in models], axis=0),
        np.mean([model.biases for model in models], axis=0),
    )


def sigmoid(scores: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(np.minimum(np.maximum(-scores, -30), 30))), np.float32)


def softmax(scores: Floats) -> Floats:
    """Along the last axis."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True), np.float32)


def log_softmax(scores: Floats) -> Floats:
    """Along the last axis."""
    return np.asarray(scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True), np.float32)


def matrix(vectors: Sequence[Vector], size: int) -> Any:
    """The vectors as rows of a scipy sparse matrix (n, size), float32."""
    from scipy.sparse import csr_matrix

    bounds = np.cumsum([0, *(len(vector.indices) for vector in vectors)])
    return csr_matrix(
        (
            np.concatenate([vector.values for vector in vectors]),
            np.concatenate([vector.indices for vector in vectors]),
            bounds,
        ),
        shape=(len(vectors), size),
    )


def with_columns(rows: Any, columns: Floats) -> Any:
    """Sparse `rows` with dense `columns` (n, m) after them."""
    from scipy.sparse import csr_matrix, hstack

    return hstack([rows, csr_matrix(columns)]).tocsr()


def fit_each(rows: Any, labels: Floats, counted: Floats, strength: float) -> Linear:
    """One logistic regression for each column of `labels` (n, K).

    `counted` (n, K): the weight of each example, 0 leaves it out. `strength` is the inverse of
    the L2 penalty (C).
    """
    fitted = [
        fit_one(rows, labels[:, column] > 0, counted[:, column], strength)
        for column in range(labels.shape[1])
    ]
    return Linear(
        np.stack([weights for weights, _ in fitted], axis=1),
        np.array([bias for _, bias in fitted], np.float32),
    )


def fit_one(
    rows: Any, wanted: NDArray[np.bool_], weights: Floats, strength: float
) -> tuple[Floats, float]:
    """Logistic regression of one label by coordinate descent on its dual: weights and bias.

    Yu, Huang and Lin (2011), as LIBLINEAR has it: made for sparse rows.
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(
        C=strength,
        solver="liblinear",
        dual=True,
        tol=_TOLERANCE,
        max_iter=_DUAL_PASSES,
        random_state=0,
    )
    with _stopped_early():
        model.fit(rows, wanted, sample_weight=weights)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def fit_classes(
    rows: Any, classes: NDArray[np.int32], number: int, strength: float, *, alike: bool = False
) -> Linear:
    """Multinomial logistic regression over `number` classes; one that never occurs scores −20.

    Sparse rows by averaged stochastic gradients (Defazio, Bach and Lacoste-Julien, 2014); a few
    dense columns, which may be of any scale, by L-BFGS. `alike`: each class weighs the same,
    however many examples it has.
    """
    from scipy.sparse import issparse
    from sklearn.linear_model import LogisticRegression

    sparse = issparse(rows)
    model = LogisticRegression(
        C=strength,
        solver="saga" if sparse else "lbfgs",
        tol=_TOLERANCE,
        max_iter=_GRADIENT_PASSES if sparse else _DENSE_STEPS,
        class_weight="balanced" if alike else None,
        random_state=0,
    )
    with _stopped_early():
        model.fit(rows, classes)
    weights = np.zeros((rows.shape[1], number), np.float32)
    biases = np.full(number, -20.0, np.float32)
    weights[:, model.classes_] = model.coef_.T
    biases[model.classes_] = model.intercept_
    return Linear(weights, biases)


@contextmanager
def _stopped_early() -> Iterator[None]:
    """The passes are few on purpose, and no news to whoever trains."""
    from sklearn.exceptions import ConvergenceWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield
