"""Without the small language model the product works, and says so everywhere."""

from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from directory.reference import current_reference
from matching.checks import encoder_is_there
from matching.enquiry import Enquiry
from matching.pipeline import answer
from matching.readable import lines_of
from matching.understanding import artefact
from matching.understanding.artefact import load, with_encoder
from matching.understanding.encoder import encoder as encoders

pytestmark = pytest.mark.django_db

STORY = "We are behind with the rent and the bailiffs came. There are no concerns about drink."


@pytest.fixture
def without_encoder(settings, tmp_path, model, monkeypatch):
    """The model as trained, in an install whose encoder has gone."""
    settings.ENCODER_DIR = tmp_path
    monkeypatch.setattr(artefact, "_loaded", None)
    monkeypatch.setattr(encoders, "_loaded", {})


def test_the_answer_is_there_and_owns_up(without_encoder):
    found = answer(Enquiry(text=STORY, place="Diss"))
    assert "debt-advice" in [need.code for need in found.needs]
    assert found.services
    assert found.words_alone
    said = "\n".join(lines_of(found, "practitioner", current_reference()))
    assert "word counts alone" in said


def test_the_page_owns_up(without_encoder, client):
    page = client.post("/find/", {"text": STORY, "place": "Diss"}).content.decode()
    assert "reading in a simpler way" in page


def test_the_check_names_the_file_and_what_to_do(settings, tmp_path):
    assert encoder_is_there() == []
    settings.ENCODER_DIR = tmp_path
    [warning] = encoder_is_there()
    assert "encoder.onnx" in warning.msg
    assert "ENCODER_DIR" in warning.hint


def test_another_encoder_than_the_one_trained_with_is_not_used(model, model_folder, settings):
    trained = load(model_folder)
    assert with_encoder(trained, settings.ENCODER_DIR).encoder is not None
    other = replace(trained, judges=replace(trained.judges, encoder_digest="another"))
    assert with_encoder(other, settings.ENCODER_DIR).encoder is None


def test_with_it_the_answer_says_nothing_of_the_kind(model):
    assert not answer(Enquiry(text=STORY, place="Diss")).words_alone


def test_judges_are_not_fitted_without_it(settings, tmp_path):
    settings.ENCODER_DIR = tmp_path
    with pytest.raises(CommandError, match="Bring the files"):
        call_command("fit_judges", out=tmp_path)
