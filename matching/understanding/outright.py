"""Sentences that say outright that somebody wants to die: urgent whatever the models make of them.

The models learn from stories, most of which name such words to deny them or as long past, and so
they hold them for a sign of safety where they stand alone beside ordinary trouble.
"""

import re

from matching.understanding.clauses import normalise

_OWN = r"(?:my|him|her|them)\s?sel(?:f|ves)"
_WISH = re.compile(
    rf"\b(?:suicidal|kms|(?:kill|hang|drown|top)(?:ing)? {_OWN}|"
    r"slit(?:ting)? (?:my|his|her) wrists?|"
    r"end(?:ing)? (?:it all|(?:my|his|her|their) (?:own )?li(?:fe|ves))|"
    r"tak(?:e|ing) (?:my|his|her|their) own li(?:fe|ves)|"
    r"(?:want(?:s|ing)?|wanna|wish(?:es)?|ready) (?:to |i was |i were )?(?:die|dead)|"
    r"(?:don'?t|doesn'?t|do not|does not) (?:want to|wanna) (?:be (?:here|alive)|live|wake|exist)|"
    r"(?:taken|taking) (?:an |a )?overdose|commit(?:ting)? suicide)\b"
    # Alone it is no story of long ago.
    r"|^(?:(?:i|he|she|my|son|daughter|has|have|took|an?) ){0,4}overdosed?$"
)
#: Characters looked at before it.
_NEAR = 80
#: A denial in the words straight before it, or soon after.
_DENIED = re.compile(
    r"\b(?:no|nil|not|nor|never|nobody|neither|without|denie[sd]|denying|isn'?t|wasn'?t|aren'?t|"
    r"don'?t|doesn'?t|didn'?t|wouldn'?t)(?: \w+){0,5} $"
)
_DENIED_AFTER = re.compile(r"[^.;]{0,24}\b(?:none|no to|never|nil|denied)\b")
#: Words of the same sentence that make it a subject, a loss or long past, and no wish of today.
_NO_WISH = re.compile(
    r"\b(?:years? ago|used to|when (?:i|he|she|they) (?:was|were)|last year|"
    r"last (?:spring|summer|autumn|winter)|(?:in|since) (?:19|20)\d\d|"
    r"at the time|history of|historic\w*|previous\w*|in the past|"
    r"bereave\w*|training|course|awareness|prevention|survivors?)\b"
)
_NOW = re.compile(r"\b(?:now|today|tonight|again|still|these days|keeps?)\b")


def wants_to_die(sentence: str) -> bool:
    """Whether the sentence says so of now, and does not deny it."""
    plain = normalise(sentence)
    if _NO_WISH.search(plain) and not _NOW.search(plain):
        return False
    return any(
        not _DENIED.search(plain[max(0, wish.start() - _NEAR) : wish.start()])
        and not _DENIED_AFTER.match(plain, wish.end())
        for wish in _WISH.finditer(plain)
    )
