"""Whether a text says where a confidential site is: its number and street, or its whole postcode.

Hiding a site empties the fields for its address. What somebody has written into a sentence, "Come
to 7 Quill Yard", stays where it is; it is found here, so that it can be refused.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from directory.geography.postcodes import read_whole

#: What to do about it. It names no address, for not everybody who reads it may know one.
ASK = (
    "This says the address of a confidential site, so everybody would know it. Take the street "
    "and the postcode out: write the town only, or how people can ask for the address."
)

#: Kinds of street, each in one short form: people write both.
_SHORT = {
    "avenue": "ave", "av": "ave", "close": "cl", "court": "ct", "crescent": "cres", "drive": "dr",
    "gardens": "gdns", "grove": "gr", "lane": "ln", "place": "pl", "road": "rd", "square": "sq",
    "street": "st", "saint": "st", "terrace": "terr", "tce": "terr", "yard": "yd",
}  # fmt: skip
_KINDS = frozenset(_SHORT.values())
_APOSTROPHES = re.compile("['’‘`]")
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+[a-z]?")


@dataclass(frozen=True, slots=True)
class WrittenOut:
    """What gives confidential sites away, in the words of `_plain`. False if nothing would."""

    streets: frozenset[str]
    postcodes: frozenset[str]

    @classmethod
    def of(cls, addresses: Iterable[Mapping[str, Any]]) -> "WrittenOut":
        """`addresses`: what confidential sites say of where they are."""
        known = list(addresses)
        return cls(
            frozenset(s for one in known for s in _streets(str(one.get("address_1") or ""))),
            frozenset(p for one in known for p in _postcodes(str(one.get("postal_code") or ""))),
        )

    def __bool__(self) -> bool:
        return bool(self.streets or self.postcodes)

    def in_text(self, text: str) -> bool:
        """Whether a text says a street or a postcode of them."""
        words = _plain(text)
        return any(secret in words for secret in (*self.streets, *self.postcodes))

    def is_at(self, site: Mapping[str, Any]) -> bool:
        """Whether another site is in the same street, at the same number and postcode."""
        street = _plain(str(site.get("address_1") or ""))
        postcode = _plain(str(site.get("postal_code") or ""))
        return any(one in street for one in self.streets) and any(
            one in postcode for one in self.postcodes
        )

    def fields(self, texts: Mapping[str, Any]) -> list[str]:
        """The names of those texts that say where a confidential site is."""
        return [
            name for name, text in texts.items() if isinstance(text, str) and self.in_text(text)
        ]


def _plain(text: str) -> str:
    """The words of a text with a space around each: no capitals, marks or long forms."""
    text = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text).casefold())
    return f" {' '.join(_SHORT.get(word, word) for word in _WORD.findall(text))} "


def _streets(line: str) -> Iterator[str]:
    """Number and name of the street in a line of an address; without a number, the whole line.

    One word without a number, such as "Library", is no address that could be told from others.
    """
    found = [street for part in _parts(line) for street in _numbered(part)]
    if not found and len(words := _plain(line).split()) > 1:
        found = [words]
    for street in found:
        yield f" {' '.join(street)} "


def _parts(line: str) -> list[list[str]]:
    """What stands between the commas; a number with a comma after it belongs to what follows."""
    parts: list[list[str]] = []
    for part in re.split(r"[,;\n]", line):
        words = _plain(part).split()
        if not words:
            continue
        if parts and _NUMBER.fullmatch(parts[-1][-1]) and not _NUMBER.fullmatch(words[0]):
            parts[-1] += words
        else:
            parts.append(words)
    return parts


def _numbered(words: list[str]) -> Iterator[list[str]]:
    """Each number before the name of the street, with the name: "7-9 Quill Yard" has two."""
    numbers = [place for place, word in enumerate(words) if _NUMBER.fullmatch(word)]
    if not numbers or numbers[-1] == len(words) - 1:
        return
    last = numbers[-1]
    name = words[last + 1 :]
    kind = next((n for n, word in enumerate(name) if n and word in _KINDS), len(name))
    while numbers and numbers[-1] == last:
        yield [words[numbers.pop()], *name[: kind + 1]]
        last -= 1


def _postcodes(text: str) -> Iterator[str]:
    """A whole postcode, written in one word and in two."""
    whole = next((reading for reading in read_whole(text) if reading.full), None)
    if whole is not None:
        yield _plain(whole.key)
        yield _plain(whole.name)
