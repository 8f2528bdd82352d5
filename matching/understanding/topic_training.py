"""Fitting the regressions over pieces of text: what each is about, and whether it is stated."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.understanding.examples import Examples, without_cues
from matching.understanding.linear import averaged, fit_classes, fit_each
from matching.understanding.status import STATUSES
from matching.understanding.topics import Topics, side_by_side

#: Inverse penalties (C) of the regressions; by cross-validation.
_NEED_STRENGTH = 10.0
TOPIC_STRENGTH = 8.0
_STATUS_STRENGTH = 5.0


def fit_topics(rows: Examples, used: NDArray[np.bool_]) -> Topics:
    """The three regressions. `used` (N,): which of the examples are learned from."""
    words = without_cues(rows.rows)
    stated, named = used & (rows.status >= 0), used[rows.named]
    return side_by_side(
        fit_each(words[used], rows.present[used], rows.present_counted[used], _NEED_STRENGTH),
        fit_classes(
            words[rows.named[named]],
            rows.topic[named],
            rows.present.shape[1] + 1,
            TOPIC_STRENGTH,
        ),
        fit_classes(rows.rows[stated], rows.status[stated], len(STATUSES), _STATUS_STRENGTH),
    )


def averaged_topics(models: Sequence[Topics]) -> Topics:
    """The mean of regressions that each did without a part of the notes, as one.

    What the judges learn from are the scores of such models, and not of one that has seen all.
    """
    return Topics(
        averaged([model.joint for model in models]),
        np.mean([model.cue_weights for model in models], axis=0),
    )
