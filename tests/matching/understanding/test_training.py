"""Training on a small corpus: the same corpus gives the same model."""

from dataclasses import replace

import numpy as np
import pytest

from matching.understanding.artefact import save
from matching.understanding.training import train


@pytest.fixture(scope="module")
def small(corpus):
    """Few rows of every kind and still every need."""
    return replace(
        corpus,
        phrases=corpus.phrases[::32],
        notes=corpus.notes[::40],
        statuses=corpus.statuses[::20],
        neutral=corpus.neutral[::20],
        safeguarding=corpus.safeguarding[::10],
    )


def test_the_same_corpus_gives_the_same_bytes(small, tmp_path):
    said: list[str] = []
    first = save(train(small, said.append), tmp_path / "a")
    second = save(train(small, said.append), tmp_path / "b")
    assert first.read_bytes() == second.read_bytes()
    assert said


def test_judges_learn_nothing_from_a_note_without_weight(small):
    """Its level and what it puts first change nothing; its words, needs and danger still teach."""
    halved = tuple(replace(note, weight=float(i % 2)) for i, note in enumerate(small.notes))
    otherwise = tuple(
        note if note.weight else replace(note, level="universal", primary=note.needs[-1])
        for note in halved
    )
    assert otherwise != halved
    figures = train(replace(small, notes=halved), lambda _: None).figures
    assert train(replace(small, notes=otherwise), lambda _: None).figures == figures
    doubled = tuple(replace(note, weight=2 * note.weight) for note in halved)
    assert train(replace(small, notes=doubled[:200] + halved[200:]), print).figures != figures


def test_the_figures_are_of_notes_that_were_not_seen(model):
    """Floors a little under what was measured, so that a change for the worse is noticed."""
    assert model.figures["need F1"] >= 0.85
    assert model.figures["need F1, by word counts alone"] >= 0.8
    assert model.figures["act first"] >= 0.73
    assert model.figures["denied shown"] <= 0.065
    assert model.figures["denied ruled out"] >= 0.68
    assert model.figures["level within one"] >= 0.94
    assert model.figures["danger recall"] >= 0.95
    assert model.figures["calibration error"] <= 0.03
    assert model.figures["phrase first"] >= 0.74
    assert model.figures["phrase any of three"] >= 0.9
    assert model.figures["silent without a need"] >= 0.78


def test_weights_are_what_the_artefact_holds(model):
    weights = model.topics.joint.weights
    assert np.array_equal(weights, weights.astype(np.float16).astype(np.float32))
