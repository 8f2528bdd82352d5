"""A message cut up and scored once, for all who read it: needs, level and danger."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from matching.enquiry import Member
from matching.understanding.blending import blended
from matching.understanding.danger import DangerScores, danger_scores
from matching.understanding.encoder.encoder import Encoded
from matching.understanding.judge import Judge
from matching.understanding.model import Model
from matching.understanding.topics import Pieces, Scores, cut


@dataclass(frozen=True, slots=True)
class Message:
    """A text with its pieces and what the models make of them.

    `scores`: by word counts alone; `blended`: joined with the encoder's, where it has read it.
    """

    text: str
    pieces: Pieces
    scores: Scores
    encoded: Encoded | None
    blended: Scores
    judge: Judge
    danger: DangerScores


def heard(text: str, household: Sequence[Member], model: Model) -> Message | None:
    """Cut up and score a text; None when there is nothing in it to score."""
    pieces = cut(text, model.vectoriser, model.spelling)
    if not pieces.sentences:
        return None
    scores = model.topics(pieces)
    encoded = encode(pieces, household, model) if model.encoder and model.judges.together else None
    judge = model.judge(encoded is not None)
    danger = danger_scores(model.danger, judge.danger, pieces, scores, encoded, model.vectoriser)
    joined = blended(scores, encoded, judge.thresholds.words)
    return Message(text, pieces, scores, encoded, joined, judge, danger)


def encode(pieces: Pieces, household: Sequence[Member], model: Model) -> Encoded:
    """What the encoder makes of the message, with its slips put right."""
    assert model.encoder is not None
    if pieces.plain == tuple(clause.text for clause in pieces.clauses):
        return model.encoder(pieces.text, pieces.spans, household)
    ends = list(accumulate(len(plain) + 1 for plain in pieces.plain))
    spans = [(end - 1 - len(plain), end - 1) for end, plain in zip(ends, pieces.plain, strict=True)]
    return model.encoder(" ".join(pieces.plain), spans, household)
