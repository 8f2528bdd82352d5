"""Each message read by models that were trained without it: what the judges learn from."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matching.enquiry import Member
from matching.understanding.blending import blended
from matching.understanding.corpus import Corpus
from matching.understanding.danger import (
    FEW_WORDS,
    Danger,
    line_scores,
    message_features,
    names_danger,
)
from matching.understanding.danger_training import Bank, fit_lines
from matching.understanding.encoder.encoder import Encoded
from matching.understanding.encoder.unseen import UnseenScores
from matching.understanding.examples import Examples, folds
from matching.understanding.household import Household, household_of
from matching.understanding.retelling import retold
from matching.understanding.ruling import named_enough
from matching.understanding.stack import Features, both
from matching.understanding.topic_training import fit_topics
from matching.understanding.topics import Pieces, Scores, Topics, cut
from matching.understanding.vectorise import Floats, Vectoriser, words_of

#: Models of pieces that each do without a part of the notes and lines.
PARTS = 2

Places = NDArray[np.int32]
#: The weight of a safeguarding or neutral line beside that of a note, as a message with danger.
_LINE_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class View:
    """The messages as a judge sees them, by word counts alone or with the encoder.

    `features` of the N judged notes; `again`, of the notes `again_of`: the same stories told
    otherwise; `nothing`, of the neutral lines, in which there is no need; `named` (N, K) 0/1:
    needs named well enough to be ruled out; `lengths` (N,) in characters; `levels` (N, 5): the
    encoder's log-probabilities. `danger` (M, …): features of the notes, then of the safeguarding
    and neutral lines, with the truth and the weight of each, and whether it has few words, and one
    of danger among them.
    """

    features: Features
    again: Features
    again_of: NDArray[np.intp]
    nothing: Features
    named: Floats
    lengths: NDArray[np.int32]
    levels: Floats | None
    danger: Floats
    danger_truth: NDArray[np.bool_]
    danger_in_few: NDArray[np.bool_]
    danger_named: NDArray[np.bool_]
    danger_weights: Floats


@dataclass(frozen=True, slots=True)
class Unseen:
    """What models that had not seen a message made of it."""

    alone: View
    together: View | None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A view as far as it is filled, by the index of the message."""

    features: dict[int, Features] = field(default_factory=dict)
    again: dict[int, Features] = field(default_factory=dict)
    nothing: dict[int, Features] = field(default_factory=dict)
    named: dict[int, NDArray[np.bool_]] = field(default_factory=dict)
    levels: dict[int, Floats] = field(default_factory=dict)
    danger: dict[int, Floats] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PartRead:
    """What models without one part made of that part."""

    alone: _Sheet
    together: _Sheet | None


def fit_part(part: int, corpus: Corpus, rows: Examples, bank: Bank) -> tuple[Topics, Danger]:
    """The readers of word counts without a part of the notes and lines."""
    fold, line_fold, neutral_fold = _folds(corpus)
    used = (rows.note < 0) | (fold[rows.note] != part)
    used[rows.neutral] = neutral_fold != part
    danger = Danger(*fit_lines(bank, np.concatenate([line_fold, fold]) != part))
    return fit_topics(rows, used), danger


def _folds(corpus: Corpus) -> tuple[Places, Places, Places]:
    """The part that each note, safeguarding line and neutral line is in."""
    numbers = len(corpus.notes), len(corpus.safeguarding), len(corpus.neutral)
    notes, lines, neutral = (folds(number, PARTS) for number in numbers)
    return notes, lines, neutral


def read_part(
    part: int,
    corpus: Corpus,
    vectoriser: Vectoriser,
    rows: Examples,
    bank: Bank,
    kept: UnseenScores | None,
) -> PartRead:
    """Fit the models without a part of the notes and lines, and read that part with them.

    `kept`: what encoders that had not seen the messages made of them, every message of them.
    """
    notes, lines = corpus.notes, corpus.safeguarding
    fold, line_fold, neutral_fold = _folds(corpus)
    topics, danger = fit_part(part, corpus, rows, bank)
    read = PartRead(_Sheet(), _Sheet() if kept else None)
    others = [line.text for line in lines] + [line.text for line in corpus.neutral]
    other_fold = np.concatenate([line_fold, neutral_fold])
    judged = np.array([note.weight > 0 for note in notes])
    for index in map(int, np.flatnonzero((fold == part) & judged)):
        note = notes[index]
        full = _Story.of(note.story, note.household, vectoriser, topics, kept)
        for (sheet, with_encoder), found in zip(_sheets(read), full.features(), strict=False):
            encoded = full.encoded if with_encoder else None
            sheet.features[index] = found
            sheet.named[index] = named_enough(blended(full.scores, encoded, 0.5))
            if encoded:
                sheet.levels[index] = encoded.level
        told = retold(index, note)
        if told is not None:
            again = _Story.of(*told, vectoriser, topics, kept)
            for (sheet, _), found in zip(_sheets(read), again.features(), strict=False):
                sheet.again[index] = found
        _danger(index, full, danger, vectoriser, read)
    for place in map(int, np.flatnonzero(other_fold == part)):
        story = _Story.of(others[place], (), vectoriser, topics, kept)
        _danger(len(notes) + place, story, danger, vectoriser, read)
        if place >= len(lines):
            for (sheet, _), found in zip(_sheets(read), story.features(), strict=False):
                sheet.nothing[place] = found
    return read


@dataclass(frozen=True, slots=True)
class _Story:
    """A message cut up and scored, with who is at home."""

    pieces: Pieces
    scores: Scores
    home: Household
    encoded: Encoded | None

    @classmethod
    def of(
        cls,
        text: str,
        members: Sequence[Member],
        vectoriser: Vectoriser,
        topics: Topics,
        kept: UnseenScores | None,
    ) -> "_Story":
        pieces = cut(text, vectoriser)
        encoded = kept.find(text, pieces.spans, members) if kept else None
        home = household_of(text, members, pieces.clauses)
        return cls(pieces, topics(pieces), home, encoded)

    def features(self) -> list[Features]:
        """By word counts alone, then with the encoder where it has read the story."""
        found = both(self.scores, self.encoded, self.home, self.pieces)
        return [one for one in found if one is not None]


def _sheets(read: PartRead) -> list[tuple[_Sheet, bool]]:
    return [(read.alone, False)] + ([(read.together, True)] if read.together else [])


def _danger(
    index: int, story: _Story, danger: Danger, vectoriser: Vectoriser, read: PartRead
) -> None:
    found, _ = line_scores(danger, story.pieces, vectoriser)
    sentences = len(story.pieces.sentences)
    for sheet, with_encoder in _sheets(read):
        encoded = story.encoded if with_encoder else None
        sheet.danger[index] = message_features(found[:, 0], sentences, story.scores, encoded)


def joined(parts: Sequence[PartRead], corpus: Corpus) -> Unseen:
    """The parts put together, in the order of the corpus."""
    together = [part.together for part in parts if part.together is not None]
    return Unseen(
        alone=_view([part.alone for part in parts], corpus),
        together=_view(together, corpus) if together else None,
    )


def _view(sheets: Sequence[_Sheet], corpus: Corpus) -> View:
    whole = _Sheet()
    for sheet in sheets:
        for name in ("features", "again", "nothing", "named", "levels", "danger"):
            getattr(whole, name).update(getattr(sheet, name))
    notes, again_of = sorted(whole.features), sorted(whole.again)
    truth = [note.safeguarding for note in corpus.judged]
    truth += [line.safeguarding for line in corpus.safeguarding] + [False] * len(corpus.neutral)
    weights = np.where(np.arange(len(truth)) < len(notes), 1, _LINE_WEIGHT)
    texts = [note.story for note in corpus.judged]
    texts += [line.text for line in corpus.safeguarding] + [line.text for line in corpus.neutral]
    few = [len(words_of(text)) <= FEW_WORDS for text in texts]
    return View(
        features=Features.stacked([whole.features[index] for index in notes]),
        again=Features.stacked([whole.again[index] for index in again_of]),
        again_of=np.searchsorted(notes, again_of),
        nothing=Features.stacked([whole.nothing[place] for place in sorted(whole.nothing)]),
        named=np.stack([whole.named[index] for index in notes]).astype(np.float32),
        lengths=np.array([len(note.story) for note in corpus.judged], np.int32),
        levels=np.stack([whole.levels[index] for index in notes]) if whole.levels else None,
        danger=np.stack([whole.danger[index] for index in sorted(whole.danger)]),
        danger_truth=np.array(truth),
        danger_in_few=np.array(few),
        danger_named=np.array(
            [short and names_danger(t) for t, short in zip(texts, few, strict=True)]
        ),
        danger_weights=weights.astype(np.float32),
    )
