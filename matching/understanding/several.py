"""Few words that name several things ("rent arrears and mum drinks"): each is read by itself.

The networks have learned from stories, in which a need takes a sentence or two; of two things in
ten words they tend to see one. A part that asks for something clearly when it stands alone asks
for it beside others too, unless its words deny it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matching.enquiry import Member
from matching.understanding.asking import SEARCH_WORDS, asked, in_few_words, in_our_words
from matching.understanding.clauses import Clause, denies
from matching.understanding.message import Message, heard
from matching.understanding.model import Model
from matching.understanding.vectorise import words_of

_LISTED = re.compile(r",\s*")
#: White space only from where it begins, or a long run of it takes time with its square.
_JOINING = re.compile(r"(?<!\s)\s+(?:and|also|plus|but|&|\+)\s+", re.IGNORECASE)
#: In so many words things are listed; in more a story is told.
_FEW_WORDS = 15
#: The least chance of a need that a part asks for.
_CLEAR = 0.7
#: And of one word ("bailiffs, damp flat"), which counts between commas alone: beside *and* it names
#: too many things ("mum and dad", "I go to school and work").
_CLEAR_IN_ONE = 0.98
#: The same trouble, by age: who it is told of decides, and that is seen in the whole.
_BY_AGE = (
    frozenset(("adult-mental-health", "youth-mental-health")),
    frozenset(("adults-into-work", "young-people-into-work")),
)


@dataclass(frozen=True, slots=True)
class Named:
    """A need that a part of the message asks for, with its chance, and the part as a message."""

    need: int
    chance: float
    part: Message


def named_apart(
    message: Message, household: Sequence[Member], known: set[str], model: Model
) -> list[Named]:
    """What the parts of a few words ask for beside the needs that are `known`, in their order."""
    if len(words_of(message.text)) > _FEW_WORDS:
        return []
    parts = list(_parts(message.pieces.clauses))
    if len(parts) < 2:
        return []
    found: list[Named] = []
    known = set(known)
    for text in parts:
        named = _named(text, household, model)
        if named and not _is_known(code := model.codes[named.need], known):
            found.append(named)
            known.add(code)
    return found


def _parts(clauses: Sequence[Clause]) -> Iterator[str]:
    """The pieces between joining words; a list under one denial stays as it is."""
    for clause in clauses:
        if denies(clause.text):
            yield clause.text
            continue
        for listed in _LISTED.split(clause.text):
            joined = [part for part in _JOINING.split(listed) if part.strip()]
            if len(joined) == 1:
                yield from joined
            else:
                yield from (part for part in joined if len(words_of(part)) > 1)


def _named(text: str, household: Sequence[Member], model: Model) -> Named | None:
    words = len(words_of(text))
    if denies(text) or not 1 <= words <= SEARCH_WORDS:
        return None
    part = heard(text, household, model)
    if part is None or not in_our_words(part, model):
        return None
    found = asked(part, in_few_words(part, model))
    need = int(found.chances.argmax())
    if not found.shown[need] or found.chances[need] < (_CLEAR if words > 1 else _CLEAR_IN_ONE):
        return None
    return Named(need, float(found.chances[need]), part)


def _is_known(code: str, known: set[str]) -> bool:
    return code in known or any(code in pair and pair & known for pair in _BY_AGE)
