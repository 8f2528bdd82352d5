"""Likeness to the phrases of a presented need is the cosine with their mean."""

import numpy as np
import pytest

from matching.understanding.centroids import fit_centroids
from matching.understanding.corpus import PhraseRow
from matching.understanding.linear import matrix
from matching.understanding.vectorise import fit

PHRASES = [
    PhraseRow("bailiffs at the door", ("debt-advice",), "search", "bailiffs"),
    PhraseRow("the bailiffs took the car", ("debt-advice",), "resident", "bailiffs"),
    PhraseRow("letters left unopened", ("debt-advice",), "search", "unopened-letters"),
]


def test_it_is_the_cosine_with_the_mean_of_the_phrases():
    texts = [phrase.text for phrase in PHRASES]
    vectoriser = fit(texts, 1)
    rows = matrix([vectoriser(text) for text in texts], vectoriser.size)
    centroids = fit_centroids(rows, PHRASES)
    assert centroids.names == ("debt-advice/bailiffs", "debt-advice/unopened-letters")
    means = np.stack([np.asarray(rows[:2].mean(0))[0], rows[2].toarray()[0]])
    for text in ("bailiffs at the door", "unopened letters from bailiffs", "letters"):
        row = matrix([vectoriser(text)], vectoriser.size).toarray()[0]
        lengths = np.linalg.norm(means, axis=1) * np.sqrt(2)
        cosines = centroids.likeness(vectoriser(text))
        assert cosines == pytest.approx(means @ row / lengths, abs=0.02)


def test_what_has_no_known_word_is_like_none():
    vectoriser = fit([phrase.text for phrase in PHRASES], 1)
    rows = matrix([vectoriser(phrase.text) for phrase in PHRASES], vectoriser.size)
    assert not fit_centroids(rows, PHRASES).likeness(vectoriser("zzz")).any()
