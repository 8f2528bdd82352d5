"""Fitting a judge, and measuring it, on messages read by models that had not seen them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.understanding import thresholds as choose
from matching.understanding.danger_training import fit_message
from matching.understanding.examples import FOLDS, folds
from matching.understanding.judge import Judge, Thresholds
from matching.understanding.levels import fit_levels, level_features, level_place
from matching.understanding.linear import sigmoid
from matching.understanding.network import Networks, scale_of
from matching.understanding.network_training import Labels, fit_network, together
from matching.understanding.truth import Truth
from matching.understanding.unseen import View
from matching.understanding.vectorise import Floats

#: A note that is told otherwise weighs so much beside the note itself.
_AGAIN = 0.5
#: A line in which there is no need weighs so much beside a note: it shows what to be silent about.
_NOTHING = 0.7
#: To show a need that the words deny is so many times as wrong as to show another too many.
_DENIED = 3.0


@dataclass(frozen=True, slots=True)
class Guesses:
    """Out-of-fold log-odds of the N notes: (N, K) needs, first and gone, (N,) danger.

    `nothing` (M, K): needs of the neutral lines, in which there is none; `few`: danger of the notes
    and lines of few words.
    """

    needs: Floats
    first: Floats
    gone: Floats
    danger: Floats
    nothing: Floats
    few: choose.FewWords


def fit_judge(
    view: View, truth: Truth, searches: choose.Searches
) -> tuple[Judge, dict[str, float]]:
    """The judge, and the figures of its networks on the notes that each had not seen."""
    guesses, networks = guess(view, truth)
    limits = choose.limits(
        guesses.needs, guesses.gone, guesses.danger, guesses.few, truth, searches
    )
    level_rows = _level_rows(view, guesses, limits)
    judge = Judge(
        networks=networks,
        danger=fit_message(view.danger, view.danger_truth, view.danger_weights),
        levels=fit_levels(level_rows, truth.levels),
        thresholds=limits,
    )
    figures = (
        choose.figures(guesses.needs, guesses.first, guesses.gone, guesses.danger, truth, limits)
        | choose.phrase_figures(searches, limits)
        | choose.level_figures(_levels_unseen(level_rows, truth.levels), truth.levels)
        | {
            "silent without a need": float((guesses.nothing <= limits.need).all(1).mean()),
        }
        | guesses.few.figures(limits)
    )
    return judge, figures


def guess(view: View, truth: Truth) -> tuple[Guesses, Networks]:
    """Networks that each learned without a part of the notes, and what they make of that part."""
    needs, first, gone = (np.zeros_like(truth.needs) for _ in range(3))
    nothing = np.zeros(view.nothing.hinted.shape, np.float32)
    networks, scale, fold = [], scale_of(view.features), folds(len(truth.needs))
    neutral = folds(len(nothing))
    for part in range(FOLDS):
        networks.append(_fit(view, truth, fold != part, neutral != part, scale, part))
        nothing[neutral == part] = networks[part](view.nothing.of(neutral == part)).needs
        opinion = networks[part](view.features.of(fold == part))
        needs[fold == part] = opinion.needs
        first[fold == part] = opinion.first
        gone[fold == part] = opinion.gone
    gone = np.where(view.named > 0, gone, -np.inf)
    danger = _danger_unseen(view)
    short = view.danger_in_few
    few = choose.FewWords(danger[short], view.danger_named[short], view.danger_truth[short])
    guesses = Guesses(needs, first, gone, danger[: len(needs)], nothing, few)
    return guesses, together(networks)


def _fit(
    view: View, truth: Truth, used: NDArray[np.bool_], neutral: NDArray[np.bool_],
    scale: tuple[Floats, Floats], seed: int,
) -> Networks:  # fmt: skip
    """Each note counts as it is and, for less, some told otherwise too; then what has no need."""
    again = used[view.again_of]
    notes = np.concatenate([np.flatnonzero(used), view.again_of[again]])
    counted = (1 - truth.either) * np.where(truth.denied > 0, _DENIED, 1)
    nothing = int(neutral.sum())
    none = np.zeros((nothing, truth.needs.shape[1]), np.float32)
    weights = np.repeat([1, _AGAIN, _NOTHING], [used.sum(), again.sum(), nothing])
    weights[: len(notes)] *= truth.weights[notes]
    labels = Labels(
        needs=np.concatenate([truth.needs[notes], none]),
        first=np.concatenate([truth.votes[notes], none]),
        gone=np.concatenate([truth.denied[notes], none]),
        counted=np.concatenate([counted[notes], none + 1]),
        weights=weights.astype(np.float32),
        told=np.repeat([1, 0], [len(notes), nothing]).astype(np.float32),
    )
    features = view.features.of(used).followed_by(view.again.of(again))
    return fit_network(features.followed_by(view.nothing.of(neutral)), labels, scale, seed)


def _danger_unseen(view: View) -> Floats:
    """(M,) of the notes, then of the lines."""
    guessed = np.zeros(len(view.danger), np.float32)
    fold = folds(len(view.danger))
    for part in range(FOLDS):
        used = fold != part
        model = fit_message(view.danger[used], view.danger_truth[used], view.danger_weights[used])
        guessed[~used] = model(view.danger[~used])[:, 0]
    return guessed


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
