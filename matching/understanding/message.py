"""A message cut up and scored once, for all who read it: needs, level and danger."""

from dataclasses import dataclass

from matching.understanding.danger import DangerScores, danger_scores
from matching.understanding.model import Model
from matching.understanding.topics import Pieces, Scores, cut


@dataclass(frozen=True, slots=True)
class Message:
    """A text with its pieces and what the models make of them."""

    text: str
    pieces: Pieces
    scores: Scores
    danger: DangerScores


def heard(text: str, model: Model) -> Message | None:
    """Cut up and score a text; None when there is nothing in it to score."""
    pieces = cut(text, model.vectoriser)
    if not pieces.sentences:
        return None
    scores = model.topics(pieces)
    danger = danger_scores(model.danger, pieces, scores, model.vectoriser)
    return Message(text, pieces, scores, danger)
