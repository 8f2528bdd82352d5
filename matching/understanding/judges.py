"""The judges that stand on the readers: fitted when the readers are made, and shipped with them.

They weigh what word counts and the encoder make of a message, and hardly know words themselves. So
a hub that edits its phrases trains the word counts anew and keeps the judges.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.understanding import danger, levels
from matching.understanding.judge import Judge
from matching.understanding.linear import Linear
from matching.understanding.network import Networks
from matching.understanding.vectorise import Floats

#: The place of a need that the judges have not met.
_NEW = -1

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Judges:
    """`codes`: the K needs in the order of every array.

    `alone` judges by word counts, `together` by these and the encoder whose digest is
    `encoder_digest`. `pressing`: for each need 0–1 how often it is the one to act on first where
    there are others. `figures`: measured on messages that were not learned from. `corpus` and
    `recipe`: hashes of what they learned from and of the code that they stand on.
    """

    codes: tuple[str, ...]
    alone: Judge
    together: Judge | None
    encoder_digest: str
    pressing: dict[str, float]
    figures: dict[str, float]
    corpus: str
    recipe: str

    def of(self, codes: Sequence[str]) -> "Judges":
        """The judges for the needs that a hub has now, in the order of `codes`.

        A need that they have not met is judged as the mean of the others; one that was taken away
        is left out.
        """
        if self.codes == tuple(codes):
            return self
        known = {code: place for place, code in enumerate(self.codes)}
        places = np.array([known.get(code, _NEW) for code in codes], np.int64)
        usual = round(float(np.mean(list(self.pressing.values()))), 4)
        return replace(
            self,
            codes=tuple(codes),
            alone=_aligned(self.alone, places),
            together=_aligned(self.together, places) if self.together else None,
            pressing={code: self.pressing.get(code, usual) for code in codes},
        )

    def place_of(self, code: str, found: Sequence[str]) -> int:
        """Where a need goes among those `found`: before the first that is less pressing."""
        usual = sum(self.pressing.values()) / max(1, len(self.pressing))
        mine = self.pressing.get(code, usual)
        less = (i for i, other in enumerate(found) if self.pressing.get(other, usual) < mine)
        return next(less, len(found))


def _aligned(judge: Judge, places: Places) -> Judge:
    return replace(
        judge,
        networks=_aligned_networks(judge.networks, places),
        danger=_aligned_linear(judge.danger, danger.BEFORE_NEEDS, judge.needs, places),
        levels=_aligned_linear(judge.levels, levels.BEFORE_NEEDS, judge.needs, places),
    )


def _aligned_networks(networks: Networks, places: Places) -> Networks:
    features, which, hinted = np.split(
        networks.inner, np.cumsum([len(networks.centre), networks.needs]), axis=1
    )
    usual = which.mean(1, keepdims=True)
    new = (places == _NEW)[:, None]
    inner = [
        features,
        np.where(new, usual, which[:, places]),
        np.where(new, np.float32(0), hinted[:, places]),
    ]
    return replace(networks, inner=np.concatenate(inner, axis=1))


def _aligned_linear(linear: Linear, before: int, needs: int, places: Places) -> Linear:
    """A regression with a weight for each need after `before` others; a new one weighs nothing."""
    first, of_needs, last = np.split(linear.weights, np.cumsum([before, needs]), axis=0)
    aligned: Floats = np.where((places == _NEW)[:, None], np.float32(0), of_needs[places])
    return replace(linear, weights=np.concatenate([first, aligned, last], axis=0))
