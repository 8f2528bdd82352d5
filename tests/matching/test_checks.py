"""`manage.py check` says when the small language model is there and cannot be used."""

import json
import shutil

import pytest

from matching.checks import encoder_fits_the_model
from matching.understanding.artefact import FORMAT
from matching.understanding.encoder.encoder import HEADS, NETWORK, TOKENS, digest_in


@pytest.fixture
def installed(settings, tmp_path):
    """The encoder as delivered, and what is known of a model that was trained beside it."""
    for name in (NETWORK, TOKENS, HEADS):
        shutil.copy(settings.ENCODER_DIR / name, tmp_path)
    known = {"format": FORMAT, "arrays": "", "sha256": "", "codes": []}
    index = json.dumps({**known, "encoder": digest_in(tmp_path)})
    (tmp_path / "model.json").write_text(index)
    settings.ENCODER_DIR = settings.MODEL_DIR = tmp_path
    return tmp_path


def test_the_encoder_that_the_model_was_trained_beside_fits(installed):
    assert encoder_fits_the_model() == []


@pytest.mark.parametrize("name", [NETWORK, TOKENS, HEADS])
def test_another_or_a_damaged_encoder_is_said_with_what_to_do(installed, name):
    (installed / name).write_bytes(b"something else")
    [warning] = encoder_fits_the_model()
    assert "cannot be used" in warning.msg
    assert "fit_judges" in warning.hint


def test_it_is_silent_where_nothing_was_trained(installed):
    (installed / "model.json").unlink()
    assert encoder_fits_the_model() == []
