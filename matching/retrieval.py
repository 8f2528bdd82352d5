"""From needs and a place to the rows of the services that may help.

An engine proposes ids; what is said of a service is read from the database, so an index that is
behind can never show a service that was withdrawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from directory.geography.coverage import Coverage, covers
from directory.geography.place import ResolvedPlace
from directory.search.document import Facets, facets_on, reach_of
from directory.search.engine import Engine
from directory.search.live import live_facets
from directory.search.query import Query
from matching.answer import EngineUsed

#: Services that are looked at for one enquiry: ten times what is shown, each need in its turn.
MOST = 100


@dataclass(frozen=True, slots=True)
class Prospect:
    """A live service that may help: its facets, how it lies to the place, its text score."""

    facets: Facets
    coverage: Coverage
    text_score: float

    @property
    def service_id(self) -> str:
        return self.facets["id"]

    @property
    def name(self) -> str:
        return self.facets["name"]

    @property
    def partner_id(self) -> str:
        return self.facets["partner_id"]

    def weight(self, need: str) -> float:
        """How far the service is for `need`: 1.0 main, 0.6 also, 0 not."""
        return self.facets["needs"].get(need, 0.0)


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What was found, in the engine's order, and which engine found it."""

    prospects: tuple[Prospect, ...]
    engine: EngineUsed


def retrieve(
    needs: Sequence[str],
    words: str,
    place: ResolvedPlace,
    engine: Engine,
    today: date | None = None,
) -> Retrieved:
    """Services for any of `needs` around `place`, and, without needs, those that `words` name.

    Two queries of the engine and one for the rows. Services that just miss the place are among
    them: `matching.eligibility` says so. What they say counts as of `today`.
    """
    day = today or timezone.localdate()
    query = Query(
        text=words, needs=tuple(needs), place=place, limit=MOST, beyond=True, distances=False
    )
    proposal = engine.candidates(query)
    scores = {candidate.listing_id: candidate.text_score for candidate in proposal.candidates}
    facets = live_facets(scores)
    prospects = (
        Prospect(facets_on(facets[pk], day), covers(reach_of(facets[pk]), place), score)
        for pk, score in scores.items()
        if pk in facets
    )
    wanted = set(needs)
    return Retrieved(
        prospects=tuple(p for p in prospects if not wanted or wanted & set(p.facets["needs"])),
        engine=EngineUsed(name=proposal.engine, degraded=proposal.degraded),
    )
