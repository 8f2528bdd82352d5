"""Cutting what somebody wrote into clauses that keep their place in the original words."""

import re
from dataclasses import dataclass

#: A clause of a comma list needs this many words on either side to stand alone.
_FEWEST_WORDS = 3
#: Writing without punctuation is cut at joining words from this many words on.
_LONG = 12
#: No clause is longer, in words: what comes without any break is cut here.
_LONGEST = 40
#: In a text of so few words a comma after a denial parts, unless a list goes on after it.
_FEW = 12
#: Characters looked at on either side of a comma.
_WINDOW = 160

_SAME_LENGTH = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "\u00a0": " ", "\u200b": " "}
    | {chr(code): " " for code in range(32) if chr(code) not in "\n"}
)
#: Mark-up, and no more: in "earns <minimum wage, hours >40" and "<3" there is none.
_TAG = re.compile(
    r"</?(?:a|b|br|div|em|font|h[1-6]|hr|i|img|li|ol|p|script|span|strong|style|table|tbody|td|th|tr"
    r"|u|ul|body|html|head|input|form|iframe|svg|object|link|meta)(?=[\s/>])[^<>]{0,300}>"
    r"|<!--[^<>]{0,300}>"
)
#: White space, only from where it begins: tried again at each blank of a long run, it would take
#: time with the square of the length. The same holds for dots and commas.
_BLANK = r"(?<!\s)\s+"
_ABBREVIATION = re.compile(
    r"(?:^|[^\w])(?:mr|mrs|ms|dr|st|rd|prof|rev|eg|ie|e\.g|i\.e|etc|approx|inc|no|vs|yrs?|mths?"
    r"|wks?|hrs?|ref|dob|tel|[a-z])$"
)
_STRONG = re.compile(
    r"(?P<stop>(?<![.!?…])[.!?…]+[\"')\]]*(?=\s|$))"
    rf"|(?P<line>(?:{_BLANK})?\n\s*(?:[-*•]\s+)?)"
    rf"|(?P<mark>(?:{_BLANK})?[;—•|]\s*|{_BLANK}[-–—]+\s+)"
)
_WEAK = re.compile(
    r"(?P<comma>(?<!,),+\s+)"
    rf"|{_BLANK}(?=(?:but|although|whereas|however)\s)"
    rf"|{_BLANK}(?=and\s+(?:i|i'm|im|i've|ive|he|he's|hes|she|she's|shes|they|they're|theyre|we|we're"
    r"|we've|weve|mum|dad|my|his|her|our|there's|theres|no|not|nobody)\s)"
)
_JOIN = re.compile(
    rf"{_BLANK}(?=(?:and|i|i'm|im|i've|ive|he|he's|hes|she|she's|shes|they|we|we're|we've|weve|my|also)\s)"
)
_DENIAL_LIST = re.compile(
    r"^\W*(?:no|nil|not|never|neither|nor|without|denies|denied|deny|don't|dont|isn't|isnt|nothing|"
    r"aren't|haven't|havent|doesn't|doesnt|hasn't|hasnt|nobody|none|checked|asked)\b|"
    r"\b(?:no|nil|denies|denied|neither|without|ruled out|not)(?:\s+\w+){0,3}$"
)
_DENIAL = re.compile(
    r"^\W*(?:but\s+|and\s+|though\s+|although\s+)?(?:no|nil|not|never|nobody|none|without|denies|"
    r"denied|isn't|isnt|aren't|arent|doesn't|doesnt|hasn't|hasnt|haven't|havent|don't|dont|won't|"
    r"wont)\b"
)
_LIST_GOES_ON = re.compile(r"\b(?:or|nor|and)\b|,")
_STANDS_ALONE = re.compile(
    r"^\W*(?:but|and|or)?\s*(?:i|i'm|im|i've|ive|i'd|he|he's|hes|she|she's|shes|they|they're|we|we're|we've|it|it's|"
    r"its|there|there's|mum|dad|my|his|her|their|our|the|no|not|nil|never|but|though|who|which|"
    r"now|says|said|has|have|had|is|are|was|were|wants|needs|denies|eldest|youngest|son|daughter)\b"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of the original: `original[start:end] == text`. `sentence` counts from 0."""

    text: str
    start: int
    end: int
    sentence: int


def normalise(text: str) -> str:
    """Lower case, plain quotes, no control characters and no mark-up; the same length as `text`."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    plain = lowered.translate(_SAME_LENGTH)
    if "<" in plain:
        plain = _TAG.sub(lambda tag: "\n" * len(tag[0]), plain)
    return plain


def split(text: str) -> list[Clause]:
    """Clauses in the order of `text`, without overlap; time grows linearly with the length.

    Sentences, lines, semicolons and dashes always part; commas and joining words part where both
    sides can stand alone, or where one of them denies and the other does not. A list under one
    denial ("no drink, drugs or debts") stays in one piece.
    """
    plain = normalise(text)
    few = len(plain.split(maxsplit=_FEW)) <= _FEW
    clauses: list[Clause] = []
    sentence = 0
    for start, end, closes in _strong_pieces(plain):
        # Stops without a word between them have nothing to part, and may be many.
        has_word = any(map(str.isalnum, plain[start:end]))
        for low, high in _weak_pieces(plain, start, end, few) if has_word else ():
            low, high = _trimmed(plain, low, high)
            if low < high:
                clauses.append(Clause(text[low:high], low, high, sentence))
        sentence += closes
    return clauses


def denies(text: str) -> bool:
    """Whether a piece of writing begins with a denial: "no drink, drugs or debts"."""
    return bool(_DENIAL.match(normalise(text)))


def sentences_of(text: str) -> list[str]:
    """The sentences that the clauses of `text` make."""
    clauses = split(text)
    bounds = {clause.sentence: clause.start for clause in reversed(clauses)}
    ends = {clause.sentence: clause.end for clause in clauses}
    return [text[bounds[place] : ends[place]] for place in sorted(bounds)]


def _strong_pieces(plain: str) -> list[tuple[int, int, bool]]:
    """(start, end, whether a sentence ends there)."""
    pieces: list[tuple[int, int, bool]] = []
    start = 0
    for match in _STRONG.finditer(plain):
        if match["stop"] and match[0].startswith("."):
            before = plain[max(start, match.start() - 8) : match.start()]
            if match[0] == "." and _ABBREVIATION.search(before) and match.end() < len(plain):
                continue
        end = match.end() if match["stop"] else match.start()
        if plain[start:end].strip():
            pieces.append((start, end, not match["mark"]))
        start = match.end()
    if plain[start:].strip():
        pieces.append((start, len(plain), True))
    return pieces


def _weak_pieces(plain: str, start: int, end: int, few: bool) -> list[tuple[int, int]]:
    marks = [(m.start(), m.end(), bool(m["comma"])) for m in _WEAK.finditer(plain, start, end)]
    pieces: list[tuple[int, int]] = []
    low = start
    for place, (cut, resume, comma) in enumerate(marks):
        following = marks[place + 1][0] if place + 1 < len(marks) else end
        left = plain[max(low, cut - _WINDOW) : cut]
        right = plain[resume : min(following, resume + _WINDOW)]
        if _parts(left, right, comma) or (few and _ends_denial(left, plain[resume:end])):
            pieces.append((low, cut))
            low = resume
    pieces.append((low, end))
    return [shorter for piece in pieces for shorter in _shorter(plain, *piece)]


def _parts(left: str, right: str, comma: bool) -> bool:
    """Whether both sides of a weak mark can stand alone."""
    if _DENIAL.match(right) and not _DENIAL_LIST.search(left):
        return True
    if not comma and _DENIAL.match(left) and not _DENIAL.match(right):
        return True
    words = len(right.split())
    if len(left.split()) < _FEWEST_WORDS or words < _FEWEST_WORDS:
        return False
    if not comma or _STANDS_ALONE.match(right):
        return True
    return words > _FEWEST_WORDS and not _DENIAL_LIST.search(left)


def _ends_denial(left: str, rest: str) -> bool:
    """Whether a denial is over at a comma: "no drugs, rent arrears", not "no drink, drugs or"."""
    if not _DENIAL.match(left) or "," in left or _DENIAL.match(rest):
        return False
    return len(rest.split()) > 1 and not _LIST_GOES_ON.search(rest)


def _shorter(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """A piece cut at joining words where it runs on without punctuation."""
    pieces: list[tuple[int, int]] = []
    low = start
    words = [match.start() for match in re.finditer(r"\S+", plain[start:end])]
    if len(words) < 2 * _LONG:
        return [(start, end)]
    joins = {match.end() for match in _JOIN.finditer(plain, start, end)}
    count = 0
    for place, offset in enumerate(words):
        at = start + offset
        left = len(words) - place
        if (count >= _LONG and at in joins and left >= 4) or count >= _LONGEST:
            pieces.append((low, at))
            low, count = at, 0
        count += 1
    pieces.append((low, end))
    return pieces


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    """The bounds without white space or stray marks at either end; empty when no word is left."""
    piece = plain[start:end]
    lead = len(piece) - len(piece.lstrip(" \n\t,;:-–—•|*"))
    tail = len(piece) - len(piece.rstrip(" \n\t,;:-–—•|"))
    if not any(char.isalnum() for char in piece):
        return start, start
    return start + lead, end - tail
