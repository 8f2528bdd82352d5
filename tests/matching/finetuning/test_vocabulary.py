"""The tokens that are kept of a published vocabulary."""

import json

import pytest
from django.conf import settings
from tokenizers import Tokenizer

from matching.finetuning.vocabulary import SPECIAL, cut, kept
from matching.understanding.encoder.encoder import TOKENS

TEXTS = ["The bailiffs came twice.", "He won't go to school; PIP was stopped."]


@pytest.fixture(scope="module")
def vocabulary() -> str:
    return (settings.ENCODER_DIR / TOKENS).read_text()


def _tokens(vocabulary: str, text: str) -> list[str]:
    tokens: list[str] = Tokenizer.from_str(vocabulary).encode(text).tokens
    return tokens


def test_the_texts_are_cut_into_tokens_as_before(vocabulary):
    smaller = cut(vocabulary, kept(vocabulary, TEXTS, 500))
    assert len(json.loads(smaller)["model"]["vocab"]) == 500
    for text in TEXTS:
        assert _tokens(smaller, text) == _tokens(vocabulary, text)


def test_a_word_that_is_not_kept_is_read_by_its_letters(vocabulary):
    smaller = cut(vocabulary, kept(vocabulary, TEXTS, 0))
    read = _tokens(smaller, "gambling")
    assert "[UNK]" not in read
    assert "".join(token.removeprefix("##") for token in read) == "[CLS]gambling[SEP]"


def test_special_tokens_stay_what_they_are(vocabulary):
    smaller = cut(vocabulary, kept(vocabulary, [], 0))
    places = json.loads(smaller)["model"]["vocab"]
    assert sorted(places.values()) == list(range(len(places)))
    ids = Tokenizer.from_str(smaller).encode("").ids
    assert ids == [places["[CLS]"], places["[SEP]"]]
    assert set(SPECIAL) <= set(places)


def test_what_the_texts_need_is_kept_even_beyond_the_most(vocabulary):
    everything = kept(vocabulary, TEXTS, 0)
    assert everything == kept(vocabulary, TEXTS, 10)
    assert len(everything) > 10
