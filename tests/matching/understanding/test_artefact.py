"""The artefact: what is saved is what is loaded, and damage is said."""

import json
import shutil
import threading

import numpy as np
import pytest
from django.core.files import locks
from threadpoolctl import threadpool_info

from matching.understanding import artefact, writing
from matching.understanding.artefact import (
    ModelDamaged,
    ModelMissing,
    current_model,
    load,
    save,
    with_encoder,
)
from matching.understanding.reading import read

NOTE = "He is 15 and won't go to school, the rent is three months behind, no drink in the house."


def test_what_is_loaded_reads_like_what_was_saved(model, tmp_path, settings):
    save(model, tmp_path)
    again = with_encoder(load(tmp_path), settings.ENCODER_DIR)
    assert read(NOTE, (), again) == read(NOTE, (), model)
    assert np.array_equal(again.topics.joint.weights, model.topics.joint.weights)


def test_the_same_model_is_written_as_the_same_bytes(model, tmp_path):
    first, second = save(model, tmp_path / "a"), save(model, tmp_path / "b")
    assert first.read_bytes() == second.read_bytes()


def test_a_missing_model_says_what_to_do(tmp_path):
    with pytest.raises(ModelMissing, match=r"Run manage\.py train"):
        load(tmp_path)


def test_changed_arrays_are_noticed(model, tmp_path):
    save(model, tmp_path)
    path = next(tmp_path.glob("*.npz"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(ModelDamaged, match="content has changed"):
        load(tmp_path)


@pytest.mark.parametrize("index", ["", "{", "[]", "{}", json.dumps({"format": 0})])
def test_a_broken_index_is_noticed(model, tmp_path, index):
    save(model, tmp_path).write_text(index)
    with pytest.raises(ModelDamaged):
        load(tmp_path)


def test_the_artefact_is_small_and_no_pickle(model_folder):
    size = sum(path.stat().st_size for path in model_folder.iterdir())
    assert size < 20_000_000
    with np.load(next(model_folder.glob("*.npz")), allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)


def test_a_new_model_is_picked_up_without_a_restart(model, tmp_path, settings):
    settings.MODEL_DIR = tmp_path
    with pytest.raises(ModelMissing):
        current_model()
    save(model, tmp_path)
    held = current_model()
    assert current_model() is held
    (tmp_path / "model.json").touch()
    assert current_model() is not held


def test_an_interrupted_write_leaves_the_old_model(model, tmp_path, monkeypatch):
    save(model, tmp_path)

    def fail(handle):
        raise OSError("disk full")

    monkeypatch.setattr(writing.os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        save(model, tmp_path)
    assert load(tmp_path).digest == model.digest
    assert not list(tmp_path.glob(".writing-*"))


def test_training_takes_away_the_model_it_replaces_and_no_other(model, tmp_path, monkeypatch):
    another = tmp_path / "model-0123456789abcdef.npz"
    another.write_bytes(b"of a training that has not written its index yet")
    save(model, tmp_path)
    [first] = set(tmp_path.glob("*.npz")) - {another}
    monkeypatch.setattr(artefact, "packed", lambda arrays: b"other arrays")
    save(model, tmp_path)
    assert another.exists()
    assert not first.exists()


def test_two_trainings_write_one_after_the_other(model, tmp_path):
    saving = threading.Thread(target=save, args=(model, tmp_path))
    with (tmp_path / ".lock").open("wb") as other:
        locks.lock(other, locks.LOCK_EX)
        saving.start()
        saving.join(0.5)
        assert not (tmp_path / "model.json").exists()
    saving.join()
    assert load(tmp_path).digest == model.digest


def test_who_reads_while_a_training_ends_gets_the_new_model(model, tmp_path, monkeypatch):
    save(model, tmp_path)
    now = artefact.load_index
    seen = iter([{**now(tmp_path), "arrays": "model-taken-away.npz"}])
    monkeypatch.setattr(artefact, "load_index", lambda folder: next(seen, None) or now(folder))
    assert load(tmp_path).digest == model.digest


def test_arrays_that_are_gone_are_noticed(model, tmp_path):
    save(model, tmp_path)
    next(tmp_path.glob("*.npz")).unlink()
    with pytest.raises(ModelDamaged, match="no such file"):
        load(tmp_path)


def test_an_encoder_that_comes_back_is_used_without_a_restart(model, tmp_path, settings):
    whole, settings.ENCODER_DIR, settings.MODEL_DIR = settings.ENCODER_DIR, tmp_path, tmp_path
    save(model, tmp_path)
    assert current_model().encoder is None
    for path in whole.iterdir():
        shutil.copy(path, tmp_path)
    assert current_model().encoder is not None


def test_a_message_is_read_by_one_thread(model):
    """A second one would find nothing to do and take the processor from the other workers."""
    assert current_model().encoder is not None
    threads = [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]
    assert set(threads) == {1}
