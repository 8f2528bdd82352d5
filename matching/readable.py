"""An answer as lines of text, for the terminal."""

from collections.abc import Iterator

from directory.reference import Reference
from matching.answer import Answer, Route
from matching.enquiry import Audience
from matching.reasons import COVERAGE_WORDS

#: Reasons shown for each service: the terms that weigh most.
_REASONS = 5
_STATUS = {
    "absent": "the words say there is none",
    "past": "the words say it is past",
    "other": "the words say it is somebody else's",
    "handled": "the words say it is being dealt with",
}


def lines_of(answer: Answer, audience: Audience, reference: Reference) -> Iterator[str]:
    """The whole answer, most urgent first; for a resident without levels, scores and jargon."""
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
    yield from _services(answer, resident)
    yield from _near_misses(answer)
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
    yield (
        "ALL OF IT, FROM AS FEW AS CAN BE"
        if resident
        else "PACKAGE: the fewest partners that cover what can be covered"
    )
    by_id = {service.id: service for service in answer.services}
    for choice in answer.package:
        service = by_id[choice.service_id]
        yield f"  * {service.name} ({service.partner}): {'; '.join(names[c] for c in choice.needs)}"
    for code in answer.unmet:
        yield f"  ! Nobody here covers {names[code]}: take it to the next step below."
    if not answer.package_exact:
        yield "  (With so many needs this package is a good one, not proven the smallest.)"


def _services(answer: Answer, resident: bool) -> Iterator[str]:
    yield ""
    yield "SERVICES, best first" if answer.services else "SERVICES: none fits"
    for number, service in enumerate(answer.services, start=1):
        distance = "" if service.distance_km is None else f", {service.distance_km:g} km"
        score = "" if resident else f", score {service.score:.2f}"
        yield f"  {number}. {service.name} ({service.partner}){score}"
        yield f"     {COVERAGE_WORDS[service.coverage]}{distance}"
        for reason in service.reasons[:_REASONS]:
            yield f"     - {reason}"


def _near_misses(answer: Answer) -> Iterator[str]:
    if not answer.near_misses:
        return
    yield ""
    yield "JUST MISSED, and why"
    for miss in answer.near_misses:
        yield f"  - {miss.name}: {miss.detail}"


def _route(route: Route) -> Iterator[str]:
    reach = ", ".join(part for part in (route.phone, route.url) if part)
    yield f"  {route.name}{': ' + reach if reach else ''}"
    yield f"  {route.why}"


def _quoted(evidence: tuple[str, ...]) -> str:
    return ": " + ", ".join(f"“{quote}”" for quote in evidence) if evidence else ""
