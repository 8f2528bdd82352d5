"""Logistic regressions over sparse rows: fitting them, and the little that is kept of them."""

import warnings
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.understanding.vectorise import Floats, Vector

#: Labels that are fitted at the same time; each fit is single-threaded and deterministic.
WORKERS = 2
_ITERATIONS = 40
#: scikit-learn averages the gradient over the examples: where one in forty is positive it starts
#: below the usual tolerance, and a fit would stop before its first step.
_TOLERANCE = 1e-6
#: Of the examples that are not of a class this share is learned from, each weighing so much more:
#: the loss on pieces that were left out is the same with a third, in three fifths of the time.
_NEGATIVES = 1 / 3


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
    the L2 penalty (C). Which of the negatives are learned from is drawn with a fixed seed.
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    def one(column: int) -> tuple[Floats, float]:
        wanted = labels[:, column] > 0
        drawn = np.random.default_rng(column).random(len(wanted)) < _NEGATIVES
        weights = np.where(wanted, 1, drawn / _NEGATIVES) * counted[:, column]
        used = weights > 0
        model = LogisticRegression(C=strength, tol=_TOLERANCE, max_iter=_ITERATIONS)
        model.fit(rows[used], wanted[used], sample_weight=weights[used])
        return model.coef_[0].astype(np.float32), float(model.intercept_[0])

    # Stopping early changes the scores in the third figure and keeps training short.
    with warnings.catch_warnings(), ThreadPoolExecutor(WORKERS) as pool:
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted = list(pool.map(one, range(labels.shape[1])))
    return Linear(
        np.stack([weights for weights, _ in fitted], axis=1),
        np.array([bias for _, bias in fitted], np.float32),
    )


def fit_classes(
    rows: Any, classes: NDArray[np.int32], number: int, strength: float, *, alike: bool = False
) -> Linear:
    """Multinomial logistic regression over `number` classes; one that never occurs scores −20.

    `alike`: each class weighs the same, however many examples it has.
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(
        C=strength,
        tol=_TOLERANCE,
        max_iter=_ITERATIONS,
        class_weight="balanced" if alike else None,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(rows, classes)
    weights = np.zeros((rows.shape[1], number), np.float32)
    biases = np.full(number, -20.0, np.float32)
    weights[:, model.classes_] = model.coef_.T
    biases[model.classes_] = model.intercept_
    return Linear(weights, biases)
