"""The labels of the notes as tables."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.understanding.corpus import LEVELS, Corpus
from matching.understanding.examples import labels
from matching.understanding.vectorise import Floats


@dataclass(frozen=True, slots=True)
class Truth:
    """The labels of N judged notes: (N, K) tables of needs, of either way, of denied.

    `first` (N,) is the need to act on first, and `votes` (N, K) how the readers shared theirs.
    `weights` (N,): how much each note counts.
    """

    needs: Floats
    either: Floats
    denied: Floats
    first: NDArray[np.int32]
    votes: Floats
    danger: NDArray[np.bool_]
    levels: NDArray[np.int32]
    weights: Floats

    def pressing(self) -> list[float]:
        """(K,) how often each need is the one to act on first among others, by the readers' votes.

        A need that is in no such note has the mean of the others.
        """
        several = self.needs.sum(1) > 1
        stated = self.needs[several].sum(0)
        shares = self.votes[several].sum(0) / np.maximum(stated, 1)
        shares[stated == 0] = shares[stated > 0].mean() if stated.any() else 0.5
        return [round(float(share), 4) for share in shares]

    @classmethod
    def of(cls, corpus: Corpus) -> "Truth":
        place = {code: index for index, code in enumerate(corpus.codes)}
        notes = corpus.judged
        needs = labels([note.needs for note in notes], place)
        either = labels([note.acceptable for note in notes], place)
        gone = ("absent", "past", "other", "handled")
        denied = labels(
            [
                {code for row in note.clauses if row.status in gone for code in row.needs}
                for note in notes
            ],
            place,
        )
        votes = np.zeros_like(needs)
        for row, note in enumerate(notes):
            votes[row, [place[code] for code in note.first]] = list(note.first.values())
        return cls(
            needs=needs,
            either=either,
            denied=denied * (1 - needs) * (1 - either),
            first=np.array([place[note.primary] for note in notes], np.int32),
            votes=votes,
            danger=np.array([note.safeguarding for note in notes]),
            levels=np.array([LEVELS.index(note.level) for note in notes], np.int32),
            weights=np.array([note.weight for note in notes], np.float32),
        )
