"""Training on a small corpus, under the judges as they are shipped."""

from dataclasses import replace

import numpy as np

from matching.understanding.artefact import save
from matching.understanding.corpus import PhraseRow
from matching.understanding.reading import read
from matching.understanding.training import train


def test_the_same_corpus_gives_the_same_bytes(small, judges, tmp_path):
    said: list[str] = []
    first = save(train(small, judges, said.append), tmp_path / "a")
    second = save(train(small, judges, said.append), tmp_path / "b")
    assert first.read_bytes() == second.read_bytes()
    assert said


def test_a_need_that_the_judges_have_not_met_is_read_all_the_same(small, judges):
    """A hub has added one, and has no story about it: its phrases are enough."""
    words = ("keeping", "swarm of", "lost", "angry", "too many", "buying", "our", "wild")
    new = [PhraseRow(f"{word} bees", ("bees",), "search", "bees") for word in words]
    codes = tuple(sorted((*small.codes, "bees")))
    hub = replace(small, codes=codes, phrases=(*small.phrases, *new))
    model = train(hub, judges, lambda _: None)
    assert model.judges.codes == codes
    assert [need.code for need in read("bees", (), model).needs] == ["bees"]


def test_weights_are_what_the_artefact_holds(model):
    weights = model.topics.joint.weights
    assert np.array_equal(weights, weights.astype(np.float16).astype(np.float32))
