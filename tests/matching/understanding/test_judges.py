"""The shipped judges: of what is shipped, for the needs that a hub has, and damage is said."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest

from matching.understanding.encoder.encoder import digest_in
from matching.understanding.judges_file import JudgesMissing, load_judges, save_judges
from matching.understanding.judges_training import fit_judges
from matching.understanding.recipe import recipe
from matching.understanding.stack import Features


def test_they_learned_from_what_is_shipped_by_the_code_that_is_shipped(judges, corpus, settings):
    """After a change of the corpus, the encoder or the code below them: manage.py fit_judges."""
    assert judges.corpus == corpus.digest()
    assert judges.encoder_digest == digest_in(settings.ENCODER_DIR)
    assert judges.recipe == recipe("judges_training")


def test_the_figures_are_of_notes_that_were_not_seen(judges):
    """Floors a little under what was measured, so that a change for the worse is noticed."""
    figures = judges.figures
    assert figures["need F1"] >= 0.85
    assert figures["need F1, by word counts alone"] >= 0.8
    assert figures["act first"] >= 0.73
    assert figures["denied shown"] <= 0.075
    assert figures["denied ruled out"] >= 0.68
    assert figures["level within one"] >= 0.94
    assert figures["danger recall"] >= 0.95
    assert figures["calibration error"] <= 0.03
    assert figures["phrase first"] >= 0.74
    assert figures["phrase any of three"] >= 0.9
    assert figures["silent without a need"] >= 0.78


def test_the_same_corpus_gives_the_same_judges(small, tmp_path):
    for name in ("a", "b"):
        save_judges(fit_judges(small, lambda _: None), tmp_path / name)
    for file in ("judges.json", "judges.npz"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_they_learn_nothing_from_a_note_without_weight(small):
    """Its level and what it puts first change nothing; its words, needs and danger still teach."""
    halved = tuple(replace(note, weight=float(i % 2)) for i, note in enumerate(small.notes))
    otherwise = tuple(
        note if note.weight else replace(note, level="universal", primary=note.needs[-1])
        for note in halved
    )
    assert otherwise != halved
    figures = fit_judges(replace(small, notes=halved), lambda _: None).figures
    assert fit_judges(replace(small, notes=otherwise), lambda _: None).figures == figures
    doubled = tuple(replace(note, weight=2 * note.weight) for note in halved)
    other = replace(small, notes=doubled[:200] + halved[200:])
    assert fit_judges(other, lambda _: None).figures != figures


def test_needs_in_another_order_are_judged_the_same(judges):
    turned = judges.of(judges.codes[::-1])
    random = np.random.default_rng(7)
    width = len(judges.together.networks.centre)
    rows = random.normal(size=(27, width)).astype(np.float32)
    hinted = random.random(27).astype(np.float32)
    one = judges.together.networks(Features(rows, hinted))
    other = turned.together.networks(Features(rows[::-1], hinted[::-1]))
    for name in ("needs", "first", "gone"):
        assert getattr(other, name)[::-1] == pytest.approx(getattr(one, name), abs=1e-4)
    assert turned.of(judges.codes).together.levels.weights == pytest.approx(
        judges.together.levels.weights
    )


def test_a_need_that_is_taken_away_is_left_out_and_a_new_one_is_as_pressing_as_most(judges):
    codes = (*judges.codes[1:], "bees")
    hub = judges.of(codes)
    assert hub.alone.needs == hub.together.needs == len(codes)
    assert set(hub.pressing) == set(codes)
    assert min(judges.pressing.values()) < hub.pressing["bees"] < max(judges.pressing.values())


def test_what_is_saved_is_what_is_loaded(judges, tmp_path):
    save_judges(judges, tmp_path)
    again = load_judges(tmp_path)
    assert again.alone.thresholds == judges.alone.thresholds
    assert np.array_equal(again.together.networks.inner, judges.together.networks.inner)


@pytest.mark.parametrize("file", ["judges.json", "judges.npz"])
@pytest.mark.parametrize("content", [None, b"", b"{}", b"[]", b"not this"])
def test_a_missing_or_damaged_file_is_said_with_what_to_do(judges, tmp_path, file, content):
    save_judges(judges, tmp_path)
    (tmp_path / file).unlink()
    if content is not None:
        (tmp_path / file).write_bytes(content)
    with pytest.raises(JudgesMissing, match="fit_judges"):
        load_judges(tmp_path)


def test_arrays_of_another_fit_are_refused(judges, tmp_path):
    save_judges(judges, tmp_path)
    index = json.loads((tmp_path / "judges.json").read_text())
    (tmp_path / "judges.json").write_text(json.dumps({**index, "sha256": "0" * 64}))
    with pytest.raises(JudgesMissing, match="not what the index"):
        load_judges(tmp_path)
    shutil.rmtree(tmp_path)
    with pytest.raises(JudgesMissing, match="no such file"):
        load_judges(tmp_path)
