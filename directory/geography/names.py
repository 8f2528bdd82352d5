"""Names of places as they are compared: without case, accents, punctuation or spelling of Saint."""

import re
import unicodedata

#: Characters of what somebody typed that are looked at. The longest address is shorter.
LONGEST = 300

_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_BREAKS = re.compile(r"[\r\n\v\f\u2028\u2029]+")
_WORDS = re.compile(r"[a-z0-9]+")
_SAME = {"saint": "st", "gt": "great", "lt": "little"}


def cleaned(text: str) -> str:
    """What was typed, at most `LONGEST` characters, on one line, without control characters."""
    text = _BREAKS.sub(", ", text.strip()[: 2 * LONGEST])
    text = unicodedata.normalize("NFKC", text)[: 2 * LONGEST]
    text = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(text.split())[:LONGEST]


def name_key(text: str) -> str:
    """The form under which names are stored and looked up; empty without letters and digits.

    name_key("St. Olave’s") == name_key("saint olaves") == "st olaves"
    """
    text = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).replace("&", " and "))
    text = text.encode("ascii", "ignore").decode().casefold()
    return " ".join(_SAME.get(word, word) for word in _WORDS.findall(text))
