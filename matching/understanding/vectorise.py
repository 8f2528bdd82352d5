"""TF-IDF over words and parts of words, in plain numpy and dictionaries."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each known term and each known part of words occurs, by vocabulary index."""

    terms: Counter[int]
    parts: Counter[int]


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

    @property
    def size(self) -> int:
        return len(self.idf)

    def __call__(self, text: str) -> Vector:
        return self.weigh(self.count(text))

    def count(self, text: str) -> Counts:
        words = words_of(text)
        terms, parts = self.terms, self.parts
        return Counts(
            Counter([terms[term] for term in _terms(words) if term in terms]),
            Counter([parts[part] for part in _parts(words) if part in parts]),
        )

    def weigh(self, counts: Counts) -> Vector:
        terms, parts = counts.terms, counts.parts
        indices = np.fromiter((*terms, *parts), np.int32, len(terms) + len(parts))
        times = np.fromiter((*terms.values(), *parts.values()), np.float32, len(indices))
        values = (1.0 + np.log(times)) * self.idf[indices]
        for block in (values[: len(terms)], values[len(terms) :]):
            if block.size:
                block /= np.sqrt(np.dot(block, block))
        return Vector(indices, values.astype(np.float32, copy=False))


def merged(counts: Sequence[Counts]) -> Counts:
    """The counts of several pieces together, as if they were one text."""
    if len(counts) == 1:
        return counts[0]
    terms: Counter[int] = Counter()
    parts: Counter[int] = Counter()
    for count in counts:
        terms.update(count.terms)
        parts.update(count.parts)
    return Counts(terms, parts)


def fit(texts: Sequence[str], fewest: int = 2) -> Vectoriser:
    """A vocabulary of what occurs in at least `fewest` of `texts`, in alphabetical order."""
    terms: Counter[str] = Counter()
    parts: Counter[str] = Counter()
    for text in texts:
        words = words_of(text)
        terms.update(set(_terms(words)))
        parts.update(set(_parts(words)))
    kept_terms = sorted(term for term, count in terms.items() if count >= fewest)
    kept_parts = sorted(part for part, count in parts.items() if count >= fewest)
    counts = [terms[term] for term in kept_terms] + [parts[part] for part in kept_parts]
    idf = np.log((1 + len(texts)) / (1 + np.array(counts, np.float64))) + 1
    return Vectoriser(
        terms={term: index for index, term in enumerate(kept_terms)},
        parts={part: index for index, part in enumerate(kept_parts, len(kept_terms))},
        idf=idf.astype(np.float32),
    )


def _terms(words: list[str]) -> Iterable[str]:
    yield from words
    for left, right in pairwise(words):
        yield f"{left} {right}"


def _parts(words: list[str]) -> Iterable[str]:
    for word in words:
        padded = f" {word} "
        for length in _PART_LENGTHS:
            for start in range(len(padded) - length + 1):
                yield padded[start : start + length]
