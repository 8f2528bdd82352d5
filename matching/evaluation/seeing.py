"""Showing cases to the matcher, through the whole pipeline or to the reading alone."""

from collections.abc import Iterator, Sequence

import numpy as np

from matching.enquiry import Enquiry, Member
from matching.evaluation.cases import Case, SearchCase
from matching.evaluation.metrics import Shown
from matching.safeguarding import detect
from matching.understanding.artefact import current_model
from matching.understanding.message import heard
from matching.understanding.model import Model
from matching.understanding.reading import read
from matching.understanding.status import STATUSES


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


def clauses_of(case: Case) -> Iterator[str]:
    """Each clause of a case with the need it is likeliest to name, and with which status."""
    model = current_model()
    message = heard(case.story, case.household, model)
    if message is None:
        return
    scores = message.blended
    for place, clause in enumerate(message.pieces.clauses):
        chances = np.exp(scores.topic[place, :-1])
        need, status = int(chances.argmax()), int(scores.status[place].argmax())
        yield (
            f"“{clause.text}”: {model.codes[need]} {chances[need]:.2f}, "
            f"{STATUSES[status]} {scores.status[place, status]:.2f}"
        )


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
