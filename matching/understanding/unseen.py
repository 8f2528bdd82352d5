"""Each message read by models that were trained without it: what the stack learns from."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.enquiry import Member
from matching.understanding.corpus import Corpus
from matching.understanding.danger import Danger, line_scores, message_features
from matching.understanding.danger_training import Bank, danger_bank, fit_lines
from matching.understanding.examples import FOLDS, Examples, folds, without_cues
from matching.understanding.household import household_of
from matching.understanding.linear import fit_classes, fit_each
from matching.understanding.ruling import named_enough
from matching.understanding.stack import Features, features
from matching.understanding.status import STATUSES
from matching.understanding.topics import Pieces, Scores, Topics, cut, side_by_side
from matching.understanding.vectorise import Floats, Vectoriser

#: Inverse penalties (C) of the regressions over pieces; by cross-validation.
_NEED_STRENGTH = 10.0
TOPIC_STRENGTH = 4.0
_STATUS_STRENGTH = 5.0
#: The weight of a safeguarding or neutral line beside that of a note, as a message with danger.
_LINE_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class Unseen:
    """What models that had not seen a message made of it.

    `features` of the N notes; `bare`: the same stories without household or full stops; `named`
    (N, K) 0/1: needs named well enough to be ruled out. `danger`: features of the notes, then of
    the safeguarding and neutral lines, with truth, weights and folds.
    """

    features: list[Features]
    bare: list[Features]
    named: Floats
    bank: Bank
    danger: Floats
    danger_truth: NDArray[np.bool_]
    danger_weights: Floats
    danger_folds: NDArray[np.int32]


def fit_topics(rows: Examples, used: NDArray[np.bool_]) -> Topics:
    """The regressions over pieces. `used` (N,): which of the examples are learned from."""
    words = without_cues(rows.rows)
    stated, named = used & (rows.status >= 0), used[rows.named]
    return side_by_side(
        fit_each(words[used], rows.present[used], rows.present_counted[used], _NEED_STRENGTH),
        fit_classes(
            words[rows.named[named]],
            rows.topic[named],
            rows.present.shape[1] + 1,
            TOPIC_STRENGTH,
        ),
        fit_classes(rows.rows[stated], rows.status[stated], len(STATUSES), _STATUS_STRENGTH),
    )


def read_unseen(
    corpus: Corpus,
    vectoriser: Vectoriser,
    rows: Examples,
    progress: Callable[[str], None],
) -> Unseen:
    """Each message read by models trained without its fold."""
    notes, lines = corpus.notes, corpus.safeguarding
    messages = [note.story for note in notes] + [line.text for line in lines]
    messages += [line.text for line in corpus.neutral]
    pieces = [cut(text, vectoriser) for text in messages]
    bare_pieces = [cut(without_stops(note.story), vectoriser) for note in notes]
    fold, line_fold = folds(len(notes)), folds(len(lines))
    message_fold = np.concatenate([fold, line_fold, folds(len(corpus.neutral))])
    bank = danger_bank(corpus, vectoriser)
    full: dict[int, Features] = {}
    bare: dict[int, Features] = {}
    named = np.zeros((len(notes), len(corpus.codes)), np.float32)
    danger = np.zeros((len(messages), 6 + len(corpus.codes)), np.float32)
    for part in range(FOLDS):
        topics = fit_topics(rows, (rows.note < 0) | (fold[rows.note] != part))
        words, flags = fit_lines(bank, np.concatenate([line_fold, fold]) != part)
        model = Danger(words, flags, words)
        for index in map(int, np.flatnonzero(message_fold == part)):
            scores = topics(pieces[index])
            found, _ = line_scores(model, pieces[index], vectoriser)
            sentences = len(pieces[index].sentences)
            danger[index] = message_features(found[:, 0], sentences, scores)
            if index < len(notes):
                home = notes[index].household
                named[index] = named_enough(scores)
                full[index] = _features(pieces[index], scores, home)
                bare[index] = _features(bare_pieces[index], topics(bare_pieces[index]), ())
        progress(f"notes read by models that had not seen them: part {part + 1} of {FOLDS}")
    truth = [note.safeguarding for note in notes] + [line.safeguarding for line in lines]
    return Unseen(
        features=[full[index] for index in range(len(notes))],
        bare=[bare[index] for index in range(len(notes))],
        named=named,
        bank=bank,
        danger=danger,
        danger_truth=np.array(truth + [False] * len(corpus.neutral)),
        danger_weights=np.where(np.arange(len(messages)) < len(notes), 1, _LINE_WEIGHT).astype(
            np.float32
        ),
        danger_folds=message_fold,
    )


def _features(pieces: Pieces, scores: Scores, home: Sequence[Member]) -> Features:
    return features(scores, household_of(pieces.text, home, pieces.clauses), len(pieces.text))


def without_stops(story: str) -> str:
    """The story as hurried people type it: one sentence, commas for full stops."""
    return re.sub(r"[.!?;]+\s+(\S)", lambda match: f", {match[1].lower()}", story)
