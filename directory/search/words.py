"""The words of a text, the same for every engine and for what it is asked."""

import re
import unicodedata
from functools import cache
from pathlib import Path

#: A longer word is cut: it is no word, and an index has limits of its own.
LONGEST = 40

_STOPWORDS = Path(__file__).parent / "stopwords.txt"
_WORD = re.compile(r"[^\W_]+")
#: For plain English, three times quicker than to look for words: everything else is a space.
_PLAIN = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}


@cache
def stopwords() -> frozenset[str]:
    """Words that tell nothing about a service.

    All that PostgreSQL's English passes over are among them, so that no engine finds by a word
    what another does not.
    """
    return frozenset(_STOPWORDS.read_text(encoding="utf-8").split())


def tokens(text: str) -> list[str]:
    """Every word of `text` in order, without case and accents: letters and digits only.

    tokens("The Café's carers’ club") == ["the", "cafe", "s", "carers", "club"]
    """
    found = text.translate(_PLAIN).split() if text.isascii() else _WORD.findall(_folded(text))
    if max(map(len, found), default=0) <= LONGEST:
        return found
    return [word[:LONGEST] for word in found]


def words(text: str, limit: int = 6) -> list[str]:
    """The telling words of `text`, the longest `limit` of them: long words are the rarer ones.

    The cost of a query grows with its words, and a story has many.
    """
    found = dict.fromkeys(
        word for word in tokens(text) if word not in stopwords() and len(word) < LONGEST
    )
    return sorted(found, key=lambda word: (-len(word), word))[:limit]


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    marks = {ord(char): None for char in set(apart) if unicodedata.combining(char)}
    return (apart.translate(marks) if marks else apart).casefold()
