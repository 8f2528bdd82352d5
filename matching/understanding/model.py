"""Everything that training learned, ready for reading."""

from dataclasses import dataclass, field

from matching.understanding.centroids import Centroids
from matching.understanding.danger import Danger
from matching.understanding.encoder.encoder import Encoder
from matching.understanding.linear import Linear
from matching.understanding.network import Networks
from matching.understanding.spelling import Spelling
from matching.understanding.topics import Topics
from matching.understanding.vectorise import Vectoriser


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Log-odds from which something is shown, and how log-odds become chances.

    `need`, `ruled_out`: of the judge's networks; `danger`: of its regression, `danger_in_few`: in
    few words, `danger_named`: in few words with one of danger among them. `phrase`: chance from
    which a short search has a need; `second`: the least share of the first one's chance for a
    second; `words`: the weight of the word counts against the encoder in a search, 0–1.
    Chance = σ(slope · log-odds + offset).
    """

    need: float
    danger: float
    danger_in_few: float
    danger_named: float
    ruled_out: float
    phrase: float
    second: float
    words: float
    slope: float
    offset: float


@dataclass(frozen=True, slots=True)
class Judge:
    """What decides over the scores of a message: its needs, the first of them, what is denied.

    `danger` (features, 1) and `levels` (features, 5) stand on features of their own.
    """

    networks: Networks
    danger: Linear
    levels: Linear
    thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class Model:
    """`codes`: the K needs in the order of every array. `digest`: hash of the corpus.

    `alone` judges by word counts; `together` by these and the encoder whose digest is
    `encoder_digest`. `centroids`: of the presented needs. `encoder`: that encoder, where it is
    there to read with. `figures`: out-of-fold measurements; `counts`: rows learned from;
    `phrases`: how many for each need. `pressing`: for each need 0–1 how often it is the one to act
    on first where there are others.
    """

    codes: tuple[str, ...]
    vectoriser: Vectoriser
    topics: Topics
    danger: Danger
    alone: Judge
    together: Judge | None
    spelling: Spelling
    centroids: Centroids
    encoder_digest: str
    digest: str
    encoder: Encoder | None = None
    counts: dict[str, int] = field(default_factory=dict)
    phrases: dict[str, int] = field(default_factory=dict)
    pressing: dict[str, float] = field(default_factory=dict)
    figures: dict[str, float] = field(default_factory=dict)

    def judge(self, encoded: bool) -> Judge:
        """The judge for a message that was or was not read by the encoder."""
        return self.together if encoded and self.together else self.alone
