"""Ages as people write them: "eldest (15)", "her 15yo", "Y8", "17M", "5/12", "im 15", "retired"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matching.understanding.clauses import normalise
from matching.understanding.pattern_set import PatternSet

#: Nobody is older, in years; larger numbers are house numbers and money.
OLDEST = 110
_LAST_PRIMARY_YEAR = 6

_UNITS = """
    nought one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen
""".split()  # noqa: SIM905
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NUMBERS = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * value for value, word in enumerate(_TENS, 2)
}
_NUMBER = (
    r"(?:\d{1,3}|(?:" + "|".join(_TENS) + r")(?:[- ](?:" + "|".join(_UNITS[1:10]) + r"))?|"
    r"(?:" + "|".join(_UNITS[1:]) + r"))"
)
_NOT_AN_AGE = (
    r"(?!\s*(?:st|nd|rd|th|am|pm|%|weeks?|wks?|days?|hours?|hrs?|minutes?|mins?|months?|mths?|"
    r"miles?|stone|st|foot|ft|pounds?|quid|k|times|of|per|in|out|more|other|doors?|bed|percent)\b)"
    r"(?![\d.,:/%]\d)(?!\s*(?:%|£))"
)
_WRITTEN = re.compile(
    rf"\b(?P<months>{_NUMBER})[- ]?(?:months?|mths?|mos?)[- ]?(?:old|baby)\b"
    rf"|\b(?P<twelfths>\d{{1,2}})/12\b(?!\s*/|/)"
    rf"|\b(?P<weeks>{_NUMBER})[- ]?(?:weeks?|wks?|days?)[- ]?(?:old|baby)\b"
    rf"|\b\d{{1,2}}/52(?P<weekly>)\b"
    rf"|\b(?P<years>{_NUMBER})[- ]?(?:years?|yrs?|yr)[- ]?(?:olds?|of age)\b"
    rf"|\b(?P<short>\d{{1,3}})\s?y/?os?\b"
    rf"|\baged?\s(?P<aged>{_NUMBER})\b"
    rf"|\b(?:i'?m|i am|he'?s|she'?s|he is|she is|who'?s|is only|just turned|turned|turns|turning|"
    rf"i'm now|only|age|just)\s(?:just\s|only\s|nearly\s|now\s|about\s)?"
    rf"(?P<is>{_NUMBER})\b{_NOT_AN_AGE}"
    rf"(?=\s*(?:$|[.,;:)!?–—-]|and\b|but\b|with\b|years?\b|so\b|now\b|on\b|at\b|next\b|this\b))"
    rf"|\((?P<bracket>\d{{1,2}}(?:\s?(?:,|and|&|/)\s?\d{{1,2}})*)\)"
    rf"|\b(?:mum|mam|dad|son|daughter|lad|girl|boy|sons|boys|girls|children|kids|ch|eldest|oldest|"
    rf"youngest|brother|sister|nan|gran|grandad|husband|wife|partner|client|patient|tenant|mr|mrs)"
    rf",?\s(?:of\s|is\s|are\s|who is\s|was\s|now\s|aged\s)?"
    rf"(?P<person>{_NUMBER}(?:\s?(?:,|and|&)\s?{_NUMBER})*)\b{_NOT_AN_AGE}(?=\s*(?:$|[.,;:)!?–—-]|and\b|with\b|who\b|is\b|has\b|not\b|but\b))"
    rf"|\b(?:year|yr|y)\s?(?P<school>1[0-3]|[1-9])\b(?!\s*(?:ago|old|on|later|contract|sentence|wait))(?!\s?/)"
    rf"|\b(?:in (?:his|her|my|their|the)|early|mid|late)[- ](?P<decade>\d0)'?s\b"
)
_SEXED = re.compile(
    r"(?<![\w£/])(?:(?P<after>\d{1,2})\s?[MF]"
    # "20M from school" is a distance.
    r"(?!\s(?i:from|away|high|tall|wide|long|deep|of)\b)"
    # "The M11", "off the M25" and "M6 northbound" are roads; "flat F2" and "form F16" are no women.
    r"|(?<!\b(?i:the) )(?<!\b(?i:off) )(?<!\b(?i:via) )(?<!\b(?i:along) )(?<!\b(?i:on) )"
    r"(?<!\b(?i:near) )(?<!\b(?i:down) )(?<!\b(?i:bus) )(?<!\b(?i:form) )(?<!\b(?i:flat) )"
    r"(?<!\b(?i:room) )(?<!\b(?i:unit) )[MF](?P<before>\d{1,2})"
    r"(?!\s(?i:motorway|junction|corridor|(?:north|south|east|west)bound)\b))(?![\w/])"
)
#: The reception class; "15 yr old", "a 2 yr lease", "YR 10", "last YR" and "MY SON IS NINE YR OLD"
#: are not.
_RECEPTION = re.compile(
    r"(?<![\w-])(?<!\d )(?<!\b(?i:a) )(?<!\b(?i:per) )(?<!\b(?i:last) )(?<!\b(?i:next) )"
    r"(?<!\b(?i:this) )(?<!\b(?i:each) )(?<!\b(?i:every) )YR(?![\w-])"
    r"(?!\s?\d)(?!\s(?i:olds?|of age|ago)\b)"
)
_SAID = (
    r"\b(?:(?P<infant>new ?born|baby|babies|infant)|(?P<toddler>toddlers?)"
    r"|(?P<teen>teen(?:age)?(?:r|rs|d)?|adolescent)"
    r"|(?P<old>retired|pensioners?|elderly|old age|dementia|care home)"
    r"|(?P<reception>reception (?:class|child|year|boy|girl|pupil)|in reception|(?:year|yr) r))\b"
)
_SAID_OF_A_PERSON = re.compile(_SAID + r"(?!\s*(?:room|shower|bank|clothes|weight))")
#: What every way of writing an age has something of; most sentences have nothing.
_HINTS = PatternSet((r"\d", rf"\b(?:{'|'.join(_NUMBERS)})", r"\byr", _SAID))
#: Years that stand for a word.
_MEANT = {"infant": 0, "toddler": 2, "teen": 14, "old": 72, "reception": 4}


@dataclass(frozen=True, slots=True)
class Age:
    """An age written at `start:end` of the text. `years` whole; `said`: in words, not exactly."""

    years: int
    start: int
    end: int
    said: bool = False


def ages_in(text: str) -> list[Age]:
    """Every age that the words give, in the order of the text."""
    plain = normalise(text)
    if not _HINTS.found_in(plain).any():
        return []
    found = [
        Age(years, match.start(), match.end())
        for match in _WRITTEN.finditer(plain)
        for years in _years(match)
        if years <= OLDEST
    ]
    # Only their capitals tell M and F from metres and the like, and the class YR from a year.
    found += [
        Age(int(match["after"] or match["before"]), match.start(), match.end())
        for match in _SEXED.finditer(text)
    ]
    if not text.isupper():
        found += [
            Age(_MEANT["reception"], match.start(), match.end(), said=True)
            for match in _RECEPTION.finditer(text)
        ]
    found += [
        Age(_MEANT[match.lastgroup or ""], match.start(), match.end(), said=True)
        for match in _SAID_OF_A_PERSON.finditer(plain)
    ]
    return sorted(found, key=lambda age: (age.start, age.years))


def _years(match: re.Match[str]) -> Iterator[int]:
    kind = match.lastgroup
    if kind is None:
        return
    written = match[kind]
    if kind in ("weeks", "weekly"):
        yield 0
    elif kind in ("months", "twelfths"):
        yield _number(written) // 12
    elif kind == "school":
        # A child turns n + 5 in school year n; most primary pupils are written about before.
        yield int(written) + (4 if int(written) <= _LAST_PRIMARY_YEAR else 5)
    elif kind == "decade":
        yield int(written) + 5
    else:
        for part in re.split(r"\s*(?:,|&|/|\band\b)\s*", written):
            yield _number(part)


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    return sum(_NUMBERS.get(part, 0) for part in re.split(r"[- ]", written))
