"""TF-IDF over words and parts of words, in plain numpy and dictionaries."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from matching.understanding.clauses import normalise

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

_WORD = re.compile(r"\w+(?:'\w+)*|£")
#: Longer "words" (a URL, a key held down) are cut here, in characters.
_LONGEST_WORD = 24
_PART_LENGTHS = (3, 4)


def words_of(text: str) -> list[str]:
    """Words in lower case, apostrophes kept, "£" a word."""
    return [word[:_LONGEST_WORD] for word in _WORD.findall(normalise(text))]


#: The vocabulary index of each known term and part of words of a text, as often as it occurs.
Occurrences = list[int]


@dataclass(frozen=True, slots=True)
class Vector:
    """A sparse row: `indices` into the vocabulary, `values` of unit length for each block."""

    indices: Ints
    values: Floats


@dataclass(frozen=True, slots=True)
class Vectoriser:
    """Words and pairs of words, then parts of words of 3 and 4 characters, each block of length 1.

    `terms`: index of each word or pair; `parts`: index of each part, after the terms; `idf`: (V,).
    Sublinear term frequency 1 + ln(tf) and smoothed idf, as in scikit-learn's TfidfVectorizer.
    """

    terms: dict[str, int]
    parts: dict[str, int]
    idf: Floats
    #: Of learned words only: what else people type is not kept.
    _parts_of_terms: dict[str, list[int]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def size(self) -> int:
        return len(self.idf)

    def __call__(self, text: str) -> Vector:
        return self.weigh(self.count(text))

    def count(self, text: str) -> Occurrences:
        """What is known of the text: terms, then parts."""
        words, terms = words_of(text), self.terms
        found = [terms[term] for term in _terms(words) if term in terms]
        for word in words:
            found += self._parts_of(word)
        return found

    def weigh(self, found: Occurrences) -> Vector:
        """The row of what was found; that of several texts is that of their lists together."""
        indices, times = _counted(np.array(found, np.int32))
        values = (1 + np.log(times)) * self.idf[indices]
        terms = int(indices.searchsorted(len(self.terms)))
        for block in (values[:terms], values[terms:]):
            if block.size:
                block /= np.sqrt(np.dot(block, block))
        return Vector(indices, values)

    def _parts_of(self, word: str) -> list[int]:
        kept = self._parts_of_terms.get(word)
        if kept is None:
            kept = [self.parts[part] for part in _parts(word) if part in self.parts]
            if word in self.terms:
                self._parts_of_terms[word] = kept
        return kept


def fit(texts: Sequence[str], fewest: int = 2, fewest_pairs: int = 2) -> Vectoriser:
    """A vocabulary of what occurs in at least `fewest` of `texts`, in alphabetical order.

    `fewest_pairs`: the same for two words beside each other, most of which say nothing new.
    """
    terms: Counter[str] = Counter()
    parts: Counter[str] = Counter()
    parts_of: dict[str, frozenset[str]] = {}
    for text in texts:
        words = words_of(text)
        terms.update(set(_terms(words)))
        for word in words:
            if word not in parts_of:
                parts_of[word] = frozenset(_parts(word))
        parts.update(set().union(*(parts_of[word] for word in words)))
    kept_terms = sorted(
        term for term, count in terms.items() if count >= (fewest_pairs if " " in term else fewest)
    )
    kept_parts = sorted(part for part, count in parts.items() if count >= fewest)
    counts = [terms[term] for term in kept_terms] + [parts[part] for part in kept_parts]
    idf = np.log((1 + len(texts)) / (1 + np.array(counts, np.float64))) + 1
    return Vectoriser(
        terms={term: index for index, term in enumerate(kept_terms)},
        parts={part: index for index, part in enumerate(kept_parts, len(kept_terms))},
        idf=idf.astype(np.float32),
    )


def _counted(found: Ints) -> tuple[Ints, Floats]:
    """Each index once, in order, and how often: np.unique in a third of its time for so few."""
    found.sort()
    new = np.ones(len(found) + 1, bool)
    np.not_equal(found[1:], found[:-1], out=new[1:-1])
    bounds = new.nonzero()[0]
    return found[bounds[:-1]], (bounds[1:] - bounds[:-1]).astype(np.float32)


def _terms(words: list[str]) -> Iterable[str]:
    yield from words
    for left, right in pairwise(words):
        yield f"{left} {right}"


def _parts(word: str) -> list[str]:
    padded = f" {word} "
    return [
        padded[start : start + length]
        for length in _PART_LENGTHS
        for start in range(len(padded) - length + 1)
    ]
