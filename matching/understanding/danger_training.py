"""Fitting the danger model on the safeguarding lines and the stories of the notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.understanding.corpus import Corpus
from matching.understanding.danger import FLAG_SCALE, KINDS, Danger
from matching.understanding.danger_words import danger_flags, flags_of
from matching.understanding.linear import (
    Linear,
    averaged,
    fit_classes,
    fit_one,
    matrix,
    with_columns,
)
from matching.understanding.vectorise import Floats, Vectoriser

_LINE_STRENGTH = 3.0
_KIND_STRENGTH = 3.0
_MESSAGE_STRENGTH = 0.1
#: A story counts for this many lines.
_STORY_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class Bank:
    """The safeguarding lines, then the story of each note: `lines` is the number of the first.

    `rows` (n, V + flags) sparse, the flags times `scale`; `danger` (n,); `kinds` (n,) place in
    KINDS, −1 where none is given.
    """

    lines: int
    rows: Any
    scale: Floats
    danger: NDArray[np.bool_]
    kinds: NDArray[np.int32]


def danger_bank(corpus: Corpus, vectoriser: Vectoriser) -> Bank:
    """Rows and labels for the danger of lines."""
    lines = corpus.safeguarding
    written = [row.text for row in lines] + [note.story for note in corpus.notes]
    flags = flags_of(np.stack([danger_flags(text) for text in written]))
    scale = np.asarray(FLAG_SCALE / (flags[: len(lines)].std(0) + 0.1), np.float32)
    words = matrix([vectoriser(text) for text in written], vectoriser.size)
    kinds = [
        KINDS.index(row.kind) if row.safeguarding and row.kind in KINDS else -1 for row in lines
    ]
    return Bank(
        lines=len(lines),
        rows=with_columns(words, flags * scale),
        scale=scale,
        danger=np.array(
            [row.safeguarding for row in lines] + [note.safeguarding for note in corpus.notes]
        ),
        kinds=np.array(kinds + [-1] * len(corpus.notes), np.int32),
    )


def fit_lines(bank: Bank, used: NDArray[np.bool_]) -> tuple[Linear, Floats]:
    """Weights over the words and over the flags. `used`: which rows are learned from."""
    rows, scale, danger, kinds = bank.rows, bank.scale, bank.danger, bank.kinds
    weights = np.where(np.arange(len(danger)) < bank.lines, 1.0, _STORY_WEIGHT)
    words, bias = fit_one(rows[used], danger[used], weights[used], _LINE_STRENGTH)
    marked = used & (kinds >= 0)
    kind = fit_classes(rows[marked], kinds[marked], len(KINDS), _KIND_STRENGTH)
    joint = np.concatenate([words[:, None], kind.weights], axis=1)
    biases = np.array([bias, *kind.biases], np.float32)
    size = joint.shape[0] - len(scale)
    return Linear(joint[:size], biases), joint[size:] * scale[:, None]


def averaged_danger(models: Sequence[Danger]) -> Danger:
    """The mean of models that each did without a part of the lines and notes, as one."""
    return Danger(
        averaged([model.lines for model in models]),
        np.mean([model.flags for model in models], axis=0),
    )


def fit_message(features: Floats, danger: NDArray[np.bool_], weights: Floats) -> Linear:
    """From the features (N, 6 + K) or (N, 14 + K) of messages to danger; `weights` (N,)."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=_MESSAGE_STRENGTH, tol=1e-6, max_iter=500)
    model.fit(features, danger, sample_weight=weights)
    return Linear(model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32))
