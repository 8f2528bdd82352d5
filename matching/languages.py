"""Messages in other languages: recognised and said, never read as if they were English."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_ENGLISH = "en"
#: How much likelier (log-odds) than English another language must be. Of the 20,000 English
#: phrases and notes that the matcher learns from none is above 18; five words of Polish are at 80.
_SURELY = 25.0
#: A long message is judged by so many characters from its beginning.
_ENOUGH = 2_000


@dataclass(frozen=True, slots=True)
class Language:
    """A language that is not English: `name` in English; `say` in itself, or empty."""

    code: str
    name: str
    say: str


def other_language(text: str) -> Language | None:
    """The language that a text is mostly in; None for English and for too few words to tell."""
    scores = dict(_identifier().rank(text[:_ENOUGH]))
    likeliest = max(scores, key=lambda code: scores[code])
    if scores[likeliest] - scores[_ENGLISH] < _SURELY:
        return None
    return languages()[str(likeliest)]


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
