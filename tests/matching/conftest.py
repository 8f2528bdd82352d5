"""What the matcher learns from, as delivered, and where the trained one is."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from matching.understanding.corpus import Corpus, from_files, phrases_from_files
from matching.understanding.judges import Judges
from matching.understanding.judges_file import load_judges
from matching.understanding.model import Model


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    fixtures = Path(settings.FIXTURES_DIR)
    return from_files(fixtures, phrases_from_files(fixtures))


@pytest.fixture(scope="session")
def small(corpus: Corpus) -> Corpus:
    """Few rows of every kind and still every need."""
    return replace(
        corpus,
        phrases=corpus.phrases[::32],
        notes=corpus.notes[::40],
        statuses=corpus.statuses[::20],
        neutral=corpus.neutral[::20],
        safeguarding=corpus.safeguarding[::10],
    )


@pytest.fixture(scope="session")
def judges() -> Judges:
    """As they are shipped."""
    return load_judges(Path(settings.FIXTURES_DIR) / "judges")


@pytest.fixture(scope="session")
def model_folder(model: Model) -> Path:
    return Path(settings.MODEL_DIR)
