"""What the enquiry is about, from the words and from what somebody ticked."""

from dataclasses import dataclass

from directory.reference import Reference
from matching.answer import LevelOfNeed, NeedFound, RuledOut
from matching.enquiry import Enquiry
from matching.safeguarding import Signs, detect_in
from matching.understanding.artefact import current_model
from matching.understanding.message import heard
from matching.understanding.reading import Reading, read_message

_NAME_WORDS = 8


@dataclass(frozen=True, slots=True)
class Understood:
    """Needs in the order to act on, what was ruled out, the level, and signs of danger.

    `words`: the quoted clauses, for the text part of the search.
    """

    needs: tuple[NeedFound, ...]
    ruled_out: tuple[RuledOut, ...]
    level: LevelOfNeed
    signs: Signs
    words: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the needs, first the one to act on first."""
        return tuple(need.code for need in self.needs)


def understand(enquiry: Enquiry, reference: Reference) -> Understood:
    """Read the words; what was ticked or unticked by a person wins over them.

    Raises ModelMissing when nothing has been trained yet.
    """
    model = current_model()
    message = heard(enquiry.text, model)
    reading = read_message(message, enquiry.household, model)
    needs = _needs(reading, enquiry, reference)
    codes = {need.code for need in needs}
    quotes = [quote for need in needs for quote in need.evidence]
    return Understood(
        needs=needs,
        ruled_out=tuple(
            RuledOut(
                code=item.code,
                name=reference.needs[item.code].name,
                evidence=item.evidence,
                status=item.status,
            )
            for item in reading.ruled_out
            if item.code in reference.needs and item.code not in codes
        ),
        level=_level(reading, enquiry),
        signs=detect_in(message, enquiry.household, model),
        words=" ".join(dict.fromkeys(quotes)) or _name_searched(enquiry.text),
    )


def _needs(reading: Reading, enquiry: Enquiry, reference: Reference) -> tuple[NeedFound, ...]:
    """Needs from the words in their order, then what was ticked beyond them.

    Without a sign of whose need it is, it may be anybody's.
    """
    anybody = tuple(range(len(enquiry.household)))
    found: dict[str, NeedFound] = {}
    chosen = [code for code in enquiry.needs if code in reference.needs]
    for need in reading.needs:
        if need.code in enquiry.exclude_needs or need.code not in reference.needs:
            continue
        ticked = need.code in chosen
        found[need.code] = NeedFound(
            code=need.code,
            name=reference.needs[need.code].name,
            confidence=1.0 if ticked else round(need.confidence, 4),
            evidence=need.evidence,
            source="chosen" if ticked else "text",
            members=need.members or anybody,
        )
    for code in chosen:
        if code not in found and code not in enquiry.exclude_needs:
            found[code] = NeedFound(
                code=code,
                name=reference.needs[code].name,
                confidence=1.0,
                evidence=(),
                source="chosen",
                members=anybody,
            )
    return tuple(found.values())


def _name_searched(text: str) -> str:
    """A few words without a need may be the name of a service or a partner; a story is not."""
    return text if len(text.split()) <= _NAME_WORDS else ""


def _level(reading: Reading, enquiry: Enquiry) -> LevelOfNeed:
    if enquiry.level:
        return LevelOfNeed(code=enquiry.level, suggested=False, why="You chose this level.")
    code, why = reading.level
    return LevelOfNeed(code=code, suggested=True, why=why)
