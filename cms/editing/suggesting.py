"""Needs that a service's own words suggest. The partner decides which of them it ticks."""

from dataclasses import dataclass

from directory.reference import Reference
from matching.answer import NeedFound
from matching.enquiry import TEXT_LIMIT, Enquiry
from matching.understood import understand

#: Proposals that are worth looking through. Of what the demonstration's services are mainly for,
#: 98 in a hundred are among so many.
MOST = 5


@dataclass(frozen=True, slots=True)
class Proposal:
    """A need that the words seem to speak of: `evidence` quotes them."""

    code: str
    name: str
    outcome: str
    evidence: tuple[str, ...]
    presented: tuple[tuple[str, str], ...]


def proposals(title: str, summary: str, description: str, reference: Reference) -> list[Proposal]:
    """The needs that the matcher reads in the words of a listing, the surest first.

    Each text is read by itself: a name and a sentence say what a service is for more plainly than
    the page that follows. Nothing is kept. Raises ModelMissing when nothing was trained yet.
    """
    surest: dict[str, NeedFound] = {}
    for text in (title, summary, description):
        enquiry = Enquiry(text=text.strip()[:TEXT_LIMIT])
        for need in understand(enquiry, reference).needs if enquiry.text else ():
            known = surest.get(need.code)
            if known is None or need.confidence > known.confidence:
                surest[need.code] = need
    ordered = sorted(surest.values(), key=lambda need: -need.confidence)
    return [_proposal(need, reference) for need in ordered[:MOST]]


def _proposal(need: NeedFound, reference: Reference) -> Proposal:
    return Proposal(
        code=need.code,
        name=need.name,
        outcome=reference.needs[need.code].outcome.name,
        evidence=need.evidence,
        presented=tuple((finer.code, finer.name) for finer in need.presented),
    )
