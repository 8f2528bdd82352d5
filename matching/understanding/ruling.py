"""Needs that the words name but seem to deny: which, where and how."""

import numpy as np
from numpy.typing import NDArray

from matching.understanding.topics import Scores

#: Columns of the status probabilities that rule a need out: absent, past, other, handled.
_FIRST, _LAST = 1, 5
#: A clause rules out what it names from this chance of not stating it on.
_RULING = 0.3
#: A clause names what it is most about, and whatever has this share of that chance.
_NAMED_SHARE = 0.15


def where_gone(scores: Scores) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each need the clause most likely to name it without stating it, and with what status.

    (K,) indexes of clauses, (K,) places in STATUSES.
    """
    gone = scores.status[: scores.clauses, _FIRST:_LAST]
    chances = np.exp(scores.topic[: scores.clauses, :-1]) * gone.sum(1, keepdims=True)
    where = chances.argmax(0)
    return where, _FIRST + gone.argmax(1)[where]


def named_enough(scores: Scores) -> NDArray[np.bool_]:
    """(K,) whether the clause that would rule the need out really names it, and rules it out."""
    where, _ = where_gone(scores)
    chances = np.exp(scores.topic[: scores.clauses, :-1])
    named = chances[where, np.arange(len(where))] >= _NAMED_SHARE * chances[where].max(1)
    ruling = scores.status[where, _FIRST:_LAST].sum(1) >= _RULING
    return np.asarray(named & ruling, bool)
