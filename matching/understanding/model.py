"""Everything that training learned, ready for reading."""

from dataclasses import dataclass, field

from matching.understanding.danger import Danger
from matching.understanding.heads import Head
from matching.understanding.linear import Linear
from matching.understanding.topics import Topics
from matching.understanding.vectorise import Vectoriser


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Log-odds from which something is shown, and how log-odds become chances.

    `need`, `danger`, `ruled_out`: of the stack's heads and the danger model. `phrase`: chance
    from which a short search has a need; `second`: the least share of the first one's chance for
    a second. Chance = σ(slope · log-odds + offset).
    """

    need: float
    danger: float
    ruled_out: float
    phrase: float
    second: float
    slope: float
    offset: float


@dataclass(frozen=True, slots=True)
class Model:
    """`codes`: the K needs in the order of every array. `digest`: hash of the corpus.

    `figures`: out-of-fold measurements; `counts`: rows learned from.
    """

    codes: tuple[str, ...]
    vectoriser: Vectoriser
    topics: Topics
    needs: Head
    first: Head
    gone: Head
    danger: Danger
    levels: Linear
    thresholds: Thresholds
    digest: str
    counts: dict[str, int] = field(default_factory=dict)
    figures: dict[str, float] = field(default_factory=dict)
