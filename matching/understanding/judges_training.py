"""Fitting the judges: on messages that the readers below them had not seen."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from matching.understanding.clauses import split
from matching.understanding.corpus import Corpus
from matching.understanding.encoder.encoder import Encoder
from matching.understanding.encoder.questions import every_message
from matching.understanding.encoder.unseen import UnseenScores
from matching.understanding.examples import Examples, held_back, without_cues
from matching.understanding.judges import Judges
from matching.understanding.judging import fit_judge
from matching.understanding.linear import fit_classes
from matching.understanding.recipe import recipe
from matching.understanding.rounding import halved
from matching.understanding.side_by_side import side_by_side, told
from matching.understanding.thresholds import Searches
from matching.understanding.topic_training import TOPIC_STRENGTH
from matching.understanding.truth import Truth
from matching.understanding.unseen import PARTS, joined, read_part
from matching.understanding.word_counts import counted


def fit_judges(
    corpus: Corpus,
    progress: Callable[[str], None],
    encoder: Encoder | None = None,
    unseen: UnseenScores | None = None,
) -> Judges:
    """Judges of `corpus`. Equal corpora give equal judges; three to five minutes on two cores.

    `unseen`: what encoders that had not seen the messages made of them. Messages that are not in
    it were written since and are new to `encoder` too: it reads them.
    """
    from joblib import delayed

    with side_by_side() as run, ThreadPoolExecutor(1) as beside:
        vectoriser, rows, bank = counted(corpus, run)
        kept = every_message(corpus, encoder, unseen) if encoder and unseen else None
        progress(f"{rows.rows.shape[0]} pieces of text, {vectoriser.size} words and parts of words")
        # In this process, which would only wait for the others.
        searching = beside.submit(_searches, corpus, rows, kept)
        tasks = [
            delayed(read_part)(part, corpus, vectoriser, rows, bank, kept) for part in range(PARTS)
        ]
        said = [f"notes and lines read by models without part {n + 1}" for n in range(PARTS)]
        parts = told(run(tasks), said, progress)
        searches = searching.result()
        progress("phrases learned without a fifth of them")
        read, truth = joined(parts, corpus), Truth.of(corpus)
        fits = [delayed(fit_judge)(read.alone, truth, searches.by_words())]
        if read.together is not None:
            fits.append(delayed(fit_judge)(read.together, truth, searches))
        said = ["judged by word counts alone", "judged by word counts and the encoder"]
        (alone, figures), *others = told(run(fits), said, progress)
    together = None
    for judge, better in others:
        together = judge
        figures = better | {f"{name}, by word counts alone": figures[name] for name in figures}
    return halved(
        Judges(
            codes=corpus.codes,
            alone=alone,
            together=together,
            encoder_digest=encoder.digest if encoder else "",
            pressing=dict(zip(corpus.codes, truth.pressing(), strict=True)),
            figures=figures,
            corpus=corpus.digest(),
            recipe=recipe("judges_training"),
        )
    )


def _searches(corpus: Corpus, rows: Examples, kept: UnseenScores | None) -> Searches:
    """What models without a fifth of the phrases and neutral lines make of that fifth."""
    needs = len(corpus.codes)
    written = [row.text for row in corpus.phrases] + [row.text for row in corpus.statuses]
    written += [row.text for row in corpus.neutral]
    held = np.zeros(len(rows.note), bool)
    held[: len(written)] = [held_back(text) for text in written]
    words, used = without_cues(rows.rows), ~held[rows.named]
    model = fit_classes(words[rows.named[used]], rows.topic[used], needs + 1, TOPIC_STRENGTH)
    nothing = np.isin(np.arange(len(held)), rows.named[rows.topic == needs])
    # Neutral lines are asked about; status clauses, which no encoder was kept from, are not.
    phrase = np.arange(len(held)) < rows.phrases
    neutral = np.arange(len(held)) >= len(corpus.phrases) + len(corpus.statuses)
    asked = held & (phrase | (neutral & nothing))
    encoded = None
    if kept is not None:
        of_words = [written[place] for place in np.flatnonzero(asked)]
        encoded = np.stack([_first(text, kept) for text in of_words])
    unseen = words[asked]
    return Searches(
        scores=np.asarray(unseen @ model.weights + model.biases, np.float32),
        encoded=encoded,
        needs=rows.present[asked],
        lengths=np.diff(unseen.indptr),
    )


def _first(text: str, kept: UnseenScores) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    found = kept.find(text, [(clause.start, clause.end) for clause in split(text)], ())
    assert found is not None
    return found.first
