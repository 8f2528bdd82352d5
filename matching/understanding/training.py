"""Training: from a corpus to a model, with every threshold chosen on messages it had not seen."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.understanding import thresholds as choose
from matching.understanding.corpus import Corpus, NoteRow
from matching.understanding.danger import Danger
from matching.understanding.danger_training import fit_lines, fit_message
from matching.understanding.examples import FOLDS, Examples, examples, folds, texts, without_cues
from matching.understanding.heads import Head, fit_head
from matching.understanding.levels import fit_levels, level_features, level_place
from matching.understanding.linear import fit_classes, sigmoid
from matching.understanding.model import Model, Thresholds
from matching.understanding.rounding import halved
from matching.understanding.truth import Truth
from matching.understanding.unseen import TOPIC_STRENGTH, Unseen, fit_topics, read_unseen
from matching.understanding.vectorise import Floats, fit

#: A word or part of a word that fewer texts have is not learned.
_FEWEST_TEXTS = 3
#: The weight of a note when it is learned again without household and full stops.
_BARE = 0.25


def train(corpus: Corpus, progress: Callable[[str], None]) -> Model:
    """Learn from `corpus`. Equal corpora give equal models; about a minute on two cores."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        return _train(corpus, progress)


def _train(corpus: Corpus, progress: Callable[[str], None]) -> Model:
    vectoriser = fit(texts(corpus), _FEWEST_TEXTS)
    rows = examples(corpus, vectoriser)
    progress(f"{rows.rows.shape[0]} pieces of text, {vectoriser.size} words and parts of words")
    shortened = _searches(rows, len(corpus.codes))
    progress("phrases learned without a third of them")
    unseen = read_unseen(corpus, vectoriser, rows, progress)
    truth = Truth.of(corpus)
    needs_unseen, first_unseen, gone_unseen = _heads_unseen(unseen, truth)
    danger_unseen = _danger_unseen(unseen, len(corpus.notes))
    gone_unseen = np.where(unseen.named > 0, gone_unseen, -np.inf)
    progress("needs, what to act on first and danger learned without each fifth of the notes")
    limits = choose.limits(needs_unseen, gone_unseen, danger_unseen, truth, shortened)
    topics = fit_topics(rows, np.ones(len(rows.note), bool))
    lines = fit_lines(unseen.bank, np.ones(len(unseen.bank.danger), bool))
    progress("learned from everything")
    level_rows = _level_rows(needs_unseen, danger_unseen, corpus.notes, limits)
    message = fit_message(unseen.danger, unseen.danger_truth, unseen.danger_weights)
    return halved(
        Model(
            codes=corpus.codes,
            vectoriser=vectoriser,
            topics=topics,
            needs=_fit_needs(unseen, truth, np.ones(len(corpus.notes), bool)),
            first=_fit_first(unseen, truth, np.ones(len(corpus.notes), bool)),
            gone=_fit_gone(unseen, truth, np.ones(len(corpus.notes), bool)),
            danger=Danger(lines[0], lines[1], message),
            levels=fit_levels(level_rows, truth.levels),
            thresholds=limits,
            digest=corpus.digest(),
            counts=corpus.counts(),
            figures=choose.figures(
                needs_unseen, first_unseen, gone_unseen, danger_unseen, truth, limits
            )
            | choose.phrase_figures(shortened, limits)
            | choose.level_figures(_levels_unseen(level_rows, truth.levels), truth.levels),
        )
    )


def _searches(rows: Examples, needs: int) -> choose.Searches:
    """What a model without a third of the phrases and neutral lines makes of that third."""
    held = (rows.note < 0) & (folds(len(rows.note), 3) == 0)
    words, kept = without_cues(rows.rows), ~held[rows.named]
    model = fit_classes(words[rows.named[kept]], rows.topic[kept], needs + 1, TOPIC_STRENGTH)
    nothing = np.isin(np.arange(len(held)), rows.named[rows.topic == needs])
    asked = held & ((np.arange(len(held)) < rows.phrases) | nothing)
    unseen = words[asked]
    scores = np.asarray(unseen @ model.weights + model.biases, np.float32)
    return choose.Searches(scores, rows.present[asked], np.diff(unseen.indptr))


def _fit_needs(unseen: Unseen, truth: Truth, used: NDArray[np.bool_]) -> Head:
    return _fit(unseen, truth.needs, 1 - truth.either, used, one=False)


def _fit_first(unseen: Unseen, truth: Truth, used: NDArray[np.bool_]) -> Head:
    chosen = np.eye(truth.needs.shape[1], dtype=np.float32)[truth.first]
    return _fit(unseen, chosen, np.ones_like(chosen), used, one=True)


def _fit_gone(unseen: Unseen, truth: Truth, used: NDArray[np.bool_]) -> Head:
    return _fit(unseen, truth.denied, np.ones_like(truth.denied), used, one=False)


def _fit(
    unseen: Unseen, wanted: Floats, counted: Floats, used: NDArray[np.bool_], one: bool
) -> Head:
    """Each note counts as it is and, for less, without household and full stops."""
    chosen = np.flatnonzero(used)
    messages = [unseen.features[i] for i in chosen] + [unseen.bare[i] for i in chosen]
    weights = np.concatenate([counted[used], _BARE * counted[used]])
    return fit_head(messages, np.tile(wanted[used], (2, 1)), weights, "one" if one else "each")


def _heads_unseen(unseen: Unseen, truth: Truth) -> tuple[Floats, Floats, Floats]:
    """(N, K) log-odds of needs, of what to act on first and of what is denied, unseen."""
    guessed = tuple(np.zeros_like(truth.needs) for _ in range(3))
    fold = folds(len(truth.needs))
    for part in range(FOLDS):
        heads = [
            fit_one(unseen, truth, fold != part) for fit_one in (_fit_needs, _fit_first, _fit_gone)
        ]
        for index in np.flatnonzero(fold == part):
            for table, head in zip(guessed, heads, strict=True):
                table[index] = head(unseen.features[index])
    needs, first, gone = guessed
    return needs, first, gone


def _danger_unseen(unseen: Unseen, notes: int) -> Floats:
    """(N,) log-odds of danger in the notes, by models that had not seen them."""
    guessed = np.zeros(len(unseen.danger), np.float32)
    for part in range(FOLDS):
        used = unseen.danger_folds != part
        model = fit_message(
            unseen.danger[used], unseen.danger_truth[used], unseen.danger_weights[used]
        )
        guessed[~used] = model(unseen.danger[~used])[:, 0]
    return guessed[:notes]


def _level_rows(
    needs: Floats, danger: Floats, notes: Sequence[NoteRow], limits: Thresholds
) -> list[Floats]:
    chances = sigmoid(limits.slope * needs + limits.offset)
    shown = (needs > limits.need).sum(1)
    return [
        level_features(chances[i], int(shown[i]), float(danger[i]), len(note.story))
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
