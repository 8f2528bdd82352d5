"""The ages of people at home, as they are typed into one line: "34, 15 and a baby".

Nothing that is typed here may keep somebody from an answer. What is no age is passed over, and
the page says which words those were.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cms.opening_words import listed
from cms.templatetags.cms_display import quoted
from matching.enquiry import Member

MOST_AGES = 20
OLDEST = 120
#: Characters that are read. Twenty ages need far fewer.
_MOST_READ = 500
#: Parts that are quoted as not understood, and the characters of each.
_MOST_QUOTED, _LONGEST_QUOTE = 3, 40

_HOW = (
    f"Type each age as a number up to {OLDEST}, for example 34, 15, 8. "
    "For a baby who is not yet 1, type 0."
)
#: Oldest age of each stage of life, as households are described.
_STAGES = (
    (1, "baby"),
    (11, "child"),
    (17, "young person"),
    (64, "adult"),
    (OLDEST, "older person"),
)

_START = re.compile(rf".{{0,{_MOST_READ}}}(?!\w)", re.DOTALL)
_BABY = r"(?:new[ -]?born(?: baby)?|baby|babies|bump)"
_BABIES = re.compile(rf"\b([2-4]|two|twin|three|four) (?:new ?born )?{_BABY}\b", re.IGNORECASE)
_HOW_MANY = {"two": 2, "twin": 2, "three": 3, "four": 4}
_MONTHS_TOO = re.compile(
    r"\b(\d{1,3}) ?(?:years?|yrs?|y) (?:and )?\d{1,2} ?(?:months?|mths?|m)\b", re.IGNORECASE
)
#: "6 weeks", "18-month-old", "baby of 6 months".
_UNDER_ONE = re.compile(
    rf"(?:\b{_BABY}[ :(]{{1,3}}(?:is |of |aged? )?)?"
    r"\b(\d{1,3})[ -]?(months?|mths?|weeks?|wks?|days?)\b(?:[ -]olds?\b)?"
    rf"(?: {_BABY}\b)?",
    re.IGNORECASE,
)
_A_BABY = re.compile(rf"\b{_BABY}\b", re.IGNORECASE)
#: Numbers that are no ages: "2 kids", "1 adult", "3 of us", "2 x", "year 8".
_NO_AGE = re.compile(
    r"\b\d{1,2} ?(?:kids|children|grandchildren|girls|boys|sons|daughters|adults|parents|teens|"
    r"teenagers|people|others|of us|x)\b"
    r"|\b1 (?:kid|child|girl|boy|son|daughter|adult|parent|teen|teenager|person|other)\b"
    r"|(?<!\d )\b(?:year|yr|y) ?\d{1,2}\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[,;/&+\n]|\b(?:and|plus)\b", re.IGNORECASE)
_AGE = re.compile(r"(\d{1,3})(?:\.\d+|½)?-?(?:years?|yrs?|yo|y)?(?:-?olds?)?", re.IGNORECASE)
_AROUND = ".()[]!?:'\"“”‘’"
#: Words that say nothing of their own.
_FILLER = frozenset(
    "age aged ages year years yr yrs yo old olds a an the is are of in".split()  # noqa: SIM905
)
#: Words that say whose the age beside them is.
_WHOSE = frozenset(
    """i i'm i’m im am me my myself he he's she she's his her him our we who just nearly almost
    mum mam mother dad father parent parents son sons daughter daughters boy boys girl girls child
    children kid kids husband wife partner brother sister nan gran grandma grandad eldest oldest
    youngest teen teenager adult male female m f""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Ages:
    """The people whose ages were read, and what was typed among them that is no age.

    Beside ages that were read, what is not understood may be somebody of any age: then the last
    of `members` has none, so that no service is shut out. `cut`: more was typed than is read.
    """

    members: tuple[Member, ...] = ()
    unread: tuple[str, ...] = ()
    cut: bool = False

    @property
    def note(self) -> str:
        """What to tell the person beside the answer; empty where everything was understood."""
        if not self.unread and not self.cut:
            return ""
        return f"{self._read()}{self._not_understood()}{_HOW}"

    def _read(self) -> str:
        ages = [str(member.age) for member in self.members if member.age is not None]
        if self.cut:
            count = f", {len(ages)} of the ages" * bool(ages)
            return f"That was a lot: we read only the first part{count}. "
        return f"We read the {'age' if len(ages) == 1 else 'ages'} {listed(ages)}. " * bool(ages)

    def _not_understood(self) -> str:
        if not self.unread:
            return ""
        parts = [_short(part) for part in self.unread[:_MOST_QUOTED]]
        more = " and more" * (len(self.unread) > _MOST_QUOTED)
        return f"We did not understand {quoted(parts)}{more}. "


def read_ages(typed: str) -> Ages:
    """Ages as people write them. What is no age is in `unread`; nothing is refused."""
    typed = typed.strip()
    start = _START.match(typed)
    plain = re.sub(r"[^\S\n]+", " ", start[0] if start else "")
    unread = [match[0] for match in _NO_AGE.finditer(plain)]
    ages: list[int] = []
    for part in _BETWEEN.split(_in_years(_NO_AGE.sub(" ", plain))):
        found, others = _read(part)
        ages += found
        unread += others
    if typed and not ages and not unread:
        unread.append(typed)
    cut = len(ages) > MOST_AGES or len(typed) > _MOST_READ
    # Whoever was not read may be of any age.
    anybody = (Member(role="", age=None),) if ages and (unread or cut) else ()
    return Ages(
        members=tuple(_member(age) for age in ages[:MOST_AGES]) + anybody,
        unread=tuple(unread),
        cut=cut,
    )


def _in_years(plain: str) -> str:
    """The same with babies and months as whole years."""
    plain = _BABIES.sub(lambda found: "0 " * _number(found[1]), plain)
    plain = _MONTHS_TOO.sub(r"\1", plain)
    plain = _UNDER_ONE.sub(_whole_years, plain)
    return _A_BABY.sub(" 0 ", plain)


def _number(word: str) -> int:
    return _HOW_MANY.get(word.lower()) or int(word)


def _whole_years(found: re.Match[str]) -> str:
    months = int(found[1]) if found[2].lower().startswith("m") else 0
    return str(months // 12)


def _read(part: str) -> tuple[list[int], list[str]]:
    """The ages between two commas, and the words there that are no age.

    Beside an age, words that say whose it is ("son 15") are understood as well.
    """
    words = [(word, _age(word)) for word in part.split()]
    ages = [age for _, age in words if age is not None]
    known = _FILLER | _WHOSE if ages else _FILLER
    others = [word for word, age in words if age is None and not _is_among(known, word)]
    if not others:
        return ages, []
    return ages, [" ".join(others) if ages else part.strip()]


def _is_among(known: Iterable[str], word: str) -> bool:
    plain = word.strip(_AROUND).lower()
    return not plain or plain in known


def _age(word: str) -> int | None:
    match = _AGE.fullmatch(word.strip(_AROUND))
    return int(match[1]) if match and int(match[1]) <= OLDEST else None


def _member(age: int) -> Member:
    return Member(role=next(role for oldest, role in _STAGES if age <= oldest), age=age)


def _short(part: str) -> str:
    return part if len(part) <= _LONGEST_QUOTE else f"{part[: _LONGEST_QUOTE - 1].rstrip()}…"
