"""Fitting a judge, and measuring it, on messages read by models that had not seen them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matching.understanding import thresholds as choose
from matching.understanding.danger_training import fit_message
from matching.understanding.examples import FOLDS, folds
from matching.understanding.heads import Head, Table, fit_head
from matching.understanding.levels import fit_levels, level_features, level_place
from matching.understanding.linear import sigmoid
from matching.understanding.model import Judge, Thresholds
from matching.understanding.truth import Truth
from matching.understanding.unseen import View
from matching.understanding.vectorise import Floats

#: A note without household and full stops weighs so much beside the note itself.
_BARE = 0.5
#: To show a need that the words deny is so many times as wrong as to show another too many.
_DENIED = 3.0


@dataclass(frozen=True, slots=True)
class Guesses:
    """Out-of-fold log-odds of the N notes: (N, K) needs, first and gone, (N,) danger."""

    needs: Floats
    first: Floats
    gone: Floats
    danger: Floats


@dataclass(frozen=True, slots=True)
class _Lesson:
    """Messages to learn from, each with its weight and the note whose labels it has."""

    table: Table
    notes: NDArray[np.intp]
    weights: Floats


@dataclass(frozen=True, slots=True)
class _Heads:
    """The heads that are fitted to one lesson."""

    needs: Head
    first: Head
    gone: Head


def fit_judge(
    view: View, truth: Truth, searches: choose.Searches
) -> tuple[Judge, dict[str, float]]:
    """The judge learned from all notes, and the figures of judges that had not seen each part."""
    guesses, known = guess(view, truth)
    limits = choose.limits(guesses.needs, guesses.gone, guesses.danger, truth, searches)
    stated = choose.held_against(guesses.needs, guesses.gone, limits.denial)
    guesses = replace(guesses, needs=stated)
    level_rows = _level_rows(view, guesses, limits)
    heads = _fit(_lesson(view, np.ones(len(truth.first), bool)), truth, known)
    judge = Judge(
        needs=heads.needs,
        first=heads.first,
        gone=heads.gone,
        danger=fit_message(view.danger, view.danger_truth, view.danger_weights),
        levels=fit_levels(level_rows, truth.levels),
        thresholds=limits,
    )
    figures = (
        choose.figures(guesses.needs, guesses.first, guesses.gone, guesses.danger, truth, limits)
        | choose.phrase_figures(searches, limits)
        | choose.level_figures(_levels_unseen(level_rows, truth.levels), truth.levels)
    )
    return judge, figures


def guess(view: View, truth: Truth) -> tuple[Guesses, list[_Heads]]:
    """What judges learned without each part of the notes make of that part; and their heads."""
    needs, first, gone = (np.zeros_like(truth.needs) for _ in range(3))
    known, fold = [], folds(len(truth.needs))
    for part in range(FOLDS):
        heads = _fit(_lesson(view, fold != part), truth)
        left_out = view.features.of(fold == part)
        needs[fold == part] = heads.needs(left_out)
        first[fold == part] = heads.first(left_out)
        gone[fold == part] = heads.gone(left_out)
        known.append(heads)
    gone = np.where(view.named > 0, gone, -np.inf)
    return Guesses(needs, first, gone, _danger_unseen(view, len(truth.needs))), known


def _lesson(view: View, used: NDArray[np.bool_]) -> _Lesson:
    """Each note counts as it is and some, for less, without household and full stops too."""
    again = used[view.bare_of]
    notes = np.concatenate([np.flatnonzero(used), view.bare_of[again]])
    weights = np.where(np.arange(len(notes)) < used.sum(), 1, _BARE).astype(np.float32)
    return _Lesson(
        Table.of(view.features.of(used).followed_by(view.bare.of(again))), notes, weights
    )


def _fit(lesson: _Lesson, truth: Truth, known: Sequence[_Heads] = ()) -> _Heads:
    """Heads that set out from the mean of those `known`."""

    def head(name: str, wanted: Floats, counted: Floats, loss: Literal["each", "one"]) -> Head:
        weights = counted[lesson.notes] * lesson.weights[:, None]
        before = [getattr(heads, name) for heads in known]
        return fit_head(lesson.table, wanted[lesson.notes], weights, loss, before)

    alike = np.ones_like(truth.needs)
    denied = np.where(truth.denied > 0, _DENIED, alike)
    return _Heads(
        needs=head("needs", truth.needs, (1 - truth.either) * denied, "each"),
        first=head("first", truth.votes, alike, "one"),
        gone=head("gone", truth.denied, alike, "each"),
    )


def _danger_unseen(view: View, notes: int) -> Floats:
    guessed = np.zeros(len(view.danger), np.float32)
    fold = folds(len(view.danger))
    for part in range(FOLDS):
        used = fold != part
        model = fit_message(view.danger[used], view.danger_truth[used], view.danger_weights[used])
        guessed[~used] = model(view.danger[~used])[:, 0]
    return guessed[:notes]


def _level_rows(view: View, guesses: Guesses, limits: Thresholds) -> list[Floats]:
    chances = sigmoid(limits.slope * guesses.needs + limits.offset)
    shown = (guesses.needs > limits.need).sum(1)
    return [
        level_features(
            chances[i],
            int(shown[i]),
            float(guesses.danger[i]),
            int(length),
            view.levels[i] if view.levels is not None else None,
        )
        for i, length in enumerate(view.lengths)
    ]


def _levels_unseen(rows: Sequence[Floats], truth: NDArray[np.int32]) -> NDArray[np.int32]:
    guessed = np.zeros(len(rows), np.int32)
    fold = folds(len(rows))
    for part in range(FOLDS):
        used = np.flatnonzero(fold != part).tolist()
        model = fit_levels([rows[i] for i in used], truth[used])
        for index in np.flatnonzero(fold == part).tolist():
            guessed[index] = level_place(model, rows[index])
    return guessed
