"""Few words that say that somebody is being hurt: urgent whatever the models make of them.

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
_TOLD = re.compile(r"\b(?:if|film|programme|book|story|game|dreams?|dreamt|watched|plays?)\b")


def says_that_somebody_is_hurt(text: str) -> bool:
    """Whether a text of few words says so of now, and not of a film or a game."""
    plain = normalise(text)
    return bool(_HURTS.search(plain)) and not _TOLD.search(plain)
