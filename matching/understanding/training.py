"""Training: the readers of word counts, on the phrases as they are now; the judges are given."""

from collections.abc import Callable

from matching.understanding.centroids import fit_centroids
from matching.understanding.corpus import Corpus
from matching.understanding.danger_training import averaged_danger
from matching.understanding.examples import without_cues
from matching.understanding.judges import Judges
from matching.understanding.model import Model
from matching.understanding.rounding import halved
from matching.understanding.side_by_side import side_by_side, told
from matching.understanding.spelling import Spelling
from matching.understanding.topic_training import averaged_topics
from matching.understanding.unseen import PARTS, fit_part
from matching.understanding.word_counts import counted


def train(corpus: Corpus, judges: Judges, progress: Callable[[str], None]) -> Model:
    """Learn from `corpus`. Equal corpora give equal models; a minute or two on two cores.

    The readers are the mean of those that the judges were fitted over: each without a part of the
    notes and lines.
    """
    from joblib import delayed

    with side_by_side() as run:
        vectoriser, rows, bank = counted(corpus, run)
        progress(f"{rows.rows.shape[0]} pieces of text, {vectoriser.size} words and parts of words")
        said = [f"words learned without part {n + 1} of the notes" for n in range(PARTS)]
        tasks = [delayed(fit_part)(part, corpus, rows, bank) for part in range(PARTS)]
        parts = told(run(tasks), said, progress)
    return halved(
        Model(
            codes=corpus.codes,
            vectoriser=vectoriser,
            topics=averaged_topics([topics for topics, _ in parts]),
            danger=averaged_danger([danger for _, danger in parts]),
            judges=judges.of(corpus.codes),
            spelling=Spelling.of(vectoriser),
            centroids=fit_centroids(without_cues(rows.rows)[: rows.phrases], corpus.phrases),
            digest=corpus.digest(),
            counts=corpus.counts(),
            phrases=corpus.phrases_by_need(),
        )
    )
