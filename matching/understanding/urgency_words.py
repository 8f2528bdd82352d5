"""Words that say how urgent a thing is. They only hint, and at what to act on first most of all:
what they weigh is learned."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.understanding.clauses import normalise
from matching.understanding.pattern_set import PatternSet

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_FEW = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|a few|"
    r"\d+)"
)

URGENCY_WORDS = PatternSet(
    (
        # Due soon.
        rf"\b(?:today|tonight|tomorrow|this (?:morning|afternoon|evening|week|weekend|{_DAY})|"
        rf"(?:by|on|before|from|until|till|next) (?:the )?(?:next )?(?:week|weekend|month|{_DAY})|"
        rf"by the \d+(?:st|nd|rd|th)?|(?:in|within) {_FEW} (?:days?|hours?|weeks?)|"
        rf"(?:has|have|got|gives?|gave|given) (?:\w+ )?{_FEW} (?:days?|hours?|weeks?) (?:to|left|"
        rf"before)|{_FEW} (?:days?|hours?|weeks?) (?:left|to go|to pay)|deadline|expires?|"
        r"runs? out (?:on|in|at|by)|ends? on|midnight)\b",
        # Somebody has the power to take or to punish.
        r"\b(?:evict\w*|bailiffs?|repossess\w*|(?:eviction|possession|final|penalty|section 21|"
        r"section 8|weeks'?|months?'?) notice|notice to|court|hearing (?:on|is|date)|"
        r"court hearing|possession|disconnect\w*|cut(?:ting)? (?:us|me|him|her|them) off|"
        r"seize[sd]?|clamp\w*|enforcement|summons|fined|fines|fining|a fine|prosecut\w*|"
        r"final (?:demand|reminder|warning))\b",
        # What nobody can be without.
        r"\b(?:no|not any|nothing|without|out of) (?:\w+ )?(?:food|money|heating|gas|electric|"
        r"electricity|nappies|milk|formula)\b|\b(?:no|not a|without a) (?:\w+ )?(?:bed|home|place "
        r"to)\b|\b(?:hungry|starving|nowhere|homeless|sleep(?:s|ing)? (?:rough|in (?:the|a|his|her|"
        r"our|my) (?:car|van|tent|shed|garage))|(?:not|hasn'?t|haven'?t) eaten|food ?banks?)\b",
        # What the person came for, or fears most.
        r"\b(?:that'?s (?:what|why)|what i'?m (?:asking|after|ringing)|what (?:i|we) (?:want|need)|"
        r"what (?:she|he) (?:wants|needs)|most of all|above all|mainly|the (?:thing|one|main thing)"
        r" (?:to|i|we)|urgent\w*|as soon as|asap|priority|before anything|can'?t wait|straight "
        r"away|worries (?:me|us)|ringing about|the reason)\b",
        # What can wait.
        r"\b(?:also|as well|by the way|while (?:i'?m|you'?re|we'?re) (?:here|there|on|at it)|"
        r"separately|another thing|one more thing|eventually|some ?time|no rush|no hurry|"
        r"would be nice|would (?:like|love))\b",
        # New, or getting worse.
        rf"\b(?:last (?:night|week)|yesterday|since {_DAY}|just (?:now|texted|rang|told)|now|"
        r"again|worse|every (?:night|day))\b",
    )
)


def urgency_words(clauses: Sequence[str]) -> NDArray[np.float32]:
    """(n, groups) 0/1: which groups of words each clause has."""
    return np.stack([URGENCY_WORDS.found_in(normalise(clause)) for clause in clauses])
