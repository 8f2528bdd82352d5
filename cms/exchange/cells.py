"""What one cell holds: how it is compared, guarded against formulas, and read as a value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rapidfuzz import fuzz, process

#: A page as its revision keeps it: names of fields and relations with JSON values.
Content = dict[str, Any]

#: As many characters as a cell of a spreadsheet holds; spreadsheets cut what is longer.
CELL_LIMIT = 32_767
#: The most that a text may have, with room for the guard before it.
TEXT_LIMIT = 32_000

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
#: What a spreadsheet would take for a formula, or for the name of an error.
_FORMULA = re.compile(r"[\s']*(?:[=+\-@＝＋－＠]|#[A-Z/0]+[!?A]\s*$)")
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
_YES = frozenset({"yes", "y", "true", "1", "x"})
_NO = frozenset({"no", "n", "false", "0", ""})


class CellRefused(ValueError):
    """A cell that cannot be taken; the text says what to write instead."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one column of a row. `column` is empty if it is the row as a whole."""

    column: str
    message: str


def plain(text: str) -> str:
    """A text as it is compared and kept: one kind of line end, nothing invisible around it."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def has_control_characters(text: str) -> bool:
    """Whether a text holds characters that no form would send, null among them."""
    return _CONTROL.search(text) is not None


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before what looks so."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text without the apostrophe that `guarded` put before it. The two undo each other."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def yes_no(value: Any) -> str:
    return "yes" if value else "no"


def as_yes_no(text: str) -> bool:
    word = text.casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellRefused(f"'{_short(text)}' is neither yes nor no.")


def as_whole(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,4}(\.0+)?", text):
        raise CellRefused(f"'{_short(text)}' is not a whole number from 0 to 9999.")
    return int(float(text))


def as_decimal(text: str) -> float | None:
    if not text:
        return None
    if not re.fullmatch(r"-?[0-9]{1,3}([.,][0-9]+)?", text):
        raise CellRefused(f"'{_short(text)}' is not a number such as 52.3765.")
    return float(text.replace(",", "."))


def as_date(text: str) -> str | None:
    """The date in ISO form."""
    if not text:
        return None
    for form in _DATES:
        try:
            found: date = datetime.strptime(text, form).date()
        except ValueError:
            continue
        return found.isoformat()
    raise CellRefused(f"'{_short(text)}' is not a date. Write it as 2026-11-26 or as 26/11/2026.")


def as_text(text: str, limit: int | None) -> str:
    limit = limit or TEXT_LIMIT
    if len(text) > limit:
        raise CellRefused(f"Keep it to {limit:,} characters: it has {len(text):,}.")
    return text


def as_codes(text: str, known: Mapping[str, str], what: str) -> list[str]:
    """Codes with semicolons between, each once. `known`: names by code; `what`: "a need"."""
    codes = [part.strip() for part in re.split(r"[;,\n]", text) if part.strip()]
    unknown = [code for code in codes if code not in known]
    if unknown:
        raise CellRefused(" ".join(_unknown(code, known, what) for code in unknown[:5]))
    return list(dict.fromkeys(codes))


def as_choice(text: str, labels: Mapping[str, str]) -> str:
    """The value whose label, or which itself, was written. `labels`: labels by value."""
    for value, label in labels.items():
        if text.casefold() in (value.casefold(), label.casefold()):
            return value
    raise CellRefused(f"'{_short(text)}' is none of: {'; '.join(labels.values())}.")


def closest(text: str, choices: list[str]) -> str | None:
    """The choice that was probably meant."""
    found = process.extractOne(
        text.casefold()[:100],
        choices,
        scorer=fuzz.WRatio,
        processor=lambda choice: choice.casefold(),
        score_cutoff=70,
    )
    return found[0] if found else None


def _unknown(code: str, known: Mapping[str, str], what: str) -> str:
    words = {f"{one} ({name})": None for one, name in known.items()}
    by_word = {one: f"{one} ({name})" for one, name in known.items()}
    by_word |= {name: f"{one} ({name})" for one, name in known.items()}
    meant = closest(code, list(by_word) or list(words))
    hint = f" Did you mean {by_word[meant]}?" if meant else ""
    return f"'{_short(code)}' is not the code of {what}.{hint}"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
