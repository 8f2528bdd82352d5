"""The page that answers: what was understood, a plan, the services, and always a next step.

Words are only taken by POST, answered in the same response and kept nowhere, so no story stands
in an address, a log or a cache. Needs without words may be linked to (`/find/?need=debt-advice`).
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cms.forms import FindForm
from cms.templatetags.cms_display import SENSITIVE_NEEDS
from cms.views.start import need_groups
from directory.records import ServiceRecord
from directory.reference import Reference, current_reference
from matching.answer import Answer, NearMiss
from matching.enquiry import Enquiry
from matching.pipeline import answer
from matching.records import records_of
from matching.uncovered import uncovered

#: Below this a need read from the words is shown as one we are less sure of.
_SURE = 0.6


# Nothing is changed by a search, so it needs no CSRF token: residents get no cookie at all, and a
# browser that sends neither cookie nor origin is still answered.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def find(request: HttpRequest) -> HttpResponse:
    """Answer an enquiry: words and choices by POST, only chosen needs by GET."""
    reference = current_reference()
    response = (
        _told(request, reference) if request.method == "POST" else _chosen(request, reference)
    )
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def find_form(data: Any, reference: Reference) -> FindForm:
    """The form over the needs and levels in force."""
    return FindForm(
        data,
        needs=[(need.code, need.name) for need in reference.needs.values()],
        levels=[(level.code, level.name) for level in reference.levels.values()],
    )


def results_context(
    form: FindForm,
    enquiry: Enquiry | None,
    found: Answer | None,
    records: dict[str, ServiceRecord],
    reference: Reference,
) -> dict[str, Any]:
    """Everything that the page shows. Without an answer it shows the form with its errors."""
    practitioner = form["audience"].value() == "practitioner"
    names = {
        code: need.name if practitioner else need.plain_name
        for code, need in reference.needs.items()
    }
    rows = _services(found, records, names) if found else []
    ticks = _ticks(found, enquiry, names) if found and enquiry else _ticked(form, names)
    shown = {tick["code"] for tick in ticks}
    return {
        "form": form,
        "answer": found,
        "practitioner": practitioner,
        "names": names,
        "ticks": ticks,
        "other_needs": _others(shown),
        "carried": _carried(form, enquiry, found),
        "services": rows,
        "package": _plan(found, rows) if found else [],
        "met": len(found.needs) - len(found.unmet) if found else 0,
        "uncovered": _uncovered(found, records, names) if found else [],
        "near_misses": _near_misses(found, records, names) if found else [],
        "ages_note": form.cleaned_data["ages"].note if found else "",
        "level_name": _level_name(found, reference),
        "level_names": reference.level_names,
        "sensitive": bool(shown & SENSITIVE_NEEDS) or bool(found and found.safeguarding.urgent),
    }


def _told(request: HttpRequest, reference: Reference) -> HttpResponse:
    form = find_form(request.POST, reference)
    if not form.is_valid():
        context = results_context(form, None, None, {}, reference)
        return render(request, "cms/find.html", context, status=422)
    return _answered(request, form, reference)


def _chosen(request: HttpRequest, reference: Reference) -> HttpResponse:
    """Needs from the address, by code or, where a code would give somebody away, by number.

    Anything else in the address is not looked at.
    """
    numbers = {str(need.position): code for code, need in reference.needs.items()}
    asked = (numbers.get(value, value) for value in request.GET.getlist("need"))
    codes = [code for code in dict.fromkeys(asked) if code in reference.needs]
    if not codes:
        return redirect("/")
    form = find_form(MultiValueDict({"needs": codes, "audience": ["resident"]}), reference)
    form.is_valid()
    return _answered(request, form, reference)


def _answered(request: HttpRequest, form: FindForm, reference: Reference) -> HttpResponse:
    enquiry = form.to_enquiry()
    found = answer(enquiry)
    context = results_context(form, enquiry, found, records_of(found), reference)
    return render(request, "cms/find.html", context)


def _services(
    found: Answer, records: dict[str, ServiceRecord], names: dict[str, str]
) -> list[dict[str, Any]]:
    planned = {choice.service_id: choice.needs for choice in found.package}
    return [
        {
            "found": service,
            "record": records.get(service.id),
            "in_package": service.id in planned,
            "package_needs": [names.get(code, code) for code in planned.get(service.id, ())],
        }
        for service in found.services
    ]


def _plan(found: Answer, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of the package, in its order: the first is the one to act on first."""
    by_id = {row["found"].id: row for row in rows}
    return [by_id[choice.service_id] for choice in found.package if choice.service_id in by_id]


def _near_misses(
    found: Answer, records: dict[str, ServiceRecord], names: dict[str, str]
) -> list[dict[str, Any]]:
    return [_near_miss(miss, records, names) for miss in found.near_misses]


def _near_miss(
    miss: NearMiss, records: dict[str, ServiceRecord], names: dict[str, str]
) -> dict[str, Any]:
    return {
        "miss": miss,
        "record": records.get(miss.service_id),
        "needs": [names.get(code, code) for code in miss.needs],
    }


def _uncovered(
    found: Answer, records: dict[str, ServiceRecord], names: dict[str, str]
) -> list[dict[str, Any]]:
    """The needs that nobody covers: where to turn with each, and what just misses it."""
    return [
        {
            "name": names.get(need.code, need.code),
            "route": need.route,
            "near": need.near_miss and _near_miss(need.near_miss, records, names),
        }
        for need in uncovered(found)
    ]


def _ticks(found: Answer, enquiry: Enquiry, names: dict[str, str]) -> list[dict[str, Any]]:
    """The needs as boxes: found ones ticked, those left out or taken off unticked."""
    ticks = [
        _tick(
            need.code,
            names,
            ticked=True,
            evidence=need.evidence,
            chosen=need.source == "chosen",
            unsure=need.confidence < _SURE,
            finer=[finer.name for finer in need.presented],
        )
        for need in found.needs
    ]
    ticks += [
        _tick(item.code, names, evidence=item.evidence, status=item.status)
        for item in found.ruled_out
        if item.code not in enquiry.exclude_needs
    ]
    ticks += [_tick(code, names, taken_off=True) for code in enquiry.exclude_needs]
    return ticks


def _ticked(form: FindForm, names: dict[str, str]) -> list[dict[str, Any]]:
    """The boxes that somebody had ticked, for a form that is shown again with its errors."""
    return [
        _tick(code, names, ticked=True, chosen=True)
        for code in dict.fromkeys(form["needs"].value() or [])
        if code in names
    ]


def _tick(code: str, names: dict[str, str], **what: Any) -> dict[str, Any]:
    return {"code": code, "name": names.get(code, code), "ticked": False} | what


def _others(shown: set[str]) -> list[tuple[str, list[Any]]]:
    groups = (
        (outcome, [need for need in needs if need.code not in shown])
        for outcome, needs in need_groups()
    )
    return [(outcome, needs) for outcome, needs in groups if needs]


def _carried(form: FindForm, enquiry: Enquiry | None, found: Answer | None) -> dict[str, Any]:
    """Codes that the page sends back unseen: read from the words, and taken off by the person."""
    if enquiry is None or found is None:
        return {name: form[name].value() or [] for name in ("found", "exclude")}
    return {
        "found": [need.code for need in found.needs if need.source == "text"],
        "exclude": list(enquiry.exclude_needs),
    }


def _level_name(found: Answer | None, reference: Reference) -> str:
    level = reference.levels.get(found.level.code) if found else None
    return level.name if level else ""
