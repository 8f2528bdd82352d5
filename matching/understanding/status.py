"""Words that say whether a clause states a need now, denies it, or tells of other people."""

import numpy as np
from numpy.typing import NDArray

from matching.understanding.clauses import normalise
from matching.understanding.pattern_set import PatternSet

STATUSES = ("present", "absent", "past", "other", "handled", "context")

#: Words that turn a clause, each one a column. They only hint: what they weigh is learned.
STATUS_CUES = PatternSet(
    (
        r"^\W*(?:no|nil|none|nothing|neither|never|not|without|zero)\b",
        r"\b(?:no|nil|without) (?:\w+ ){0,2}(?:concerns?|worr(?:y|ies)|issues?|"
        r"problems?|evidence|signs?|"
        r"history|suggestion|indication|trouble|bother|complaints?)\b",
        r"\b(?:denie[sd]|deny(?:ing)?|ruled out|excluded|discounted|not "
        r"indicated|nfa|nil of note)\b",
        r"\b(?:isn't|isnt|aren't|arent|wasn't|don't|dont|doesn't|doesnt|hasn't|"
        r"hasnt|haven't|havent|"
        r"not|never|nobody|nowt|none)\b",
        r"\b(?:can't|cant|cannot|won't|wont|couldn't|not going|no smoke|not "
        r"coping|unable|refus\w+)\b",
        r"\b(?:used to|years? (?:ago|back)|when (?:he|she|i|we|they) (?:was|"
        r"were)|at the time|in the past|"
        r"historic\w*|previous\w*|long ago|once|back in|as a (?:child|kid|teenager)|long gone)\b",
        r"\b(?:in|since|until|till) (?:19|20)\d\d\b",
        r"\b(?:nothing|none|fine|clean|dry|sober|well|settled|ok|okay|steady) "
        r"(?:since|now|these days)\b",
        r"\b(?:since then|ever since|no longer|not any ?more|not now|stopped|"
        r"gave up|packed (?:it )?in|over "
        r"it|grew out|long over|recovered|resolved|behind (?:him|her|us|me))\b",
        r"\b(?:already|in place|in hand|sorted|arranged|booked|dealing with|"
        r"dealt with|working (?:with|"
        r"well)|on (?:it|board)|open to|under (?:the )?\w+|allocated|awarded|"
        r"paid|installed|fitted|"
        r"approved|weekly|sees? (?:a|the|her|his)|supported by|involved|closed)\b",
        r"\b(?:his|her|my|their|our|the) (?:\w+ )?(?:sister|brother|cousin|"
        r"friend|mate|neighbour|uncle|aunt|"
        r"aunty|auntie|colleague|pal|boss|ex)(?:'s|s)?\b",
        r"\b(?:next door|over the road|another family|other (?:family|families|"
        r"people|lads|kids)|somebody "
        r"else|someone else|not (?:us|me|him|her|mine|ours|his|hers|them)|"
        r"upstairs|down the road)\b",
        r"\b(?:fine|ok|okay|well|happy|settled|good|lovely|great|managing|"
        r"coping|bright|steady|no bother|"
        r"all right|alright|clear|up to date|full attendance|perfect|spotless|warm and tidy)\b",
        r"\b(?:don't|do not|doesn't|not) (?:need|want|ask|looking|after)\b",
        r"\b(?:still|again|now|currently|every (?:day|night|week)|keeps?|"
        r"getting worse|since (?:jan|feb|mar|"
        r"apr|may|june?|july?|aug|sep|sept|oct|nov|dec|last|the|easter|christmas|half))\b",
        r"\b(?:but|though|although|except|only)\b",
        r"\b(?:needs?|wants?|asks?|asking|help|please|can (?:you|we|i|someone|"
        r"anyone)|could|how do|"
        r"looking for|would like|referral|advice)\b|\?",
        r"\b(?:if|wonder|worried|worry|scared|afraid|risk)\b",
        r",\s*(?:or|nor|no|and no)\b",
    )
)
CUES = len(STATUS_CUES)


def cues(text: str) -> NDArray[np.float32]:
    """(CUES,) 0/1: which turning words `text` has."""
    return STATUS_CUES.found_in(normalise(text))
