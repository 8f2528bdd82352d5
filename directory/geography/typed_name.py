"""Taking apart a typed place without a postcode: "12 High Street, Roydon nr Diss, Norfolk".

Each stretch between commas, brackets and "near" gives up the names that end it; what is left of
it is other words, which are harmless in an address and a doubt anywhere else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from directory.geography.gazetteer import Gazetteer
from directory.geography.names import name_key

_BETWEEN = re.compile(r"[,;:()\[\]/\\|]|\b(?:near|nr|close to|outside)\b", re.IGNORECASE)

_IDLE_WORDS = """
a an and area at based born by centre center city district from gb i im in is it just live lives
living my now of on parish place staying the town uk united kingdom village we were
"""
_ADDRESS_WORDS = """
avenue ave barn barns caravan close cottage cottages court crescent drive estate farm flat gardens
green grove hall hill house lane ln lodge loke manor market mill mount park parade path place rd
rectory rise road row school square st street terrace unit vicarage view walk way yard
"""
_STREET_WORDS = "avenue ave close drive lane ln loke rd road row st street way"

#: Words that say nothing about where.
_IDLE = frozenset(_IDLE_WORDS.split())
#: Words that make other words a street or a house, which is not looked up.
_ADDRESS = frozenset(_ADDRESS_WORDS.split())
#: Endings that make a settlement's name a street when a number stands before it.
_STREET = frozenset(_STREET_WORDS.split())


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of what was typed, as a key. `address`: other words that name a street or house."""

    kind: Literal["settlement", "area", "other"]
    key: str
    address: bool = False


def is_street(key: str) -> bool:
    """Whether a settlement's name is one that streets have too ("High Street")."""
    return key.split()[-1] in _STREET


def parts_of(text: str, names: Gazetteer) -> list[Part]:
    """The pieces of a typed place, in order; words that say nothing are left out."""
    return [part for stretch in _BETWEEN.split(text) for part in _stretch(name_key(stretch), names)]


def _stretch(key: str, names: Gazetteer) -> list[Part]:
    parts = list(_peeled(key.split(), names))[::-1]
    other = next((part for part in parts if part.kind == "other"), None)
    if other is None or other.address:
        return parts
    for wrong in dict.fromkeys((key, other.key)):
        right = names.corrected(wrong)
        if right:
            rest = [] if wrong == key else [part for part in parts if part is not other]
            return [Part("settlement", right), *rest]
    return parts


def _peeled(words: list[str], names: Gazetteer) -> Iterator[Part]:
    """The parts of a stretch, last first: the longest name that ends it, then what precedes."""
    while words:
        for start in range(max(0, len(words) - names.longest), len(words)):
            key = " ".join(words[start:])
            numbered = is_street(key) and any(not word.isalpha() for word in words[:start])
            if names.named(key) and not numbered:
                yield Part("settlement", key)
            elif names.areas_named(key):
                yield Part("area", key)
            elif not names.is_country(key) and not (start == len(words) - 1 and key in _IDLE):
                continue
            words = words[:start]
            break
        else:
            telling = [word for word in words if word not in _IDLE]
            address = any(word in _ADDRESS or not word.isalpha() for word in words)
            if telling or address:
                yield Part("other", " ".join(words), address)
            return
