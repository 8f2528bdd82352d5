"""Slips of the finger put right for the readers; what is quoted stays as it was typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from matching.understanding.vectorise import Vectoriser

_WORD = re.compile(r"[^\W\d_]+")
#: Shorter words are too like too many others.
_SHORTEST = 6
#: One letter wrong, missing, too many, or two changed over.
_SLIPS = 1


@dataclass(frozen=True, slots=True)
class Spelling:
    """Known words by first letter and length, each with its rarity (idf)."""

    known: Mapping[str, float]
    shelves: Mapping[tuple[str, int], tuple[str, ...]]

    @classmethod
    def of(cls, vectoriser: Vectoriser) -> "Spelling":
        """The words that were learned from often enough to be in the vocabulary."""
        known = {
            term: float(vectoriser.idf[place])
            for term, place in vectoriser.terms.items()
            if " " not in term
        }
        shelves: dict[tuple[str, int], list[str]] = {}
        for word in known:
            shelves.setdefault((word[0], len(word)), []).append(word)
        return cls(known, {key: tuple(words) for key, words in shelves.items()})

    def put_right(self, text: str) -> str:
        """The text with each unknown long word that is one slip from a known one replaced by it.

        Of several known words the commonest is taken. Everything else is left as it was.
        """
        return _WORD.sub(lambda match: self._word(match[0]), text)

    def _word(self, word: str) -> str:
        plain = word.lower()
        if len(plain) < _SHORTEST or plain in self.known:
            return word
        from rapidfuzz.distance import OSA

        likely = [
            other
            for length in range(len(plain) - _SLIPS, len(plain) + _SLIPS + 1)
            for other in self.shelves.get((plain[0], length), ())
            if OSA.distance(plain, other, score_cutoff=_SLIPS) <= _SLIPS
        ]
        return min(likely, key=lambda other: (self.known[other], other), default=word)
