"""From the scores of the pieces to the needs of the whole message.

For each need a row of features: what each reader makes of it, where and with what status, who is
at home (so that a nine-year-old's distress is not a pensioner's), how urgent and how dangerous
that sounds, and what the other needs score.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.understanding.encoder.encoder import Encoded
from matching.understanding.household import Household
from matching.understanding.linear import sigmoid
from matching.understanding.topics import Pieces, Scores
from matching.understanding.urgency_words import urgency_words
from matching.understanding.vectorise import Floats

#: Statuses that rule a need out, as columns of the status probabilities.
_GONE = (1, 2, 3, 4)
#: What a second-best piece scores where there is only one: log-odds, and log-probability.
_NO_SECOND = -8.0
_FEWEST = 1e-4
_SURE = 1e-5
#: Log-probabilities below this are all alike.
_FAINT = -9.0


#: A longer story, or one in more clauses, weighs no more than this: none that was learned from is.
_LONGEST, _MOST_CLAUSES = 1_500, 40


@dataclass(frozen=True, slots=True)
class Features:
    """`rows` (K, F) of each need; `hinted` (K,) the chance that either reader gives each of them.

    Those of several messages have a first axis for the messages.
    """

    rows: Floats
    hinted: Floats

    @classmethod
    def stacked(cls, messages: Sequence["Features"]) -> "Features":
        """The features of several messages as one."""
        return cls(
            np.stack([message.rows for message in messages]),
            np.stack([message.hinted for message in messages]),
        )

    def of(self, messages: NDArray[np.bool_]) -> "Features":
        """The features of some of the messages."""
        return Features(self.rows[messages], self.hinted[messages])

    def followed_by(self, more: "Features") -> "Features":
        """These messages, then `more` of them."""
        return Features(
            np.concatenate([self.rows, more.rows]),
            np.concatenate([self.hinted, more.hinted]),
        )


def features(
    scores: Scores, encoded: Encoded | None, household: Household, pieces: Pieces
) -> Features:
    """The features of one message; it must have a clause."""
    alone, together = both(scores, encoded, household, pieces)
    return together or alone


def both(
    scores: Scores, encoded: Encoded | None, household: Household, pieces: Pieces
) -> tuple[Features, Features | None]:
    """The features by word counts alone, and with the encoder where it has read the message."""
    n, needs = scores.clauses, scores.present.shape[1]
    sentences = _noisy_or(sigmoid(scores.present[n:-1]))
    best = scores.present[:n].argmax(0)
    columns = [
        *_stated(scores, sentences),
        *_named(scores),
        *_place(scores, sentences, best),
        np.full(needs, np.log(min(max(len(pieces.text), 1), _LONGEST))),
    ]
    words = np.stack(columns, axis=1).astype(np.float32)
    urgency = urgency_words(pieces.plain)
    whole = [_of_each(household.flags, needs), _of_each(urgency.max(0), needs)]
    around = [*whole, household.clauses[best], urgency[best]]
    alone = Features(_joined([words, *around]), sentences)
    if encoded is None:
        return alone, None
    read = np.stack(_encoded(encoded), axis=1).astype(np.float32)
    hinted = np.maximum(sentences, sigmoid(encoded.needs))
    read_best = urgency[encoded.stated.argmax(0)]
    return alone, Features(_joined([words, read, *around, read_best]), hinted)


def _of_each(of_message: Floats, needs: int) -> Floats:
    """What is the same for each need."""
    return np.broadcast_to(of_message, (needs, len(of_message)))


def _joined(blocks: Sequence[Floats]) -> Floats:
    return np.asarray(np.concatenate(blocks, axis=1), np.float32)


def _stated(scores: Scores, sentences: Floats) -> list[Floats]:
    """Each need for itself: its best pieces, its chance of being stated anywhere."""
    n, present = scores.clauses, scores.present
    now = sigmoid(present[:-1]) * scores.status[:, :1]
    return [
        present[:n].max(0),
        _second(present[:n], _NO_SECOND),
        _log_odds(_noisy_or(sigmoid(present[:n]))),
        present[-1],
        present[n:-1].max(0),
        _log_odds(sentences),
        _log_odds(now[:n].max(0)),
        _log_odds(now[n:].max(0)),
    ]


def _named(scores: Scores) -> list[Floats]:
    """Against the other needs: where it is the likeliest topic, and with what status there."""
    n = scores.clauses
    chances = np.exp(scores.topic[:, :-1])
    clauses, sentences = chances[:n], chances[n:-1]
    status_of_clauses, status_of_sentences = scores.status[:n], scores.status[n:]
    best, best_sentence = clauses.argmax(0), sentences.argmax(0)
    logs = np.log(np.maximum(chances, _FEWEST))
    return [
        logs[:n].max(0),
        logs[n:-1].max(0),
        _second(logs[n:-1], float(np.log(_FEWEST))),
        scores.topic[-1, :-1],
        _log_odds(_noisy_or(clauses)),
        _log_odds(_noisy_or(sentences)),
        _log_odds(_noisy_or(sentences * status_of_sentences[:, :1])),
        _log_odds(_noisy_or(clauses * status_of_clauses[:, :1])),
        _tops(clauses) > 0,
        np.minimum(_tops(sentences), 3),
        *(_log_odds(_noisy_or(clauses * status_of_clauses[:, [gone]])) for gone in _GONE),
        *(_log_odds(_noisy_or(sentences * status_of_sentences[:, [gone]])) for gone in _GONE),
        *status_of_clauses[best].T,
        *status_of_sentences[best_sentence].T,
        sentences.max(1)[best_sentence] - sentences.max(0),
        best_sentence / len(sentences),
    ]


def _place(scores: Scores, sentences: Floats, best: NDArray[np.int64]) -> list[Floats]:
    """Where the need stands in the message and among the other needs."""
    n, needs = scores.clauses, len(sentences)
    rank = np.argsort(np.argsort(-sentences, kind="stable"), kind="stable")
    return [
        best / n,
        best == 0,
        rank == 0,
        rank == 1,
        np.minimum(rank, 8) / 8,
        np.full(needs, np.log(min(n, _MOST_CLAUSES))),
        sentences.sum() - sentences,
        sentences.max() - sentences,
        scores.status[best, 0],
    ]


def _encoded(encoded: Encoded) -> list[Floats]:
    """What the encoder makes of each need: in the whole, in its clauses, denied, and first.

    And of danger where the need is stated, which often decides what to act on first.
    """
    now = sigmoid(encoded.stated) * encoded.status[:, :1]
    named = sigmoid(encoded.named)
    best = encoded.stated.argmax(0)
    rank = np.argsort(np.argsort(-encoded.needs, kind="stable"), kind="stable")
    return [
        encoded.needs,
        np.maximum(encoded.first[:-1], _FAINT),
        encoded.stated.max(0),
        encoded.gone,
        _second(encoded.stated, _NO_SECOND),
        _log_odds(_noisy_or(sigmoid(encoded.stated))),
        _log_odds(now.max(0)),
        _log_odds(_noisy_or(now)),
        encoded.named.max(0),
        *(_log_odds(_noisy_or(named * encoded.status[:, [gone]])) for gone in _GONE),
        *encoded.status[best].T,
        best / len(encoded.stated),
        rank == 0,
        rank == 1,
        np.minimum(rank, 8) / 8,
        encoded.needs.max() - encoded.needs,
        np.full(len(rank), sigmoid(encoded.needs).sum()),
        np.full(len(rank), max(encoded.first[-1], _FAINT)),
        np.full(len(rank), encoded.whole_danger),
        encoded.danger[best],
        encoded.danger.max() - encoded.danger[best],
        _log_odds(_noisy_or(sigmoid(encoded.stated) * sigmoid(encoded.danger)[:, None])),
    ]


def _second(rows: Floats, otherwise: float) -> Floats:
    if len(rows) < 2:
        return np.full(rows.shape[1], otherwise, np.float32)
    return np.asarray(np.partition(rows, -2, axis=0)[-2], np.float32)


def _tops(chances: Floats) -> Floats:
    """(K,) in how many rows each column is the highest."""
    return np.bincount(chances.argmax(1), minlength=chances.shape[1]).astype(np.float32)


def _noisy_or(chances: Floats) -> Floats:
    """The chance of at least one, over the rows."""
    # The ufunc itself: np.prod costs more than the product of so few.
    return np.asarray(1.0 - np.multiply.reduce(1.0 - chances, axis=0), np.float32)


def _log_odds(chances: Floats) -> Floats:
    safe = np.minimum(np.maximum(chances, _SURE), 1 - _SURE)
    return np.asarray(np.log(safe / (1 - safe)), np.float32)
