"""How like a text is to the phrases of each presented need: nearest centroids after Rocchio (1971).

A centroid is the mean of the TF-IDF rows of a presented need's phrases, at unit length.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.understanding.corpus import PhraseRow
from matching.understanding.vectorise import Floats, Vector

#: Smaller weights of a centroid of length 1 make no difference and are left out.
_LEAST_WEIGHT = 0.01
#: A row has two blocks of length 1, words and parts of words.
_LENGTH = np.sqrt(2)


@dataclass(frozen=True, slots=True)
class Centroids:
    """P centroids over V terms. `names`: "code/slug" of each.

    By term: the weights of term t are `weights[starts[t]:starts[t + 1]]`, and `owners` says of
    which centroids. `starts` (V + 1,); `owners`, `weights` (n,).
    """

    names: tuple[str, ...]
    starts: NDArray[np.int32]
    owners: NDArray[np.int16]
    weights: NDArray[np.float16]

    def likeness(self, vector: Vector) -> Floats:
        """(P,) cosines of a text with the centroids."""
        begins = self.starts[vector.indices]
        counts = self.starts[vector.indices + 1] - begins
        # The places of the weights of all its terms, one term after the other.
        before = np.cumsum(counts) - counts
        places = np.arange(counts.sum()) + np.repeat(begins - before, counts)
        products = np.repeat(vector.values, counts) * self.weights[places]
        sums = np.bincount(self.owners[places], products, minlength=len(self.names))
        return np.asarray(sums / _LENGTH, np.float32)


def name_of(phrase: PhraseRow) -> str:
    """The presented need that a phrase is filed under, with the code of its need."""
    return f"{phrase.needs[0]}/{phrase.presented}"


def fit_centroids(rows: Any, phrases: Sequence[PhraseRow]) -> Centroids:
    """The centroids of the presented needs. `rows` (n, V) sparse: those of the `phrases`."""
    from scipy.sparse import csr_matrix

    names = sorted({name_of(phrase) for phrase in phrases})
    place = {name: index for index, name in enumerate(names)}
    owners = [place[name_of(phrase)] for phrase in phrases]
    ones = np.ones(len(owners), np.float32)
    members = csr_matrix((ones, (owners, np.arange(len(owners)))), (len(names), len(owners)))
    sums = members @ rows
    lengths = np.sqrt(np.asarray(sums.multiply(sums).sum(1)))
    unit = sums.multiply(1 / np.maximum(lengths, 1e-9)).tocsr()
    unit.data[unit.data < _LEAST_WEIGHT] = 0
    unit.eliminate_zeros()
    by_term = unit.tocsc()
    by_term.sort_indices()
    return Centroids(
        tuple(names),
        by_term.indptr.astype(np.int32),
        by_term.indices.astype(np.int16),
        by_term.data.astype(np.float16),
    )
