"""What is made again when code changes, and what is not."""

import shutil

import pytest

from matching.understanding import recipe as recipes
from matching.understanding.recipe import recipe


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A copy of the package, for changing."""
    folder = tmp_path / "understanding"
    shutil.copytree(recipes._FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(recipes, "_FOLDER", folder)
    return folder


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("stack.py", "_NO_SECOND = -8.0", "_NO_SECOND = -7.0"),
        ("clauses.py", "_FEWEST_WORDS = 3", "_FEWEST_WORDS = 4"),
        ("encoder/unseen.py", "import", "import sys\nimport"),
    ],
)
def test_what_the_judges_stand_on_makes_them_anew(package, file, old, new):
    before = recipe("judges_training")
    change(package / file, old, new)
    assert recipe("judges_training") != before


def test_a_word_list_does_too(package):
    before = recipe("judges_training")
    [words] = package.glob("*.toml")
    words.write_text(words.read_text() + "\n")
    assert recipe("judges_training") != before


def test_words_about_the_code_and_what_only_answers_do_not(package):
    before = recipe("judges_training"), recipe("training")
    change(package / "stack.py", '"""From the scores', '"""Another account of the scores')
    change(package / "stack.py", "#: Statuses", "#: Another word on statuses")
    change(package / "reading.py", "_QUOTES = 3", "_QUOTES = 2")
    assert (recipe("judges_training"), recipe("training")) == before
