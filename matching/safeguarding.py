"""Signs of danger in what somebody wrote: a prompt for people, never a filter or an all-clear."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from matching.enquiry import Audience, Member
from matching.languages import known_share, other_language
from matching.understanding.ages import ages_in
from matching.understanding.clauses import normalise, sentences_of
from matching.understanding.danger import KINDS, DangerScores, is_urgent
from matching.understanding.danger_words import GROUPS, words_found
from matching.understanding.linear import sigmoid, softmax
from matching.understanding.message import Message, heard
from matching.understanding.model import Model
from matching.understanding.outright import wants_to_die
from matching.understanding.topics import Pieces
from matching.understanding.vectorise import Floats

Who = Literal["child", "adult", "unknown"]
Kind = Literal[
    "abuse", "domestic_abuse", "self_harm", "medical", "immediate", "exploitation", "neglect",
    "missing", "honour", "homeless", "unknown",
]  # fmt: skip

_KIND: dict[str, Kind] = {
    "child-at-risk": "abuse",
    "domestic-abuse-danger": "domestic_abuse",
    "adult-at-risk": "abuse",
    "self-harm-or-suicide": "self_harm",
    "exploitation": "exploitation",
    "trafficking": "exploitation",
    "neglect": "neglect",
    "missing": "missing",
    "honour-based": "honour",
    "homeless-16-17": "homeless",
    "medical": "medical",
    "immediate-danger": "immediate",
}
_WHO: dict[str, Who] = {
    "child-at-risk": "child",
    "homeless-16-17": "child",
    "domestic-abuse-danger": "adult",
    "adult-at-risk": "adult",
}
#: In the order of what is said first. Words of other groups only weigh in the score.
_REASONS = {
    "self": "Somebody may be thinking of ending their life or of hurting themselves",
    "kill": "Somebody may be threatened with death or serious harm",
    "medical": "This may be a medical emergency",
    "hurt": "Somebody may be being hurt",
    "harm child": "Somebody may be close to hurting a child",
    "sexual": "This may be sexual harm",
    "honour": "This may be honour-based harm",
    "missing": "Somebody may be missing",
    "exploit": "Somebody may be used by others for crime, sex or work",
    "neglect": "Somebody may be left without care",
    "voices": "Somebody may be very unwell in their mind",
    "fear": "Somebody seems to be afraid",
    "control": "Somebody may be controlled or threatened",
    "marks": "There may be marks of harm",
    "means": "A means of harm is named",
    "secret": "Somebody may be made to keep a secret",
}
_OTHERWISE = "These words are like others that needed action the same day"
#: To the one who may be meant, the same without a verdict and without terms of the trade.
_TO_RESIDENTS = _REASONS | {
    "harm child": "You may be near the end of what you can take, and asking for help now is right",
    "exploit": "Somebody may be made to do things by others",
    "neglect": "Somebody may need looking after",
    "voices": "Somebody may need help with what they hear or believe",
    "honour": "Somebody's family may be forcing or threatening them",
    "means": "Something is named that could hurt somebody",
}
_OTHERWISE_TO_RESIDENTS = "What you wrote sounds as if help is needed today"
#: Said of a sentence only if a child is named in it: "he lost it and punched me" is no such thing.
_OF_CHILDREN = "harm child"
#: A sentence counts as English beside another language if so many of its words are known.
_ENGLISH_SHARE = 0.6
_MOST_REASONS = 3
#: Log-odds of a sentence that says outright that somebody wants to die.
_OUTRIGHT = 10.0
_SELF = "self-harm-or-suicide"
_OWN_AGE = re.compile(
    r"\b(?:i'?m|i am)\s(?:only\s|just\s|nearly\s)?(\d{1,2})\b"
    r"(?!\s?(?:weeks?|wks?|months?|mths?|days?|hours?|hrs?|min(?:ute)?s?|miles?|st|stone|foot|ft)\b)"
)
_ADULT = 18


@dataclass(frozen=True, slots=True)
class Signs:
    """`urgent` False says nothing about safety; `reasons` quote the words.

    `child_writes`: a child says so of itself ("im 14").
    """

    urgent: bool
    reasons: tuple[str, ...]
    who: Who
    kind: Kind
    child_writes: bool = False


NOTHING_READ = Signs(urgent=False, reasons=(), who="unknown", kind="unknown")


def detect(
    text: str, household: Sequence[Member], model: Model, audience: Audience = "practitioner"
) -> Signs:
    """Look for danger in any text whatever. Words of denial do not lower the score by rule."""
    return detect_in(heard(text, household, model), household, audience)


def detect_beside(
    text: str, household: Sequence[Member], model: Model, audience: Audience
) -> Signs:
    """Look for danger in what is English of a text that is mostly in another language."""
    known = model.vectoriser.terms
    english = [
        sentence
        for sentence in sentences_of(text)
        if known_share(sentence, known) >= _ENGLISH_SHARE and not other_language(sentence, known)
    ]
    return detect(" ".join(english), household, model, audience)


def detect_in(
    message: Message | None, household: Sequence[Member], audience: Audience = "practitioner"
) -> Signs:
    """Look for danger in a message that has been scored already.

    The reasons are worded for `audience`.
    """
    if message is None:
        return NOTHING_READ
    text, pieces, scores = message.text, message.pieces, message.danger
    limits = message.judge.thresholds
    urgent = is_urgent(scores, pieces, limits.danger, limits.danger_in_few, limits.danger_named)
    danger = _of_sentences(message)
    worst = int(danger.argmax())
    outright = wants_to_die(pieces.sentence_text(worst))
    kind = _SELF if outright else KINDS[int(_kinds(scores).argmax())]
    return Signs(
        urgent=urgent,
        reasons=_reasons(pieces, scores, danger, audience) if urgent else (),
        who=_who(kind, pieces.sentence_text(worst), text, household),
        kind=_KIND[kind],
        child_writes=any(int(age) < _ADULT for age in _OWN_AGE.findall(normalise(text))),
    )


def _kinds(scores: DangerScores) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Chances of the kinds, each sentence counting by its danger."""
    weight = sigmoid(scores.sentences[:, :1])
    return np.asarray((weight * softmax(scores.sentences[:, 1:])).sum(0), np.float32)


def _of_sentences(message: Message) -> Floats:
    """(m,) how dangerous each sentence is: by its words, and by its worst clause as encoded.

    What is said outright comes first.
    """
    danger, pieces = message.danger.sentences[:, 0], message.pieces
    if message.encoded is not None:
        clauses = message.encoded.danger
        worst = [clauses[low:high].max() for low, high in pieces.sentences]
        danger = (danger + np.array(worst)) / 2
    outright = [wants_to_die(pieces.sentence_text(i)) for i in range(len(pieces.sentences))]
    return np.asarray(np.where(outright, np.maximum(danger, _OUTRIGHT), danger), np.float32)


def _reasons(
    pieces: Pieces, scores: DangerScores, danger: Floats, audience: Audience
) -> tuple[str, ...]:
    """The most dangerous sentences, quoted, each with why in plain English."""
    ranked = [int(place) for place in np.argsort(-danger, kind="stable")[:_MOST_REASONS]]
    chosen = [place for place in ranked if place == ranked[0] or danger[place] > 0]
    sentences = [(pieces.sentence_text(i), scores.found[i]) for i in chosen]
    return tuple(f"{_reason(text, found, audience)}: “{text}”" for text, found in sentences)


def _reason(sentence: str, found: Floats, audience: Audience) -> str:
    resident = audience == "resident"
    reasons = _TO_RESIDENTS if resident else _REASONS
    if wants_to_die(sentence):
        return reasons["self"]
    for group, reason in reasons.items():
        if not found[GROUPS.index(group)] or (group == _OF_CHILDREN and not _names_child(sentence)):
            continue
        words = words_found(sentence, group)
        return f"{reason} (“{words}”)" if words else reason
    return _OTHERWISE_TO_RESIDENTS if resident else _OTHERWISE


def _names_child(sentence: str) -> bool:
    return bool(words_found(sentence, "baby") or words_found(sentence, "child"))


def _who(kind: str, sentence: str, text: str, household: Sequence[Member]) -> Who:
    """The age written in the worst sentence decides, then the kind, then who is known at all."""
    ages = [age.years for age in ages_in(sentence) if not age.said]
    if ages:
        return "child" if min(ages) < _ADULT else "adult"
    known = [age.years for age in ages_in(text)]
    known += [member.age for member in household if member.age is not None]
    if kind in _WHO and not (known and all(age < _ADULT for age in known)):
        return _WHO[kind]
    if _names_child(sentence):
        return "child"
    if not known:
        return "unknown"
    if all(age < _ADULT for age in known):
        return "child"
    return "adult" if all(age >= _ADULT for age in known) else "unknown"
