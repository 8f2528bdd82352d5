"""A need that a hub has added is found by its word counts, though no encoder was tuned for it."""

from dataclasses import replace

import pytest

from matching.understanding.encoder.aligning import aligned_encoder
from matching.understanding.model import Model
from matching.understanding.reading import read

NEW = "fire-safety"


@pytest.fixture
def untuned(model: Model) -> Model:
    """The model with an encoder that was tuned for another need in the place of `NEW`."""
    assert model.encoder is not None
    heads = model.encoder.heads
    others = replace(heads, needs=tuple("another" if c == NEW else c for c in heads.needs))
    return replace(
        model, encoder=aligned_encoder(replace(model.encoder, heads=others), model.codes)
    )


@pytest.mark.parametrize(
    "text", ["smoke alarm fitting", "candles and fire risk", "fire safety visit", "chip pan fire"]
)
def test_a_search_finds_it(untuned, text):
    assert NEW in [need.code for need in read(text, (), untuned).needs]


def test_a_message_finds_it_beside_others(untuned):
    text = (
        "Mum is 79 and smokes in bed, there are burns in the carpet and no working smoke alarm. "
        "She owes money to two catalogues and has had letters from a debt collector."
    )
    assert {NEW, "debt-advice"} <= {need.code for need in read(text, (), untuned).needs}


def test_what_the_encoder_knows_is_read_as_before(untuned, model):
    text = "two months behind with the rent and the bailiffs have been"
    assert read(text, (), untuned).needs == read(text, (), model).needs
