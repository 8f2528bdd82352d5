"""Few words that say that somebody is being hurt, or hurts himself: urgent whatever the models say.

The models learn from stories, in which such words stand beside much that speaks for or against
danger today. Where there are few words, nothing speaks against it.
"""

import re

from matching.understanding.clauses import normalise

_WHO = (
    r"(?:dad|daddy|mum|mummy|mam|step(?:dad|mum|father|mother)|father|mother|husband|wife|partner|"
    r"boyfriend|bf|girlfriend|ex|brother|sister|uncle|auntie?|cousin|grandad|gran|nan|carer|bloke|"
    r"fella|man|son|daughter|he|she)"
)
_WHOM = (
    r"(?:me|us|him|her|them|my (?:\w+ )?(?:brother|sister|mum|mam|dad|nan|gran|son|daughter|kids|"
    r"children|baby|boy|girl)|(?:the|his|her) (?:kids|children|baby|son|daughter|wife|mum|mother))"
)
#: "Beats me at chess", "chokes me up", "hits me with a bill".
_OTHERWISE = r"(?! (?:at|to the|up|out|with (?:\w+ )?(?:bills?|fees?|questions))\b)"
_HURTS = re.compile(
    rf"\b{_WHO} (?:still |always |often |sometimes |now |just |also |regularly )?"
    rf"(?:hits|punches|beats|slaps|kicks|strangles|chokes) {_WHOM}\b{_OTHERWISE}|"
    r"\b(?:is|are|am|'m|'s|being|gets?|getting) (?:being )?(?:hit|beaten|punched|slapped|kicked|"
    r"strangled)(?: up)? by (?:my|his|her|their)\b"
)
_ONESELF = (
    r"(?:myself|himself|herself|themsel(?:f|ves)|"
    r"(?:my|his|her|their) (?:arms?|legs?|wrists?|thighs?))"
)
#: "Cuts himself off", "cut myself shaving", "keeps cutting herself on the tins".
_BY_CHANCE = r"(?! (?:off|short|loose|some slack|out|shaving|on|in half|with (?:an? |the )?tin))"
#: One's own past and present are the same word: how often, or when, tells them apart.
_AS_A_HABIT = r"(?= (?:every|each|most|when|again|at night|to|because|so|all the time|a lot)\b)"
_CUTS = re.compile(
    r"(?<!never )(?<!longer )(?<!n't )(?<!not )"
    r"\b(?:cuts|(?:is|are|am|keeps?|keeps? on|started|been|can't stop) cutting|i'm cutting|"
    rf"(?<=\w)'s cutting) {_ONESELF}\b{_BY_CHANCE}|"
    rf"\b(?:i|they) cut {_ONESELF}\b{_AS_A_HABIT}"
)
_TOLD = re.compile(r"\b(?:if|film|programme|book|story|game|dreams?|dreamt|watched|plays?)\b")
_OVER = re.compile(
    r"\b(?:used to|years ago|as an? (?:teen\w*|child|kid)|in the past|stopped|since|years now)\b"
)


def says_that_somebody_is_hurt(text: str) -> bool:
    """Whether a text of few words says so of now, and not of a film, a game or what is over."""
    plain = normalise(text)
    if _TOLD.search(plain):
        return False
    return bool(_HURTS.search(plain)) or bool(_CUTS.search(plain) and not _OVER.search(plain))
