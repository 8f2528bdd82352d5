"""What the matcher learns from, as delivered, and where the trained one is."""

from pathlib import Path

import pytest
from django.conf import settings

from matching.understanding.corpus import Corpus, from_files, phrases_from_files
from matching.understanding.model import Model


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    fixtures = Path(settings.FIXTURES_DIR)
    return from_files(fixtures, phrases_from_files(fixtures))


@pytest.fixture(scope="session")
def model_folder(model: Model) -> Path:
    return Path(settings.MODEL_DIR)
