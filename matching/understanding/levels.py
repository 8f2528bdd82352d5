"""The level of need that the words suggest: a suggestion with its reason, never a decision."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.understanding.corpus import LEVELS
from matching.understanding.linear import Linear, softmax
from matching.understanding.vectorise import Floats

_WORDS = ("", "One need", "Two needs", "Three needs", "Four needs", "Five needs")
_WHY = {
    "universal": "information or one ordinary service may be enough.",
    "emerging": "one service working with the person or family may be enough.",
    "targeted": "a plan that services agree on together usually fits.",
    "intensive": "this looks serious enough for one lead professional to hold the plan.",
    "statutory": "the words suggest that somebody must be protected or assessed by law.",
}

#: Features of a message before those of the needs.
BEFORE_NEEDS = 8
#: Log-probabilities below this are all alike.
_FAINT = -6.0


def level_features(
    chances: Floats, shown: int, danger: float, length: int, read: Floats | None
) -> Floats:
    """(K + 8,): chances of the needs, how many, the four highest, danger (log-odds), length.

    `read`: the encoder's log-probabilities of the levels, beside them.
    """
    highest = -np.sort(-chances)[:4]
    summary = [chances.sum(), shown, *highest, np.clip(danger, -6, 6) / 2, np.log(max(length, 1))]
    levels = np.maximum(read, _FAINT) if read is not None else ()
    return np.concatenate([summary, 2 * chances, levels]).astype(np.float32)


def fit_levels(rows: Sequence[Floats], places: NDArray[np.int32]) -> Linear:
    """Multinomial regression to `places` in LEVELS.

    Each level weighs the same: how often it occurs in the notes is the taste of their writers.
    """
    from matching.understanding.linear import fit_classes

    return fit_classes(np.stack(rows), places, len(LEVELS), strength=0.1, alike=True)


def level_place(model: Linear, row: Floats) -> int:
    """The middle of the predicted distribution: the place that is least far off on average."""
    return int(np.searchsorted(np.cumsum(softmax(model(row))), 0.5))


def why(place: int, needs: int, urgent: bool) -> str:
    """The reason in plain English; with danger about, nothing that could be taken for all clear."""
    if urgent:
        return "There are signs that somebody may be in danger: act on these first."
    if not needs:
        return "Nothing was said that a level could be read from."
    code = LEVELS[place]
    number = _WORDS[needs] if needs < len(_WORDS) else f"{needs} needs"
    return f"{number} found in the words: {_WHY[code]}"
