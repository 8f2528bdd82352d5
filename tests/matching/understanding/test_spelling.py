"""Slips in long words are put right for the readers, and for nobody else."""

import pytest

from matching.understanding.reading import read


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("depresison", "depression"),
        ("balliffs", "bailiffs"),
        ("benifits", "benefits"),
        ("Arrerars", "arrears"),
        ("school", "school"),
        ("Zzyzxqwv", "Zzyzxqwv"),
        ("rnet", "rnet"),
    ],
)
def test_a_word_one_slip_from_a_known_one_is_read_as_that(model, typed, meant):
    assert model.spelling.put_right(f"about {typed}, now") in (
        f"about {meant}, now",
        f"about {typed}, now" if typed.lower() in model.spelling.known else "",
    )


def test_what_is_quoted_is_what_was_typed(model):
    text = "the balififs came aobut council tax yesterdya and we are frightnened to open the door"
    [need, *_] = read(text, (), model).needs
    assert need.code == "debt-advice"
    assert all(quote in text for quote in need.evidence)
