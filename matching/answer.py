"""What the pipeline answers: values in the words of the public contract."""

from dataclasses import dataclass
from typing import Literal

from matching.languages import Language

Status = Literal["absent", "past", "other", "handled"]
Failure = Literal["area", "age", "level", "capacity"]
RouteKind = Literal["emergency", "safeguarding", "hub", "helpline"]


@dataclass(frozen=True, slots=True)
class FinerNeed:
    """A presented need that the words name, such as bailiffs within debt."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class NeedFound:
    """A need to act on. `confidence` 0–1; `evidence` quotes the words.

    `members`: whose need it may be, as indexes into the household. `presented`: the finer needs.
    """

    code: str
    name: str
    confidence: float
    evidence: tuple[str, ...]
    source: Literal["text", "chosen"]
    members: tuple[int, ...] = ()
    presented: tuple[FinerNeed, ...] = ()


@dataclass(frozen=True, slots=True)
class RuledOut:
    """A need that the words name but seem to deny, shown unticked with those words."""

    code: str
    name: str
    evidence: tuple[str, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class LevelOfNeed:
    """The level of need, given (`suggested` False) or read from the words, with why.

    `beside`: the levels one step below and above, which no answer shows. `known`: whether there
    was anything to read it from; a level that is not known makes no difference to the order.
    """

    code: str
    suggested: bool
    why: str
    beside: tuple[str, ...] = ()
    known: bool = True


@dataclass(frozen=True, slots=True)
class Route:
    """A named next step with a way to reach it."""

    kind: RouteKind
    name: str
    phone: str
    url: str
    why: str


@dataclass(frozen=True, slots=True)
class Safeguarding:
    """A prompt, never a filter. `urgent` False says nothing about safety."""

    urgent: bool
    reasons: tuple[str, ...]
    route: Route | None


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """What the typed place was understood as. `areas` are codes, most local first."""

    status: Literal["found", "ambiguous", "unknown", "none"]
    name: str
    kind: str
    areas: tuple[str, ...]
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServiceFound:
    """A service in rank order.

    `score` is the sum of the contributions that `reasons` put in words.
    """

    id: str
    name: str
    partner: str
    url: str
    score: float
    needs: tuple[str, ...]
    distance_km: float | None
    coverage: str
    delivery: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackageChoice:
    """One service of the package and the needs it is there for."""

    service_id: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A service that fails exactly one condition, with that condition."""

    service_id: str
    name: str
    needs: tuple[str, ...]
    failed: Failure
    detail: str


@dataclass(frozen=True, slots=True)
class EngineUsed:
    """Which search engine proposed the candidates, and whether it stood in for another."""

    name: str
    degraded: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that page, API and command show. `route` is always there.

    `package_exact` False: there were too many needs for the exact package, and a greedy one is
    shown. `words_alone`: the small language model was not used, and the words were read less well.
    `language`: what the words are in, when it is not English and so was not read.
    `unmet_routes`: for each need of `unmet` the line that helps with it, None where there is none.
    These four are for people to read and not in the public contract: there `route.why` says it.
    """

    needs: tuple[NeedFound, ...]
    ruled_out: tuple[RuledOut, ...]
    level: LevelOfNeed
    safeguarding: Safeguarding
    place: PlaceFound
    services: tuple[ServiceFound, ...]
    package: tuple[PackageChoice, ...]
    unmet: tuple[str, ...]
    near_misses: tuple[NearMiss, ...]
    route: Route
    engine: EngineUsed
    package_exact: bool = True
    words_alone: bool = False
    language: Language | None = None
    unmet_routes: tuple[Route | None, ...] = ()
