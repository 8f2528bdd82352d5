"""Patterns that are looked for together are found where each alone is found."""

import random
import re

import numpy as np
import pytest
from django.conf import settings

from matching.json_lines import rows_of
from matching.understanding.clauses import normalise
from matching.understanding.danger_words import DANGER_WORDS
from matching.understanding.pattern_set import PatternSet
from matching.understanding.status import STATUS_CUES

SHIPPED = pytest.mark.parametrize("shipped", [DANGER_WORDS, STATUS_CUES], ids=["danger", "status"])


def _one_by_one(patterns: PatternSet, text: str) -> list[float]:
    return [float(re.search(pattern, text) is not None) for pattern in patterns.patterns]


def _stories() -> list[str]:
    path = settings.FIXTURES_DIR / "training" / "notes-practitioner.jsonl"
    return [normalise(cells.text("story")) for cells in rows_of(path)]


@SHIPPED
def test_what_is_found_in_stories_is_what_each_pattern_finds(shipped):
    for story in _stories():
        assert shipped.found_in(story).tolist() == _one_by_one(shipped, story), story


@SHIPPED
def test_however_odd_the_text_is(shipped):
    drawn = random.Random(0)
    words = [word for story in _stories() for word in story.split()]
    marks = ["é", "İ", "\x00", "\n", "'", "£", "?", ",", "😀", "no", "\u200b", " "]
    for _ in range(300):
        text = "".join(drawn.choice(words) + drawn.choice(marks) for _ in range(40))
        assert shipped.found_in(text).tolist() == _one_by_one(shipped, text), repr(text)


@SHIPPED
def test_a_text_of_a_megabyte_is_read_to_its_end(shipped):
    text = "nothing much to tell of it " * 40_000
    last = text + "he hit her again tonight"
    assert shipped.found_in(last).sum() > shipped.found_in(text).sum()
    assert shipped.found_in(last).tolist() == _one_by_one(shipped, last)


def test_half_of_a_pair_of_surrogates_is_no_error():
    assert PatternSet([r"\bhelp\b"]).found_in("\ud83d help").tolist() == [1.0]


def test_nothing_is_found_in_nothing():
    assert not np.any(DANGER_WORDS.found_in(""))


@SHIPPED
def test_no_pattern_needs_letters_that_are_no_parts_of_words_to_it(shipped):
    assert all(pattern.isascii() for pattern in shipped.patterns)
