"""An answer as lines of text, for the terminal."""

from collections.abc import Iterator, Mapping
from itertools import islice

from django.utils import timezone

from directory.records import ServiceRecord
from directory.reference import Reference
from matching.answer import Answer, NearMiss, Route, ServiceFound
from matching.enquiry import Audience
from matching.facts import facts_of
from matching.reasons import coverage_said
from matching.uncovered import Uncovered, uncovered

Records = Mapping[str, ServiceRecord]

#: Reasons shown for each service: of the terms that weigh most those that say something new.
_REASONS = 3
_STATUS = {
    "absent": "the words say there is none",
    "past": "the words say it is past",
    "other": "the words say it is somebody else's",
    "handled": "the words say it is being dealt with",
}


def lines_of(
    answer: Answer,
    audience: Audience,
    reference: Reference,
    records: Mapping[str, ServiceRecord] = {},
) -> Iterator[str]:
    """The whole answer, most urgent first; for a resident without levels, scores and jargon.

    Services of which `records` are given say how long people wait, who asks, and their number.
    """
    resident = audience == "resident"
    names = {
        code: need.plain_name if resident else need.name for code, need in reference.needs.items()
    }
    yield from _safeguarding(answer, resident)
    yield from _language(answer)
    yield from _place(answer)
    yield from _needs(answer, names)
    if not resident:
        level = answer.level
        known = f"{level.code}{' (suggested)' * level.suggested}" if level.known else "not known"
        yield f"  Level of need: {known}. {level.why}"
    yield from _package(answer, names, resident)
    yield from _services(answer, audience, names, records)
    yield from _near_misses(answer, names, records)
    yield ""
    yield "NEXT STEP, WHATEVER HAPPENS"
    yield from _route(answer.route)
    if answer.words_alone:
        yield "(Read by word counts alone: the small language model was not used. Check the needs.)"
    if answer.engine.degraded:
        yield f"(The search ran on the stand-in engine, {answer.engine.name}.)"


def _safeguarding(answer: Answer, resident: bool) -> Iterator[str]:
    signs = answer.safeguarding
    if not signs.urgent:
        return
    todo = "Get help now." if resident else "Follow your safeguarding procedure now."
    yield f"FIRST: SOMEBODY MAY BE AT RISK. {todo}"
    for reason in signs.reasons:
        yield f"  - {reason}"
    if signs.route:
        yield from _route(signs.route)
    yield ""


def _language(answer: Answer) -> Iterator[str]:
    if answer.language is None:
        return
    yield f"These words seem to be in {answer.language.name}. They were not read."
    if answer.language.say:
        yield answer.language.say
    yield ""


def _place(answer: Answer) -> Iterator[str]:
    place = answer.place
    if place.status == "found":
        yield f"Place: {place.name}"
    elif place.status == "ambiguous":
        yield f"Place: {place.name} may be one of several: {'; '.join(place.suggestions)}"
    elif place.status == "unknown":
        hint = f" Did you mean {', '.join(place.suggestions)}?" if place.suggestions else ""
        yield f"Place: not recognised, so services were not checked for distance or area.{hint}"
    else:
        yield "Place: none given, so services were not checked for distance or area."


def _needs(answer: Answer, names: dict[str, str]) -> Iterator[str]:
    yield ""
    yield "NEEDS, the first to act on first"
    if not answer.needs:
        yield "  No need was recognised in these words."
    for number, need in enumerate(answer.needs, start=1):
        how = "chosen" if need.source == "chosen" else f"{round(100 * need.confidence)}% sure"
        finer = f", in particular: {'; '.join(n.name for n in need.presented)}"
        said = finer if need.presented else ""
        yield f"  {number}. {names[need.code]}{said} ({how})" + _quoted(need.evidence)
    for item in answer.ruled_out:
        yield f"  left out: {names[item.code]}, {_STATUS[item.status]}" + _quoted(item.evidence)


def _package(answer: Answer, names: dict[str, str], resident: bool) -> Iterator[str]:
    if not answer.package and not answer.unmet:
        return
    yield ""
    title = _package_title(answer, "organisations" if resident else "partners")
    yield title.upper() if resident else f"PACKAGE: {title}"
    by_id = {service.id: service for service in answer.services}
    for choice in answer.package:
        service = by_id[choice.service_id]
        yield f"  * {service.name} ({service.partner}): {'; '.join(names[c] for c in choice.needs)}"
    for need in uncovered(answer):
        yield from _uncovered(need, names)
    if not answer.package_exact:
        yield "  (With so many needs this package is a good one, not proven the smallest.)"


def _package_title(answer: Answer, partners: str) -> str:
    """What the package does, and no more: how many needs it meets, and by how few if that is so."""
    if not answer.package:
        return "what nobody here covers yet"
    needs = len(answer.needs)
    met = f"{needs - len(answer.unmet)} of the {needs}" if answer.unmet else "all of it"
    fewest = len(answer.package) > 1 and answer.package_exact
    return f"help with {met}{f', from as few {partners} as can be' if fewest else ''}"


def _uncovered(need: Uncovered, names: dict[str, str]) -> Iterator[str]:
    yield f"  ! Nobody here covers {names[need.code]}. Turn to {_reach(need.route)}"
    if need.near_miss:
        yield f"    Just misses: {need.near_miss.name}. {need.near_miss.detail}"


def _services(
    answer: Answer, audience: Audience, names: dict[str, str], records: Records
) -> Iterator[str]:
    yield ""
    yield "SERVICES, best first" if answer.services else "SERVICES: none fits"
    today = timezone.localdate()
    for number, service in enumerate(answer.services, start=1):
        score = "" if audience == "resident" else f", score {service.score:.2f}"
        yield f"  {number}. {service.name} ({service.partner}){score}"
        record = records.get(service.id)
        if record:
            yield f"     {' · '.join(facts_of(record, audience, today))}"
        distance = "" if service.distance_km is None else f" ({service.distance_km:g} km)"
        yield f"     {coverage_said(service)}{distance}"
        for reason in islice(_telling(service, set(names.values())), _REASONS):
            yield f"     - {reason}"


def _telling(service: ServiceFound, needs: set[str]) -> Iterator[str]:
    """The reasons without coverage, which stands above them, or needs that one before names."""
    named: set[str] = set()
    for reason in service.reasons:
        about = set(reason.partition(": ")[2].split("; ")) & needs
        if reason == coverage_said(service) or (about and about <= named):
            continue
        named |= about
        yield reason


def _near_misses(answer: Answer, names: dict[str, str], records: Records) -> Iterator[str]:
    if not answer.near_misses:
        return
    yield ""
    yield "JUST MISSED, and why"
    for miss in answer.near_misses:
        yield f"  - {miss.name}: {miss.detail}"
        wanted = _wanted(miss, names, records)
        if wanted:
            yield f"    {wanted}"


def _wanted(miss: NearMiss, names: dict[str, str], records: Records) -> str:
    """What a near miss is for, and its number."""
    record = records.get(miss.service_id)
    needs = f"For: {'; '.join(names[code] for code in miss.needs)}" if miss.needs else ""
    return " · ".join(part for part in (needs, record.phone if record else "") if part)


def _route(route: Route) -> Iterator[str]:
    yield f"  {_reach(route)}"
    yield f"  {route.why}"


def _reach(route: Route) -> str:
    """The name of a route and how it is reached."""
    reach = ", ".join(part for part in (route.phone, route.url) if part)
    return f"{route.name}{': ' + reach if reach else ''}"


def _quoted(evidence: tuple[str, ...]) -> str:
    return ": " + ", ".join(f"“{quote}”" for quote in evidence) if evidence else ""
