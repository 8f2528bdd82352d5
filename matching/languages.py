"""Messages in other languages: recognised and said, never read as if they were English."""

import tomllib
from collections.abc import Container
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from matching.understanding.vectorise import words_of

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_ENGLISH = "en"
#: How much likelier (log-odds) than English another language must be. Of the 20,000 English
#: phrases and notes that the matcher learns from none is above 18; five words of Polish are at 80.
_SURELY = 25.0
#: The same for words of which the matcher knows few or none, as three words of Spanish: of the
#: phrases and notes that it learns from, those above it have half of their words known or more.
_SURELY_UNKNOWN, _FEW_KNOWN = 14.5, 0.34
#: Where this share of the words is known the text is English, whatever names are in it.
_KNOWN_SHARE = 0.5
#: Shorter words are the same in too many languages.
_TELLING = 3
#: So many words without a capital, in figures or letters, are judged by themselves.
_SENTENCE = 2
#: A long message is judged by so many characters from its beginning.
_ENOUGH = 2_000


@dataclass(frozen=True, slots=True)
class Language:
    """A language that is not English: `name` in English; `say` in itself, or empty."""

    code: str
    name: str
    say: str


def other_language(text: str, known: Container[str] = ()) -> Language | None:
    """The language that a text is mostly in; None for English and for too few words to tell.

    `known`: words that the matcher has learned, all of them English.
    """
    scores = dict(_identifier().rank(_without_names(text[:_ENOUGH])))
    likeliest = max(scores, key=lambda code: scores[code])
    surplus = scores[likeliest] - scores[_ENGLISH]
    if surplus < _SURELY_UNKNOWN:
        return None
    share = known_share(text[:_ENOUGH], known)
    if share >= _KNOWN_SHARE or (surplus < _SURELY and (not known or share > _FEW_KNOWN)):
        return None
    return languages()[str(likeliest)]


def known_share(text: str, known: Container[str]) -> float:
    """The share of the words of some length that are among the `known`; 0 without such words."""
    words = [word for word in words_of(text) if len(word) >= _TELLING]
    return sum(word in known for word in words) / max(1, len(words))


def _without_names(text: str) -> str:
    """The text without what begins with a capital: a Polish name is no Polish sentence."""
    rest = [word for word in text.split() if not word[:1].isupper()]
    return " ".join(rest) if len(rest) >= _SENTENCE else text


@cache
def languages() -> dict[str, Language]:
    """The languages of languages.toml, by code."""
    with (Path(__file__).parent / "languages.toml").open("rb") as file:
        table = tomllib.load(file)
    return {
        code: Language(code, entry["name"], entry.get("say", "")) for code, entry in table.items()
    }


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([*languages(), _ENGLISH])
    return identifier
