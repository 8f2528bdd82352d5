"""Fitting a judge, and measuring it, on messages read by models that had not seen them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.understanding import thresholds as choose
from matching.understanding.corpus import NoteRow
from matching.understanding.danger_training import fit_message
from matching.understanding.examples import FOLDS, folds
from matching.understanding.heads import Head, fit_head
from matching.understanding.levels import fit_levels, level_features, level_place
from matching.understanding.linear import sigmoid
from matching.understanding.model import Judge, Thresholds
from matching.understanding.truth import Truth
from matching.understanding.unseen import Unseen, View
from matching.understanding.vectorise import Floats

#: One note in so many is learned again without household and full stops, with this weight.
_BARE_EVERY, _BARE = 2, 0.5


@dataclass(frozen=True, slots=True)
class Guesses:
    """Out-of-fold log-odds of the N notes: (N, K) needs, first and gone, (N,) danger."""

    needs: Floats
    first: Floats
    gone: Floats
    danger: Floats


def fit_judge(
    view: View,
    unseen: Unseen,
    truth: Truth,
    notes: Sequence[NoteRow],
    searches: choose.Searches,
) -> tuple[Judge, dict[str, float]]:
    """The judge learned from all notes, and the figures of judges that had not seen each fifth."""
    guesses = guess(view, unseen, truth)
    limits = choose.limits(guesses.needs, guesses.gone, guesses.danger, truth, searches)
    stated = choose.held_against(guesses.needs, guesses.gone, limits.denial)
    guesses = replace(guesses, needs=stated)
    level_rows = _level_rows(view, guesses, notes, limits)
    everything = np.ones(len(notes), bool)
    judge = Judge(
        needs=_fit_needs(view, truth, everything),
        first=_fit_first(view, truth, everything),
        gone=_fit_gone(view, truth, everything),
        danger=fit_message(view.danger, unseen.danger_truth, unseen.danger_weights),
        levels=fit_levels(level_rows, truth.levels),
        thresholds=limits,
    )
    figures = (
        choose.figures(guesses.needs, guesses.first, guesses.gone, guesses.danger, truth, limits)
        | choose.phrase_figures(searches, limits)
        | choose.level_figures(_levels_unseen(level_rows, truth.levels), truth.levels)
    )
    return judge, figures


def guess(view: View, unseen: Unseen, truth: Truth) -> Guesses:
    """What judges learned without each fifth of the notes make of that fifth."""
    guessed = tuple(np.zeros_like(truth.needs) for _ in range(3))
    fold = folds(len(truth.needs))
    for part in range(FOLDS):
        heads = [fit(view, truth, fold != part) for fit in (_fit_needs, _fit_first, _fit_gone)]
        for index in np.flatnonzero(fold == part):
            for table, head in zip(guessed, heads, strict=True):
                table[index] = head(view.features[index])
    needs, first, gone = guessed
    gone = np.where(view.named > 0, gone, -np.inf)
    return Guesses(needs, first, gone, _danger_unseen(view, unseen, len(truth.needs)))


def _fit_needs(view: View, truth: Truth, used: NDArray[np.bool_]) -> Head:
    return _fit(view, truth.needs, 1 - truth.either, used, one=False)


def _fit_first(view: View, truth: Truth, used: NDArray[np.bool_]) -> Head:
    return _fit(view, truth.votes, np.ones_like(truth.votes), used, one=True)


def _fit_gone(view: View, truth: Truth, used: NDArray[np.bool_]) -> Head:
    return _fit(view, truth.denied, np.ones_like(truth.denied), used, one=False)


def _fit(view: View, wanted: Floats, counted: Floats, used: NDArray[np.bool_], one: bool) -> Head:
    """Each note counts as it is and, for less, without household and full stops."""
    chosen = np.flatnonzero(used)
    again = chosen[::_BARE_EVERY]
    messages = [view.features[i] for i in chosen] + [view.bare[i] for i in again]
    rows = np.concatenate([chosen, again])
    weights = np.concatenate([counted[chosen], _BARE * counted[again]])
    return fit_head(messages, wanted[rows], weights, "one" if one else "each")


def _danger_unseen(view: View, unseen: Unseen, notes: int) -> Floats:
    guessed = np.zeros(len(view.danger), np.float32)
    fold = folds(len(view.danger))
    for part in range(FOLDS):
        used = fold != part
        model = fit_message(
            view.danger[used], unseen.danger_truth[used], unseen.danger_weights[used]
        )
        guessed[~used] = model(view.danger[~used])[:, 0]
    return guessed[:notes]


def _level_rows(
    view: View, guesses: Guesses, notes: Sequence[NoteRow], limits: Thresholds
) -> list[Floats]:
    chances = sigmoid(limits.slope * guesses.needs + limits.offset)
    shown = (guesses.needs > limits.need).sum(1)
    return [
        level_features(
            chances[i], int(shown[i]), float(guesses.danger[i]), len(note.story), view.encoded[i]
        )
        for i, note in enumerate(notes)
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
