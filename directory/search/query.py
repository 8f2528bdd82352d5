"""What an engine is asked, and what it answers."""

from dataclasses import dataclass

from directory.geography.place import NOWHERE, ResolvedPlace


@dataclass(frozen=True, slots=True)
class Query:
    """A search. An empty field does not restrict.

    `needs`: codes, any of which may match. `text`: words, any of which may match. `ages` in whole
    years, one of which must be served. `beyond`: also propose services that just miss the place,
    after those that may cover it. `distances`: whether the asker wants them.

    An engine proposes a superset of what covers the place; `directory.geography.coverage.covers`
    decides.
    """

    text: str = ""
    needs: tuple[str, ...] = ()
    place: ResolvedPlace = NOWHERE
    ages: tuple[int, ...] = ()
    levels: tuple[str, ...] = ()
    delivery: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    limit: int = 200
    beyond: bool = False
    distances: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """A listing that an engine proposes.

    `text_score`: 0 without a text match, larger is better, comparable within one answer only.
    `distance_km`: from the place to the nearest public site, None if there is no such thing or
    it was not asked for.
    """

    listing_id: int
    text_score: float = 0.0
    matched_needs: tuple[str, ...] = ()
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an engine proposes for a query, best first.

    `engine`: who proposes it; `degraded`: in place of another that did not answer.
    """

    candidates: tuple[Candidate, ...]
    engine: str
    degraded: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion of what somebody is typing: a service's or partner's name with its page."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """How an engine is doing. `behind`: listings whose last change it has not taken in.

    `answers`: False when its server cannot be reached or used.
    """

    name: str
    healthy: bool
    documents: int
    behind: int
    answers: bool = True
