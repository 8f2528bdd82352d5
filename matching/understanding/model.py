"""Everything that training learned, ready for reading."""

from dataclasses import dataclass, field

from matching.understanding.centroids import Centroids
from matching.understanding.danger import Danger
from matching.understanding.encoder.encoder import Encoder
from matching.understanding.judge import Judge
from matching.understanding.judges import Judges
from matching.understanding.spelling import Spelling
from matching.understanding.topics import Topics
from matching.understanding.vectorise import Vectoriser


@dataclass(frozen=True, slots=True)
class Model:
    """`codes`: the K needs in the order of every array. `digest`: hash of the corpus.

    `judges` decide over what the readers make of a message. `centroids`: of the presented needs.
    `encoder`: the one that the judges were fitted beside, where it is there to read with. `counts`:
    rows learned from; `phrases`: how many for each need.
    """

    codes: tuple[str, ...]
    vectoriser: Vectoriser
    topics: Topics
    danger: Danger
    judges: Judges
    spelling: Spelling
    centroids: Centroids
    digest: str
    encoder: Encoder | None = None
    counts: dict[str, int] = field(default_factory=dict)
    phrases: dict[str, int] = field(default_factory=dict)

    def judge(self, encoded: bool) -> Judge:
        """The judge for a message that was or was not read by the encoder."""
        return self.judges.together if encoded and self.judges.together else self.judges.alone
