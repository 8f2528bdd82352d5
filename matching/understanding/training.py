"""Training: from a corpus to a model, with every threshold chosen on messages it had not seen."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from matching.understanding.centroids import fit_centroids
from matching.understanding.clauses import split
from matching.understanding.corpus import Corpus
from matching.understanding.danger_training import averaged_danger, danger_bank
from matching.understanding.encoder.encoder import Encoder
from matching.understanding.encoder.questions import every_message
from matching.understanding.encoder.unseen import UnseenScores
from matching.understanding.examples import Examples, examples, held_back, texts, without_cues
from matching.understanding.judging import fit_judge
from matching.understanding.linear import fit_classes
from matching.understanding.model import Model
from matching.understanding.rounding import halved
from matching.understanding.spelling import Spelling
from matching.understanding.thresholds import Searches
from matching.understanding.topic_training import TOPIC_STRENGTH, averaged_topics
from matching.understanding.truth import Truth
from matching.understanding.unseen import PARTS, joined, read_part
from matching.understanding.vectorise import fit

#: A word or part of a word that fewer texts have is not learned; few, so that a hub's few phrases
#: for a new need count.
_FEWEST_TEXTS = 4
#: The same for two words beside each other: two thirds of the vocabulary if it were as few. A
#: note's clause is a text, and so is its story.
_FEWEST_TEXTS_OF_PAIRS = 8
#: Processes that learn side by side; the result does not depend on it.
_PROCESSES = 2

Figures = dict[str, float]


def train(
    corpus: Corpus,
    progress: Callable[[str], None],
    encoder: Encoder | None = None,
    unseen: UnseenScores | None = None,
) -> Model:
    """Learn from `corpus`. Equal corpora give equal models; two to four minutes on two cores.

    `unseen`: what encoders that had not seen the shipped messages made of them. Messages that are
    not in it, such as a hub's own, are new to `encoder` too and are read by it.
    """
    from joblib import Parallel, delayed
    from threadpoolctl import threadpool_limits

    with (
        threadpool_limits(1),
        Parallel(_PROCESSES, return_as="generator") as side_by_side,
        ThreadPoolExecutor(1) as beside,
    ):
        counting = side_by_side(
            [delayed(fit)(texts(corpus), _FEWEST_TEXTS, _FEWEST_TEXTS_OF_PAIRS)]
        )
        kept = every_message(corpus, encoder, unseen) if encoder and unseen else None
        [vectoriser] = counting
        counted = [delayed(examples)(corpus, vectoriser), delayed(danger_bank)(corpus, vectoriser)]
        rows, bank = side_by_side(counted)
        progress(f"{rows.rows.shape[0]} pieces of text, {vectoriser.size} words and parts of words")
        # In this process, which would only wait for the others.
        searching = beside.submit(_searches, corpus, rows, kept)
        tasks = [
            delayed(read_part)(part, corpus, vectoriser, rows, bank, kept) for part in range(PARTS)
        ]
        said = [f"notes and lines read by models without part {n + 1}" for n in range(PARTS)]
        parts = _told(side_by_side(tasks), said, progress)
        searches = searching.result()
        progress("phrases learned without a fifth of them")
        read, truth = joined(parts, corpus), Truth.of(corpus)
        judges = [delayed(fit_judge)(read.alone, truth, searches.by_words())]
        if read.together is not None:
            judges.append(delayed(fit_judge)(read.together, truth, searches))
        said = ["judged by word counts alone", "judged by word counts and the encoder"]
        (alone, figures), *others = _told(side_by_side(judges), said, progress)
    together = None
    for judge, better in others:
        together = judge
        figures = better | {f"{name}, by word counts alone": figures[name] for name in figures}
    return halved(
        Model(
            codes=corpus.codes,
            vectoriser=vectoriser,
            topics=averaged_topics([part.topics for part in parts]),
            danger=averaged_danger([part.danger for part in parts]),
            alone=alone,
            together=together,
            spelling=Spelling.of(vectoriser),
            centroids=fit_centroids(without_cues(rows.rows)[: rows.phrases], corpus.phrases),
            encoder_digest=encoder.digest if encoder else "",
            digest=corpus.digest(),
            counts=corpus.counts(),
            phrases=corpus.phrases_by_need(),
            pressing=dict(zip(corpus.codes, truth.pressing(), strict=True)),
            figures=figures,
        )
    )


def _told(done: Iterable[Any], said: list[str], progress: Callable[[str], None]) -> list[Any]:
    results = []
    for result, words in zip(done, said, strict=False):
        progress(words)
        results.append(result)
    return results


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
