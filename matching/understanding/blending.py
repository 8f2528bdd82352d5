"""Word counts and the encoder as one table of scores, for quoting, ruling out and searches."""

from dataclasses import replace

import numpy as np

from matching.understanding.encoder.aligning import new_needs
from matching.understanding.encoder.encoder import Encoded
from matching.understanding.linear import log_softmax
from matching.understanding.topics import Scores

#: The encoder's share in the scores of clauses: it reads a clause among its neighbours.
ENCODER_SHARE = 0.6


def blended(scores: Scores, encoded: Encoded | None, words: float) -> Scores:
    """Scores of clauses averaged with the encoder's; the whole text's topic by weight `words`.

    Sentences, and needs that the encoder was not tuned for, keep the scores of the word counts.
    """
    if encoded is None:
        return scores
    n = scores.clauses
    present, topic, status = scores.present.copy(), scores.topic.copy(), scores.status.copy()
    share = np.where(new_needs(encoded), np.float32(0), np.float32(ENCODER_SHARE))
    present[:n] += share * (encoded.stated - present[:n])
    status[:n] += ENCODER_SHARE * (encoded.status - status[:n])
    named = np.logaddexp(0, encoded.named) - encoded.named
    topic[:n, :-1] += share * (-named - topic[:n, :-1])
    topic[:n] = log_softmax(topic[:n])
    of_encoder = np.append(np.where(share > 0, 1 - words, 0), 1 - words)
    topic[-1] = log_softmax(topic[-1] + of_encoder * (encoded.first - topic[-1]))
    return replace(scores, present=present, topic=topic, status=status)
