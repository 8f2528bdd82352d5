"""From an enquiry to an answer: the one way that page, API, command and evaluation take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from directory.geography.place import ResolvedPlace
from directory.geography.resolve import resolve
from directory.reference import Reference, current_reference
from directory.search import current_engine
from directory.search.engine import Engine
from matching import features, lines, routes
from matching.answer import (
    Answer,
    EngineUsed,
    LevelOfNeed,
    NearMiss,
    PlaceFound,
    Safeguarding,
    ServiceFound,
)
from matching.at_home import Household, at_home
from matching.eligibility import explain, failures
from matching.enquiry import Audience, Enquiry
from matching.package import combine
from matching.ranking import Ranked, rank
from matching.reasons import Reasons
from matching.retrieval import Prospect, Retrieved, retrieve
from matching.understood import Understood, understand
from matching.urgent_routes import urgent_route

#: Near misses that are shown: enough to see what is just out of reach.
NEAR_MISSES = 10


@dataclass(frozen=True, slots=True)
class Field:
    """What is known before anything is ranked: what was understood, and who could help.

    `fitting` can take the household on, `missing` just cannot; `table` (fitting, features).
    """

    understood: Understood
    place: ResolvedPlace
    household: Household
    fitting: tuple[Prospect, ...]
    missing: tuple[NearMiss, ...]
    table: NDArray[np.float64]
    engine: EngineUsed


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Prospects that can take the household on, and those that just cannot."""

    fitting: tuple[Prospect, ...]
    missing: tuple[NearMiss, ...]


def answer(enquiry: Enquiry, engine: Engine | None = None, today: date | None = None) -> Answer:
    """Understand the enquiry, find and rank services, combine them into a package.

    Deterministic: equal enquiries over an equal directory on the same day give equal answers.
    Never empty: `Answer.route` names a next step whatever was found. Nothing of the enquiry
    outlives the call except the quoted evidence in the answer. At most eight database queries.
    """
    today = today or timezone.localdate()
    reference = current_reference()
    field = compare(enquiry, reference, engine or current_engine(), today)
    understood, place = field.understood, field.place
    ranked = rank(field.fitting, field.table)
    package = combine(ranked, understood.codes)
    chosen = frozenset(choice.service_id for choice in package.choices)
    reasons = Reasons(
        understood.needs, field.household, understood.level, reference, enquiry.audience, today
    )
    return Answer(
        needs=understood.needs,
        ruled_out=understood.ruled_out,
        level=understood.level,
        safeguarding=_safeguarding(understood, place, reference, enquiry),
        place=PlaceFound(
            status=place.status,
            name=place.name,
            kind=place.kind,
            areas=place.areas,
            suggestions=place.suggestions,
        ),
        services=_shown(ranked, enquiry.limit, understood.codes, reasons, chosen),
        package=package.choices,
        unmet=package.unmet,
        near_misses=field.missing,
        route=routes.next_step(
            understood, place, reference, package.unmet, enquiry.household, enquiry.audience
        ),
        engine=field.engine,
        unmet_routes=lines.lines_for(
            package.unmet, place, reference, enquiry.household, enquiry.audience
        ),
        package_exact=package.exact,
        words_alone=understood.words_alone,
        language=understood.language,
    )


def compare(enquiry: Enquiry, reference: Reference, engine: Engine, today: date) -> Field:
    """Understand, retrieve, sort out who cannot help, and put the others into figures."""
    understood = understand(enquiry, reference)
    place = resolve(enquiry.place)
    if not understood.codes and not understood.words:
        # Nothing was read, ticked or searched by name: any service would be a guess.
        found = Retrieved((), EngineUsed(name=engine.name, degraded=False))
    else:
        found = retrieve(understood.codes, understood.words, place, engine, today)
    household = at_home(enquiry, understood.needs)
    split = _split(found.prospects, household, understood.level, reference, enquiry.audience)
    table = features.features(split.fitting, understood.needs, household, understood.level, today)
    return Field(understood, place, household, split.fitting, split.missing, table, found.engine)


def _split(
    prospects: Sequence[Prospect], household: Household, level: LevelOfNeed, reference: Reference,
    audience: Audience,
) -> _Sorted:  # fmt: skip
    fitting: list[Prospect] = []
    missing: list[NearMiss] = []
    codes = [need.code for need in household.needs]
    for prospect in prospects:
        failed = failures(prospect, household, level)
        if not failed:
            fitting.append(prospect)
        elif len(failed) == 1:
            missing.append(
                NearMiss(
                    service_id=prospect.service_id,
                    name=prospect.name,
                    needs=tuple(code for code in codes if prospect.weight(code) > 0),
                    failed=failed[0],
                    detail=explain(failed[0], prospect, household, level, reference, audience),
                )
            )
    return _Sorted(fitting=tuple(fitting), missing=tuple(missing[:NEAR_MISSES]))


def _shown(
    ranked: Sequence[Ranked],
    limit: int,
    codes: Sequence[str],
    reasons: Reasons,
    in_package: frozenset[str],
) -> tuple[ServiceFound, ...]:
    """`limit` services in their order: those of the package, and the best of the others.

    A package of more than `limit` services is shown whole.
    """
    others = (s for s in ranked if s.prospect.service_id not in in_package)
    best = {s.prospect.service_id for s in islice(others, max(0, limit - len(in_package)))}
    top = [s for s in ranked if s.prospect.service_id in best | in_package]
    return tuple(
        ServiceFound(
            id=service.prospect.service_id,
            name=service.prospect.name,
            partner=service.prospect.facets["partner"],
            url=service.prospect.facets["url"],
            score=round(service.score, 4),
            needs=tuple(code for code in codes if service.prospect.weight(code) > 0),
            distance_km=service.prospect.coverage.distance_km,
            coverage=service.prospect.coverage.kind,
            delivery=tuple(service.prospect.facets["delivery"]),
            reasons=reasons.of(service),
        )
        for service in top
    )


def _safeguarding(
    understood: Understood, place: ResolvedPlace, reference: Reference, enquiry: Enquiry
) -> Safeguarding:
    return Safeguarding(
        urgent=understood.signs.urgent,
        reasons=understood.signs.reasons if understood.signs.urgent else (),
        route=urgent_route(understood, place, reference, enquiry.audience, enquiry.household),
    )
