"""Showing cases to the matcher, through the whole pipeline or to the reading alone."""

from collections.abc import Sequence

from matching.enquiry import Enquiry, Member
from matching.evaluation.cases import Case, SearchCase
from matching.evaluation.metrics import Shown
from matching.safeguarding import detect
from matching.understanding.model import Model
from matching.understanding.reading import read


def answered(enquiry: Enquiry) -> Shown:
    """What the pipeline answers, as page, API and command line do."""
    from matching.pipeline import answer

    found = answer(enquiry)
    return Shown(
        needs=tuple(need.code for need in found.needs),
        ruled_out=tuple(need.code for need in found.ruled_out),
        level=found.level.code,
        urgent=found.safeguarding.urgent,
        quotes=tuple((need.confidence, need.evidence) for need in found.needs),
    )


def answered_cases(cases: Sequence[Case]) -> list[Shown]:
    return [
        answered(Enquiry(text=case.story, household=case.household, place=case.place))
        for case in cases
    ]


def answered_searches(cases: Sequence[SearchCase]) -> list[Shown]:
    return [answered(Enquiry(text=case.query, audience="resident")) for case in cases]


def understood(text: str, household: Sequence[Member], model: Model) -> Shown:
    """What the reading alone says, without a directory."""
    reading = read(text, household, model)
    return Shown(
        needs=tuple(need.code for need in reading.needs),
        ruled_out=tuple(need.code for need in reading.ruled_out),
        level=reading.level[0],
        urgent=detect(text, household, model).urgent,
        quotes=tuple((need.confidence, need.evidence) for need in reading.needs),
    )
