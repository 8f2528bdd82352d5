"""Words of danger, read from danger_words.toml, found in a text as columns of the danger model."""

import re
import tomllib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.understanding.ages import ages_in
from matching.understanding.clauses import normalise
from matching.understanding.pattern_set import PatternSet

_FILE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_LISTS: dict[str, list[str]] = _FILE["groups"]
_TOGETHER: list[tuple[str, str]] = [(left, right) for left, right in _FILE["together"]]
GROUPS: tuple[str, ...] = tuple(_LISTS)
_PATTERNS = {group: rf"\b(?:{'|'.join(words)})\b" for group, words in _LISTS.items()}
DANGER_WORDS = PatternSet(_PATTERNS.values())
#: Ages that matter to danger, in years, low ≤ age < high.
_AGES = ((0, 1), (1, 5), (5, 11), (11, 16), (16, 18), (18, 65), (65, 200))
_BASE = len(GROUPS) + len(_AGES)
_LEFT = np.array([GROUPS.index(left) for left, _ in _TOGETHER])
_RIGHT = np.array([GROUPS.index(right) for _, right in _TOGETHER])
#: Columns of `flags_of`.
WIDTH = _BASE + len(_TOGETHER)


def danger_flags(text: str) -> NDArray[np.float32]:
    """(groups + bands of age,) 0/1: what is found in `text`; the flags of two texts add by max."""
    years = [age.years for age in ages_in(text)]
    ages = [any(low <= year < high for year in years) for low, high in _AGES]
    return np.concatenate([DANGER_WORDS.found_in(normalise(text)), np.array(ages, np.float32)])


def flags_of(found: NDArray[np.float32]) -> NDArray[np.float32]:
    """(…, WIDTH): what was found, and which groups were found together."""
    together = found[..., _LEFT] * found[..., _RIGHT]
    return np.concatenate([found, together], axis=-1)


def words_found(text: str, group: str) -> str:
    """The first words of `text` that belong to `group`, as they were written; "" if none."""
    match = re.search(_PATTERNS[group], normalise(text))
    return text[match.start() : match.end()] if match else ""
