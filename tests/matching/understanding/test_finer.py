"""The finer need is named where the words name it, with the encoder and without."""

from dataclasses import replace

import pytest

from directory.models import PresentedNeed
from matching.understanding.reading import read

NAMED = [
    ("bailiffs at the door", "debt-advice", "bailiffs"),
    ("The bailiffs are coming on Friday.", "debt-advice", "bailiffs"),
    ("we need a stairgate and a grab rail fitting", "handy-persons", "grab-rails"),
]


def finer(text: str, code: str, model) -> tuple[str, ...]:
    return next((n.presented for n in read(text, (), model).needs if n.code == code), ())


@pytest.mark.parametrize(("text", "code", "slug"), NAMED)
def test_the_very_thing_is_named(model, text, code, slug):
    assert slug in finer(text, code, model)


def test_without_the_encoder_too(model):
    assert "bailiffs" in finer("bailiffs at the door", "debt-advice", replace(model, encoder=None))


@pytest.mark.django_db
def test_most_are_found_by_their_own_names(model):
    named = list(PresentedNeed.objects.values_list("name", "need_id", "slug"))
    found = [slug in finer(name, code, model) for name, code, slug in named]
    assert sum(found) >= 0.7 * len(named)


def test_another_need_lends_it_no_name(model):
    named = finer("behind with the rent, and he drinks", "substance-misuse", model)
    assert "bailiffs" not in named
