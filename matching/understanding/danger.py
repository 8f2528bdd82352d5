"""The model of danger: a score for each sentence, then one for the whole message.

No rule lowers it for words of denial ("he says he would not really do it"): what they weigh is
learned.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from matching.understanding.clauses import normalise
from matching.understanding.danger_words import GROUPS, danger_flags, flags_of
from matching.understanding.encoder.encoder import Encoded
from matching.understanding.hurt_now import says_that_somebody_is_hurt
from matching.understanding.linear import Linear
from matching.understanding.outright import wants_to_die
from matching.understanding.topics import Pieces, Scores
from matching.understanding.vectorise import Floats, Vectoriser, words_of

#: Kinds that the safeguarding lines are marked with.
KINDS = (
    "child-at-risk", "domestic-abuse-danger", "adult-at-risk", "self-harm-or-suicide",
    "exploitation", "neglect", "missing", "honour-based", "homeless-16-17", "trafficking",
    "medical", "immediate-danger",
)  # fmt: skip
#: The flags count for this much beside TF-IDF rows of length √2; by cross-validation.
FLAG_SCALE = 0.1
#: Features of a message before those of the needs.
BEFORE_NEEDS = 6
_NO_SECOND = -4.0
#: Up to so many words ("hello") need a word of danger among them.
_TOO_LITTLE = 3
#: Messages of so few words have a limit of their own: there is little in them to speak against
#: danger. Harm that is named in them as a subject, a loss or long past is as likely danger as not
#: from log-odds of 0 on.
FEW_WORDS = 12
_HARM_TO_SELF = re.compile(r"\bsuicid|\bself[- ]?harm|\boverdos")
_ABOUT_IT = re.compile(
    r"\b(?:bereave\w*|lost|loss|years ago|training|course|awareness|prevention|used to|"
    r"survivors?)\b"
)
#: Groups that say who, when or how, and are no danger by themselves.
_CIRCUMSTANCES = frozenset(
    (
        *("baby", "child", "adult at risk", "partner", "relative", "first", "animal", "news"),
        *("now", "soon", "night", "past", "plan", "ask", "routine"),
        *("denied", "handled", "idiom", "calm"),
    )
)
_DANGERS = [place for place, group in enumerate(GROUPS) if group not in _CIRCUMSTANCES]


@dataclass(frozen=True, slots=True)
class Danger:
    """`lines`: (V, 1 + kinds) over TF-IDF; `flags`: (flags, 1 + kinds).

    The first column is danger, the others say which kind it would be.
    """

    lines: Linear
    flags: Floats


@dataclass(frozen=True, slots=True)
class DangerScores:
    """Log-odds of danger in the whole message; `sentences` (m, 1 + kinds); `found` (m, groups)."""

    whole: float
    sentences: Floats
    found: Floats


def line_scores(danger: Danger, pieces: Pieces, vectoriser: Vectoriser) -> tuple[Floats, Floats]:
    """Scores of the sentences, of each two in a row, and of the whole; flags of the sentences."""
    found = np.stack(
        [danger_flags(pieces.sentence_text(place)) for place in range(len(pieces.sentences))]
    )
    n, m = len(pieces.clauses), len(pieces.sentences)
    pairs = [vectoriser.weigh(left + right) for left, right in pairwise(pieces.found)]
    vectors = [*pieces.vectors[n : n + m], *pairs, pieces.vectors[-1]]
    flags = np.concatenate([found, np.maximum(found[:-1], found[1:]), found.max(0)[None]])
    scores = danger.lines.of_vectors(vectors) + flags_of(flags) @ danger.flags
    return np.asarray(scores, np.float32), found[:, : len(GROUPS)]


def message_features(
    lines: Floats, sentences: int, scores: Scores, encoded: Encoded | None
) -> Floats:
    """(6 + K,): the worst and second-worst sentence, the whole, and what it is about.

    `lines`: the danger column of `line_scores`. With the encoder's scores (14 + K,): danger in
    the whole, in the worst clause and in any, and its levels.
    """
    alone = np.sort(lines[:sentences])
    counted = np.concatenate(
        [
            [
                alone[-1],
                alone[-2] if sentences > 1 else _NO_SECOND,
                lines[-1],
                lines.max(),
                np.logaddexp(0, alone).sum(),
                np.log(sentences),
            ],
            np.clip(scores.present[-1], -6, 6) / 3,
        ]
    ).astype(np.float32)
    if encoded is None:
        return counted
    any_clause = np.logaddexp.reduce(encoded.danger)
    read = [encoded.whole_danger, encoded.danger.max(), any_clause, *np.maximum(encoded.level, -6)]
    return np.concatenate([counted, np.array(read, np.float32)])


def danger_scores(
    danger: Danger,
    message: Linear,
    pieces: Pieces,
    scores: Scores,
    encoded: Encoded | None,
    vectoriser: Vectoriser,
) -> DangerScores:
    """Score a message that has a sentence; `message`: from `message_features` to danger."""
    lines, found = line_scores(danger, pieces, vectoriser)
    sentences = len(pieces.sentences)
    whole = message(message_features(lines[:, 0], sentences, scores, encoded))
    return DangerScores(float(whole[0]), lines[:sentences], found)


def names_danger(text: str) -> bool:
    """Whether a word of danger is in the text, and not only who, when or how."""
    return bool(danger_flags(text)[_DANGERS].any())


def is_urgent(
    scores: DangerScores, pieces: Pieces, limit: float, limit_in_few: float, limit_named: float
) -> bool:
    """Whether the message reaches its limit (log-odds) and says enough to be read at all.

    `limit_in_few`: that of messages of up to FEW_WORDS words; `limit_named`: where one of them is a
    word of danger ("my dad hits me").

    A sentence that says outright that somebody wants to die is urgent whatever the models make of
    the message, and so are few words that say that somebody is being hurt.
    """
    sentences = (pieces.sentence_text(place) for place in range(len(pieces.sentences)))
    if any(wants_to_die(sentence) for sentence in sentences):
        return True
    words, named = len(words_of(pieces.text)), bool(scores.found[:, _DANGERS].any())
    if words <= _TOO_LITTLE and not named:
        return False
    if words > FEW_WORDS:
        return scores.whole >= limit
    if says_that_somebody_is_hurt(pieces.text):
        return True
    limit_of_few = limit_named if named else limit_in_few
    plain = normalise(pieces.text)
    if _HARM_TO_SELF.search(plain) and _ABOUT_IT.search(plain):
        return scores.whole >= max(limit_of_few, 0.0)
    return scores.whole >= limit_of_few
