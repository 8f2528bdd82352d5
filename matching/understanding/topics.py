"""What each piece of a message is about: scores over the needs, and whether they are stated now.

Three regressions over the same TF-IDF row: *present* (each need for itself: is it stated),
*topic* (which one need is named, stated or denied, or none) and *status*.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain

import numpy as np

from matching.understanding.clauses import Clause, split
from matching.understanding.linear import Linear, softmax
from matching.understanding.spelling import Spelling
from matching.understanding.status import STATUSES, cues
from matching.understanding.vectorise import Floats, Occurrences, Vector, Vectoriser


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text cut up: clauses, the sentences that they make, and the whole.

    `plain`: the clauses with slips put right. `vectors`: of the clauses, then the sentences, then
    the whole text. `cues`: the same rows without the whole. `found`: of the sentences.
    """

    text: str
    clauses: tuple[Clause, ...]
    plain: tuple[str, ...]
    sentences: tuple[tuple[int, int], ...]
    found: tuple[Occurrences, ...]
    vectors: tuple[Vector, ...]
    cues: Floats

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The bounds of the clauses in the text."""
        return [(clause.start, clause.end) for clause in self.clauses]

    def sentence_text(self, place: int) -> str:
        low, high = self.sentences[place]
        return self.text[self.clauses[low].start : self.clauses[high - 1].end]


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores over K needs of n clauses, of m sentences and of the whole.

    `present` (n + m + 1, K) log-odds; `topic` (n + m + 1, K + 1) log-probabilities, the last
    column for no need; `status` (n + m, 6) probabilities in the order of STATUSES.
    """

    clauses: int
    present: Floats
    topic: Floats
    status: Floats


@dataclass(frozen=True, slots=True)
class Topics:
    """The three regressions side by side: `joint` (V, 2K + 1 + 6), `cue_weights` (CUES, 6)."""

    joint: Linear
    cue_weights: Floats

    def __call__(self, pieces: Pieces) -> Scores:
        needs = (len(self.joint.biases) - 1 - len(STATUSES)) // 2
        joint = self.joint.of_vectors(pieces.vectors)
        present, topic = joint[:, :needs], joint[:, needs : 2 * needs + 1]
        status = joint[:, 2 * needs + 1 :]
        return Scores(
            clauses=len(pieces.clauses),
            present=present,
            topic=topic - np.logaddexp.reduce(topic, axis=1, keepdims=True),
            status=softmax(status[:-1] + pieces.cues @ self.cue_weights),
        )


def side_by_side(present: Linear, topic: Linear, status: Linear) -> Topics:
    """Join the three regressions; `status` has the cue columns after the vocabulary."""
    size = len(present.weights)
    return Topics(
        Linear(
            np.concatenate([present.weights, topic.weights, status.weights[:size]], axis=1),
            np.concatenate([present.biases, topic.biases, status.biases]),
        ),
        status.weights[size:],
    )


def cut(text: str, vectoriser: Vectoriser, spelling: Spelling | None = None) -> Pieces:
    """Cut a text into clauses, sentences and the whole, each word counted only once.

    With `spelling`, slips in long words are put right before they are counted.
    """
    clauses = tuple(split(text))
    plain = tuple(
        spelling.put_right(clause.text) if spelling else clause.text for clause in clauses
    )
    found = [vectoriser.count(words) for words in plain]
    sentences = _sentences(clauses)
    by_sentence = [list(chain.from_iterable(found[low:high])) for low, high in sentences]
    hints = np.stack([cues(clause.text) for clause in clauses]) if clauses else cues("")[None][:0]
    if sentences:
        joined = [reduce(np.maximum, hints[low:high]) for low, high in sentences]
        hints = np.concatenate([hints, np.stack(joined)])
    rows = [vectoriser.weigh(one) for one in found]
    for (low, high), joint in zip(sentences, by_sentence, strict=True):
        rows.append(rows[low] if high - low == 1 else vectoriser.weigh(joint))
    whole = rows[-1] if len(sentences) == 1 else vectoriser.weigh(list(chain(*by_sentence)))
    rows.append(whole)
    return Pieces(text, clauses, plain, tuple(sentences), tuple(by_sentence), tuple(rows), hints)


def _sentences(clauses: Sequence[Clause]) -> list[tuple[int, int]]:
    """(first clause, one past the last clause) of each sentence."""
    starts = [
        place
        for place, clause in enumerate(clauses)
        if place == 0 or clause.sentence != clauses[place - 1].sentence
    ]
    return list(zip(starts, [*starts[1:], len(clauses)], strict=True)) if starts else []
