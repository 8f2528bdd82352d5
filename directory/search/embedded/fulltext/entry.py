"""What the full-text index says of a listing, and what it is asked: the same in every database."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.geography.coverage import place_tokens
from directory.search.document import coverage_tokens
from directory.search.engine import NumberedRecord
from directory.search.query import Query
from directory.search.words import tokens, words

#: Characters of one text that are indexed. PostgreSQL takes no more than a megabyte of words.
_LONGEST = 100_000
#: Words of a name that somebody is typing which are looked at.
_MOST_TYPED = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A listing in the index. The texts are words with spaces between, folded.

    `reach`: coverage tokens; `codes`: needs; `title`: how it is shown to somebody who is typing.
    """

    listing_id: int
    name: str
    needs: str
    organization: str
    summary: str
    description: str
    reach: tuple[str, ...]
    codes: tuple[str, ...]
    title: str
    url: str

    @property
    def title_words(self) -> str:
        """The words by which `title` is completed."""
        return f"{self.name} {self.organization}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query asks of the index: any of `words` and, where given, any of each of the others.

    `reach`: coverage tokens of the place; `codes`: needs.
    """

    words: tuple[str, ...]
    reach: tuple[str, ...]
    codes: tuple[str, ...]
    limit: int


@dataclass(frozen=True, slots=True)
class Typed:
    """A name that somebody is typing: its `whole` words and the one that may be unfinished."""

    whole: tuple[str, ...]
    begun: str


def entry_of(numbered: NumberedRecord, need_words: Mapping[str, str]) -> Entry:
    """The entry of a listing. `need_words`: for each code or slug, what people call the need."""
    listing_id, record = numbered
    codes = tuple(need.code for need in record.needs)
    spoken = (need_words.get(code, code) for code in (*codes, *record.presented_needs))
    return Entry(
        listing_id=listing_id,
        name=_folded(record.name),
        needs=_folded(" . ".join(spoken)),
        organization=_folded(record.organization.name),
        summary=_folded(record.summary),
        description=_folded(record.description),
        reach=coverage_tokens(record),
        codes=codes,
        title=f"{record.name} ({record.organization.name})",
        url=record.url,
    )


def asked(query: Query) -> Asked | None:
    """What `query` asks of the index; None if it has no telling word."""
    telling = words(query.text)
    if not telling:
        return None
    # Without a place the token would be one that every entry has.
    reach = place_tokens(query.place) if query.place.located else ()
    return Asked(tuple(telling), reach, query.needs, query.limit)


def typed(prefix: str) -> Typed | None:
    """What was typed of a name; None if there is no word in it."""
    found = tokens(prefix)[:_MOST_TYPED]
    return Typed(tuple(found[:-1]), found[-1]) if found else None


def _folded(text: str) -> str:
    return " ".join(tokens(text[:_LONGEST]))
