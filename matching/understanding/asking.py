"""A few words, read as a search: the need they are most like, and a second one that is close.

A story has enough words for the stack; a search has not, so the topics of its pieces decide.
"""

import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.understanding.blending import ENCODER_SHARE
from matching.understanding.message import Message
from matching.understanding.model import Model
from matching.understanding.status import STATUSES
from matching.understanding.thresholds import searched
from matching.understanding.topics import Scores
from matching.understanding.vectorise import Floats, words_of

#: Up to so many words are a search.
SEARCH_WORDS = 6
#: So few words, in which the stack finds no need, are a search if a topic has this chance.
FEW_WORDS = 12
_CLEAR_TOPIC = 0.4
#: So few words may all be misspelt; of more, this share must be words that were learned from.
_MAY_BE_MISSPELT = 2
_KNOWN_SHARE = 0.5
_SHORTEST_WORD = 3
#: A piece whose words deny something is a denial from this chance on.
_DENIED = 0.6
#: Signs of markup or of code: two of them, or the same words over and over, and only a clear
#: topic counts.
_CODE = re.compile(r"[<>{}\[\]_;=*\\|]|--|\w\(")
_FEWEST_SIGNS = 2
_REPEATED = 3
#: Repetition shows in so many words; in long writing most words come back by themselves.
_SHOWING = 200
_CLEAR = 0.6


@dataclass(frozen=True, slots=True)
class Asked:
    """(K,) chances of the needs, those that are asked for, and those that the words deny."""

    chances: Floats
    shown: NDArray[np.bool_]
    gone: NDArray[np.bool_]


def in_our_words(message: Message, model: Model) -> bool:
    """Whether the text is in words that were learned from; a search may be misspelt."""
    words = words_of(" ".join(message.pieces.plain))
    known = sum(word in model.vectoriser.terms for word in words)
    if len(words) <= _MAY_BE_MISSPELT:
        telling = any(len(word) >= _SHORTEST_WORD for word in words)
        return telling and len(message.pieces.vectors[-1].indices) > 0
    return known >= _KNOWN_SHARE * len(words)


def is_search(message: Message) -> bool:
    """Whether there are too few words in one piece, or too few different ones, for a story."""
    words = words_of(message.text)
    in_one = len(message.pieces.clauses) == 1 or _is_odd(message.text)
    return (len(words) <= SEARCH_WORDS and in_one) or _repeats(words)


def is_clear(message: Message) -> bool:
    """Whether a few words in which the stack found nothing are clearly about something."""
    few = len(message.text.split()) <= FEW_WORDS
    return few and float(np.exp(message.blended.topic[-1, :-1].max())) >= _CLEAR_TOPIC


def asked(message: Message, scores: Scores) -> Asked:
    """What a few words ask for: the whole of them decides, each piece of them may deny.

    `scores`: those of `in_few_words`.
    """
    limits = message.judge.thresholds
    least = _CLEAR if _is_odd(message.text) else limits.phrase
    pieces = np.exp(scores.topic[: scores.clauses, :-1])
    # Nobody types one line into a box to say that it is dealt with: "the bailiffs come on Friday".
    gone_by = slice(1, -1) if scores.clauses > 1 else slice(1, STATUSES.index("handled"))
    denying = scores.status[: scores.clauses, gone_by].sum(1) >= _DENIED
    whole = np.exp(scores.topic[-1, :-1])
    shown = searched(whole[None], least, limits.second)[0]
    clear = searched(pieces, max(least, _CLEAR_TOPIC), 1.0)
    shown |= (clear & ~denying[:, None]).any(0)
    stated_in = pieces.argmax(0)
    gone = (shown & denying[stated_in]) | (clear & denying[:, None]).any(0)
    chances = np.maximum(whole, np.where(denying[:, None], 0.0, pieces).max(0))
    return Asked(np.asarray(chances, np.float32), shown & ~gone, gone)


def in_few_words(message: Message, model: Model) -> Scores:
    """The scores of a message of few words, of which each piece has its status read by itself.

    Among its neighbours the encoder lets one denial colour the other of two short pieces.
    """
    clauses = message.pieces.clauses
    if message.encoded is None or model.encoder is None or len(clauses) == 1:
        return message.blended
    if len(clauses) > FEW_WORDS:
        # The same words over and over: asking about each would take as long as the text is.
        return replace(message.blended, status=message.scores.status)
    alone = [
        model.encoder(plain, [(0, len(plain))], ()).status[0] for plain in message.pieces.plain
    ]
    status = message.scores.status.copy()
    status[: len(clauses)] += ENCODER_SHARE * (np.stack(alone) - status[: len(clauses)])
    return replace(message.blended, status=status)


def _is_odd(text: str) -> bool:
    return len(_CODE.findall(text)) >= _FEWEST_SIGNS or _repeats(words_of(text))


def _repeats(words: list[str]) -> bool:
    first = words[:_SHOWING]
    return len(first) > _REPEATED * len(set(first))
