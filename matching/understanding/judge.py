"""What decides over the scores of a message, and from which scores on something is shown."""

from dataclasses import dataclass

from matching.understanding.linear import Linear
from matching.understanding.network import Networks


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

    @property
    def needs(self) -> int:
        """K."""
        return self.networks.needs
