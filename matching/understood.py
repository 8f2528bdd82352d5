"""What the enquiry is about, from the words and from what somebody ticked."""

from collections.abc import Sequence
from dataclasses import dataclass

from directory.reference import Reference
from matching.answer import FinerNeed, LevelOfNeed, NeedFound, RuledOut
from matching.enquiry import Enquiry
from matching.languages import Language, other_language
from matching.safeguarding import Signs, detect_beside, detect_in
from matching.understanding.artefact import current_model
from matching.understanding.corpus import LEVELS
from matching.understanding.message import heard
from matching.understanding.model import Model
from matching.understanding.reading import Reading, read_message

_NAME_WORDS = 8


@dataclass(frozen=True, slots=True)
class Understood:
    """Needs in the order to act on, what was ruled out, the level, and signs of danger.

    `words`: the quoted clauses, for the text part of the search. `words_alone`: read
    without the small language model. `language`: the language that the words are in, if it is not
    English; then nothing was read in them, but for danger in what is English of them.
    """

    needs: tuple[NeedFound, ...]
    ruled_out: tuple[RuledOut, ...]
    level: LevelOfNeed
    signs: Signs
    words: str
    words_alone: bool = False
    language: Language | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the needs, first the one to act on first."""
        return tuple(need.code for need in self.needs)


def understand(enquiry: Enquiry, reference: Reference) -> Understood:
    """Read the words; what was ticked or unticked by a person wins over them.

    Raises ModelMissing when nothing has been trained yet.
    """
    model = current_model()
    language = other_language(enquiry.text, model.vectoriser.terms)
    if language is not None:
        signs = detect_beside(enquiry.text, enquiry.household, model, enquiry.audience)
        return _unread(language, signs, enquiry, reference, model)
    message = heard(enquiry.text, enquiry.household, model)
    reading = read_message(message, enquiry.household, model)
    needs = _needs(reading, enquiry, reference, model)
    codes = {need.code for need in needs}
    quotes = [quote for need in needs for quote in need.evidence]
    return Understood(
        needs=needs,
        ruled_out=tuple(
            RuledOut(
                code=item.code,
                name=reference.name_of(item.code, plain=enquiry.plain),
                evidence=item.evidence,
                status=item.status,
            )
            for item in reading.ruled_out
            if item.code in reference.needs and item.code not in codes
        ),
        level=_level(reading, enquiry, reference),
        signs=detect_in(message, enquiry.household, enquiry.audience),
        words=" ".join(dict.fromkeys(quotes)) or _name_searched(enquiry.text),
        words_alone=model.encoder is None,
    )


def _unread(
    language: Language, signs: Signs, enquiry: Enquiry, reference: Reference, model: Model
) -> Understood:
    """What is known of words in another language: only what was ticked beside them.

    `signs`: of danger, in what is English of them.
    """
    nothing = Reading((), (), (LEVELS[0], f"It is in {language.name}, so it was not read."))
    return Understood(
        needs=_needs(nothing, enquiry, reference, model),
        ruled_out=(),
        level=_level(nothing, enquiry, reference),
        signs=signs,
        words="",
        language=language,
    )


def _needs(
    reading: Reading, enquiry: Enquiry, reference: Reference, model: Model
) -> tuple[NeedFound, ...]:
    """Needs from the words in their order; what was ticked beyond them by how pressing it is.

    Without a sign of whose need it is, it may be anybody's.
    """
    chosen = [code for code in enquiry.needs if code in reference.needs]
    found = _read_needs(reading, enquiry, reference, chosen)
    more = [code for code in chosen if code not in {need.code for need in found}]
    for code in more:
        if code not in enquiry.exclude_needs:
            place = model.judges.place_of(code, [need.code for need in found])
            found.insert(place, _ticked(code, enquiry, reference))
    return tuple(found)


def _read_needs(
    reading: Reading, enquiry: Enquiry, reference: Reference, chosen: Sequence[str]
) -> list[NeedFound]:
    anybody = tuple(range(len(enquiry.household)))
    found: list[NeedFound] = []
    for need in reading.needs:
        if need.code in enquiry.exclude_needs or need.code not in reference.needs:
            continue
        ticked = need.code in chosen
        found.append(
            NeedFound(
                code=need.code,
                name=reference.name_of(need.code, plain=enquiry.plain),
                confidence=1.0 if ticked else round(need.confidence, 4),
                evidence=need.evidence,
                source="chosen" if ticked else "text",
                members=need.members or anybody,
                presented=tuple(
                    FinerNeed(slug, reference.presented[slug].name)
                    for slug in need.presented
                    if slug in reference.presented
                ),
            )
        )
    return found


def _ticked(code: str, enquiry: Enquiry, reference: Reference) -> NeedFound:
    return NeedFound(
        code=code,
        name=reference.name_of(code, plain=enquiry.plain),
        confidence=1.0,
        evidence=(),
        source="chosen",
        members=tuple(range(len(enquiry.household))),
    )


def _name_searched(text: str) -> str:
    """A few words without a need may be the name of a service or a partner; a story is not."""
    return text if len(text.split()) <= _NAME_WORDS else ""


def _level(reading: Reading, enquiry: Enquiry, reference: Reference) -> LevelOfNeed:
    suggested = not enquiry.level
    code, why = reading.level if suggested else (enquiry.level or "", "You chose this level.")
    order = tuple(reference.levels)
    place = order.index(code) if code in order else -1
    beside = order[max(0, place - 1) : place] + order[place + 1 : place + 2] if place >= 0 else ()
    known = not suggested or bool(reading.needs)
    return LevelOfNeed(code=code, suggested=suggested, why=why, beside=beside, known=known)
