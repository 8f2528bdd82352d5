"""The finer need is named where the words name it, with the encoder and without."""

from dataclasses import replace

import pytest

from directory.models import PresentedNeed
from matching.understanding.centroids import fit_centroids
from matching.understanding.corpus import PhraseRow
from matching.understanding.finer import finer_needs
from matching.understanding.linear import matrix
from matching.understanding.message import heard
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


@pytest.mark.parametrize("presented", [("bed-bugs",), ("bed-bugs", "bites")])
def test_what_is_like_none_of_its_phrases_has_no_finer_need(model, presented):
    """A need of the hub's own, with one or two presented needs."""
    phrases = [
        PhraseRow(f"{text} {slug}", ("pests",), "search", slug)
        for slug in presented
        for text in ("bed bugs in the mattress", "bitten all over at night")
    ]
    rows = matrix([model.vectoriser(phrase.text) for phrase in phrases], model.vectoriser.size)
    centroids = fit_centroids(rows, phrases)

    def named(text: str) -> tuple[str, ...]:
        return finer_needs("pests", [0], heard(text, (), model), centroids, model.encoder)

    assert named("we have bed bugs in the mattress") == ("bed-bugs",)
    assert named("The football club meets on Tuesday evening.") == ()


def test_a_finer_need_that_the_encoder_does_not_know_leaves_it_the_others(model):
    """A hub has added one to debts: what the encoder knows of the others still counts."""
    names = [name for name in model.centroids.names if name.startswith("debt-advice/")]
    renamed = names[-1]
    more = tuple(f"{n}-new" if n == renamed else n for n in model.centroids.names)
    centroids = replace(model.centroids, names=more)
    message = heard("The bailiffs are coming on Friday.", (), model)
    found = finer_needs("debt-advice", [0], message, centroids, model.encoder)
    assert found == ("bailiffs",)
