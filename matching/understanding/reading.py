"""Reading what somebody wrote: the needs in it, those it rules out, and the level it suggests."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.answer import Status
from matching.enquiry import Member
from matching.understanding.asking import asked, in_few_words, in_our_words, is_clear, is_search
from matching.understanding.corpus import LEVELS
from matching.understanding.danger import is_urgent
from matching.understanding.encoder.aligning import new_needs
from matching.understanding.finer import finer_needs
from matching.understanding.household import Household, household_of, members_concerned
from matching.understanding.judge import Thresholds
from matching.understanding.levels import level_features, level_place, why
from matching.understanding.linear import log_softmax, sigmoid
from matching.understanding.message import Message, heard
from matching.understanding.model import Model
from matching.understanding.network import Opinion
from matching.understanding.ruling import named_enough, where_gone
from matching.understanding.several import named_apart
from matching.understanding.stack import features
from matching.understanding.status import STATUSES
from matching.understanding.topics import Pieces, Scores
from matching.understanding.vectorise import Floats

#: A clause states a need plainly from these log-odds on, less those by which it is likelier not to
#: be so now: then no denial elsewhere in a short message hides it.
_PLAIN = 3.0
_SURE = 1e-4
#: So many needs in a search are no longer for one service.
_SEVERAL = 3
_TARGETED = LEVELS.index("targeted")
#: A need is quoted with so many clauses at most.
_QUOTES = 3
#: A further clause is quoted when its chance is at least this share of the best one's.
_QUOTED_SHARE = 0.5
#: Years between which somebody may have a need, where the need says so; others are for anybody.
_AGES: dict[str, tuple[int, int]] = {
    "youth-mental-health": (5, 25),
    "youth-mediation": (9, 25),
    "young-people-into-work": (15, 25),
    "youth-offending-prevention": (8, 25),
    "positive-activities": (3, 19),
    "school-attendance": (4, 18),
    "early-years-health": (0, 5),
    "adult-mental-health": (17, 120),
    "adults-into-work": (18, 120),
    "adult-wellbeing": (16, 120),
    "debt-advice": (16, 120),
    "revenue-and-benefits": (16, 120),
    "parenting-support": (0, 18),
}


@dataclass(frozen=True, slots=True)
class NeedReading:
    """A need in the words. `confidence` 0–1, calibrated; `evidence` quotes the original.

    `members`: indexes into the household that was given, of those whom the need concerns.
    `presented`: slugs of the finer needs that the words name.
    """

    code: str
    confidence: float
    evidence: tuple[str, ...]
    members: tuple[int, ...]
    presented: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuledOutReading:
    """A need that the words name but seem to deny."""

    code: str
    evidence: tuple[str, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words say. The first need is the one to act on first; `level` is (code, why)."""

    needs: tuple[NeedReading, ...]
    ruled_out: tuple[RuledOutReading, ...]
    level: tuple[str, str]


def read(text: str, household: Sequence[Member], model: Model) -> Reading:
    """Read any text whatever; equal texts give equal readings. Nothing is kept of it."""
    return read_message(heard(text, household, model), household, model)


def read_message(message: Message | None, household: Sequence[Member], model: Model) -> Reading:
    """Read a message that has been scored already."""
    if message is None:
        return _nothing(urgent=False)
    text, pieces, danger, judge = message.text, message.pieces, message.danger, message.judge
    limits, scores = judge.thresholds, message.blended
    urgent = is_urgent(danger, pieces, limits.danger, limits.danger_in_few, limits.danger_named)
    if not in_our_words(message, model):
        return _nothing(urgent)
    home = household_of(text, household, pieces.clauses)
    if is_search(message):
        return _search(message, household, home, urgent, model)
    opinion = _opinion(message, home, model)
    gone = np.where(named_enough(scores), opinion.gone, -np.inf)
    chances = chances_of(opinion.needs, limits)
    shown = (opinion.needs > limits.need) | _plainly_stated(scores)
    if not shown.any() and is_clear(message):
        return _search(message, household, home, urgent, model)
    order = [int(i) for i in np.argsort(-opinion.first, kind="stable") if shown[i]]
    out = (gone > limits.ruled_out) & ~shown
    needs = [_need(i, float(chances[i]), message, home, model) for i in order]
    needs = _with_named_apart(needs, out, message, household, model)
    chances = np.maximum(chances, [_confidence(code, needs) for code in model.codes])
    levels = message.encoded.level if message.encoded else None
    level = level_place(
        judge.levels, level_features(chances, len(needs), danger.whole, len(text), levels)
    )
    return Reading(
        needs=tuple(needs),
        ruled_out=_ruled_out(out, pieces, scores, model),
        level=(LEVELS[level], why(level, len(needs), urgent)),
    )


def _nothing(urgent: bool) -> Reading:
    """No need was read. Beside danger no level sounds like an all-clear."""
    place = len(LEVELS) - 1 if urgent else 0
    return Reading((), (), (LEVELS[place], why(place, 0, urgent)))


def _opinion(message: Message, home: Household, model: Model) -> Opinion:
    """What the judge says; of needs that the encoder was not tuned for, the one of word counts."""
    judge, encoded, pieces = message.judge, message.encoded, message.pieces
    opinion = judge.networks(features(message.scores, encoded, home, pieces))
    if encoded is None or not (new := new_needs(encoded)).any():
        return opinion
    alone = model.judge(encoded=False)
    by_words = alone.networks(features(message.scores, None, home, pieces))
    # Each judge has limits of its own.
    needs = by_words.needs + judge.thresholds.need - alone.thresholds.need
    gone = by_words.gone + judge.thresholds.ruled_out - alone.thresholds.ruled_out
    return Opinion(
        needs=np.where(new, needs, opinion.needs),
        # What is first is learned within a message, so that each has a zero of its own.
        first=np.where(new, log_softmax(by_words.first), log_softmax(opinion.first)),
        gone=np.where(new, gone, opinion.gone),
    )


def _plainly_stated(scores: Scores) -> NDArray[np.bool_]:
    """(K,) needs that one clause states beyond doubt, whatever the others deny."""
    now = np.clip(scores.status[: scores.clauses, [STATUSES.index("present")]], _SURE, 1 - _SURE)
    doubt = np.minimum(np.log(now / (1 - now)), 0)
    stated = scores.present[: scores.clauses] + doubt
    return np.asarray(stated.max(0) >= _PLAIN, bool)


def chances_of(log_odds: Floats, limits: Thresholds) -> Floats:
    """Calibrated chances of the needs."""
    return sigmoid(limits.slope * log_odds + limits.offset)


def _search(
    message: Message, household: Sequence[Member], home: Household, urgent: bool, model: Model
) -> Reading:
    scores = in_few_words(message, model)
    found = asked(message, scores)
    pieces, chances = message.pieces, found.chances
    order = [int(i) for i in np.argsort(-chances, kind="stable") if found.shown[i]]
    needs = [_need(i, float(chances[i]), message, home, model) for i in order]
    needs = _with_named_apart(needs, found.gone, message, household, model)
    # By the scale's own words: several needs want a plan.
    place = len(LEVELS) - 1 if urgent else _TARGETED if len(needs) >= _SEVERAL else 0
    ruled_out = _ruled_out(found.gone, pieces, scores, model)
    return Reading(tuple(needs), ruled_out, (LEVELS[place], why(place, len(needs), urgent)))


def _with_named_apart(
    needs: list[NeedReading], out: NDArray[np.bool_], message: Message,
    household: Sequence[Member], model: Model,
) -> list[NeedReading]:  # fmt: skip
    """The needs with those that parts of a few words name, where they are how pressing they are."""
    known = {need.code for need in needs} | {model.codes[i] for i in np.flatnonzero(out)}
    needs = list(needs)
    for named in named_apart(message, household, known, model):
        part = named.part
        home = household_of(part.text, household, part.pieces.clauses)
        place = model.judges.place_of(model.codes[named.need], [need.code for need in needs])
        needs.insert(place, _need(named.need, named.chance, part, home, model))
    return needs


def _confidence(code: str, needs: Sequence[NeedReading]) -> float:
    return next((need.confidence for need in needs if need.code == code), 0.0)


def _need(need: int, chance: float, message: Message, home: Household, model: Model) -> NeedReading:
    places, pieces = _stating(need, message.blended), message.pieces
    code = model.codes[need]
    youngest, oldest = _AGES.get(code, (0, 120))
    return NeedReading(
        code=code,
        confidence=round(chance, 4),
        evidence=tuple(pieces.clauses[place].text for place in places),
        members=members_concerned(home, places, youngest, oldest),
        presented=finer_needs(code, places, message, model.centroids, model.encoder),
    )


def _stating(need: int, scores: Scores) -> list[int]:
    """The clauses that state the need best, in the order of the text."""
    stated = sigmoid(scores.present[: scores.clauses, need])
    best = np.argsort(-stated, kind="stable")[:_QUOTES]
    least = max(0.5, _QUOTED_SHARE * float(stated[best[0]]))
    return sorted(
        int(place) for rank, place in enumerate(best) if rank == 0 or stated[place] >= least
    )


def _ruled_out(
    gone: NDArray[np.bool_], pieces: Pieces, scores: Scores, model: Model
) -> tuple[RuledOutReading, ...]:
    where, how = where_gone(scores)
    return tuple(
        RuledOutReading(
            code=model.codes[need],
            evidence=(pieces.clauses[where[need]].text,),
            status=STATUSES[how[need]],  # type: ignore[arg-type]
        )
        for need in map(int, np.flatnonzero(gone))
    )
