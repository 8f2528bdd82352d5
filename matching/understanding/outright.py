"""Sentences that say outright that somebody wants to die: urgent whatever the models make of them.

The models learn from stories, most of which name such words to deny them or as long past, and so
they hold them for a sign of safety where they stand alone beside ordinary trouble.
"""

import re

from matching.understanding.clauses import normalise

_OWN = r"(?:my|him|her|them)\s?sel(?:f|ves)"
#: "Live with his dad", "in a hostel" and "be here when they come" are about places.
_LIVE = (
    r"live(?! (?:in(?! (?:this world|pain|fear)\b)|at|near|here(?! any ?more)|there|on|off|by|next|"
    r"alone|away|under|together|where|anywhere|like(?! this\b))\b"
    r"| with (?!this\b|it\b|myself\b|the pain\b))"
)
_BE_HERE = r"be (?:alive|dead|here(?! (?:in|at|when|with(?! this\b)|for|on|alone|tonight)\b))"
#: Nobody is woken but the one who speaks.
_WAKE = r"wake(?: up)?(?=\W*$|[.,;:!?…]| (?:any|ever|again|tomorrow|in the morning|one day))"
_LIFE = r"li(?:fe|ves)(?! (?:insurance|support|sentence|policy|membership)\b)"
_WISH = re.compile(
    rf"\b(?P<adjective>suicidal)\b|\b(?:"
    rf"(?<!\d)(?<!\d )kms(?! (?:away|to|from|of|off)\b)|"
    rf"(?:kill|hang|drown|top)(?:ing)? {_OWN}(?! up\b)|"
    r"slit(?:ting)? (?:my|his|her) wrists?|"
    rf"end(?:ing)? (?:it all|(?:my|his|her|their) (?:own )?{_LIFE})|"
    r"tak(?:e|ing) (?:my|his|her|their) own li(?:fe|ves)|"
    r"(?:want(?:s|ing)?|wanna|wish(?:es|ing)?|ready) (?:to (?:be )?|i was |i were )?"
    r"(?:die|dead)(?! (?:my|his|her) hair\b)|better off dead|"
    r"(?:don'?t|doesn'?t|do not|does not) (?:want to|wanna) "
    rf"(?:{_BE_HERE}|{_LIVE}|{_WAKE}|exist)|"
    r"(?:taken|taking) (?:an |a )?overdose|commit(?:ting)? suicide)(?!\w)"
    # Alone it is no story of long ago.
    r"|^(?:(?:i|i'?ve|he|he'?s|she|she'?s|my|son|daughter|has|have|took|an?) ){0,4}overdosed?\W*$"
)
#: Characters looked at before it.
_NEAR = 80
_NO = (
    r"\b(?:no|nil|not|nor|never|nobody|neither|without|denie[sd]|denying|isn'?t|wasn'?t|aren'?t|"
    r"don'?t|doesn'?t|didn'?t|wouldn'?t)"
)
#: Where these begin, a denial is over: "I have no money and want to die".
_NEW = r"but|so|because|if|why|i|i'?m|i'?ve|he|she|they|says?|said"
#: Nor does a denial reach over these: "nobody can stop me killing myself".
_HOLD = r"other|except|than|stop\w*|succeed\w*|joking|kidding|afraid|scared"
_OF_STATES = (
    r"and (?:am|is|are|feel\w*|has|have|been|now|very|really)|"
    r"(?:eat|sleep|cop|manag|work)(?:ing|e)?|safe"
)
#: A denial in the words straight before it; in a list of states it goes on after "and".
_DENIED = re.compile(rf"{_NO}(?: (?!(?:and|{_NEW}|{_HOLD})\b)[\w'-]+){{0,5}} $")
_STATE_DENIED = re.compile(rf"{_NO}(?: (?!(?:{_NEW}|{_OF_STATES})\b)[\w'-]+){{0,5}} $")
#: An answer straight after it: "suicidal thoughts: none", but not "never felt so low".
_DENIED_AFTER = re.compile(
    r"(?: (?:thoughts?|ideation|feelings?|plans?|intent|risk))?\s*[:?,–—-]*\s*"
    r"(?:none|no|nil|never|denied)\b(?=\s*$|\s*[.,;]| to\b)"
)
#: Words of the same breath that make it a subject, a loss or long past, and no wish of today.
_NO_WISH = re.compile(
    r"\b(?:years? ago|used to|when (?:i|he|she|they) (?:was|were)|(?<!since )last year|"
    r"(?<!since )last (?:spring|summer|autumn|winter)|in (?:19|20)\d\d|"
    r"at the time|history of|historic\w*|previous(?:ly(?! (?:well|fit|happy|healthy)\b))?|"
    r"in the past|bereaved by|"
    r"suicide bereave\w*|training|(?<!of )course|awareness|prevention|"
    r"survivors? of (?:suicide|some))\b"
)
#: A time long past at the head of the sentence holds for what follows the comma.
_LONG_AGO = re.compile(
    r"^\W*(?:[\w']+ ){0,4}?(?:years? ago|in the past|previously|historically|at the time|"
    r"last year|when (?:i|he|she|they) (?:was|were)(?: [\w']+){0,4}),\s(?!but\b|and\b|now\b)"
)
_BREATH = re.compile(r"[,;:–—]| - |\b(?:and|but|so|because)\b")
_NOW = re.compile(r"\b(?:now|today|tonight|again|still|these days|keeps?)\b")


def wants_to_die(sentence: str) -> bool:
    """Whether the sentence says so of now, and does not deny it."""
    plain = normalise(sentence)
    long_ago = bool(_LONG_AGO.match(plain))
    return any(_is_wish(plain, wish, long_ago) for wish in _WISH.finditer(plain))


def _is_wish(plain: str, wish: re.Match[str], long_ago: bool) -> bool:
    """Whether these words are no denial, and no subject or past: by their own breath."""
    denied = _STATE_DENIED if wish["adjective"] else _DENIED
    if denied.search(plain[max(0, wish.start() - _NEAR) : wish.start()]):
        return False
    if _DENIED_AFTER.match(plain, wish.end()):
        return False
    begins = max((m.end() for m in _BREATH.finditer(plain, 0, wish.start())), default=0)
    after = _BREATH.search(plain, wish.end())
    breath = plain[begins : after.start() if after else len(plain)]
    past = long_ago or bool(_NO_WISH.search(breath))
    return not past or bool(_NOW.search(breath))
