"""The hub decides about a listing that nobody confirms: asked about first, then done and logged."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from cms.assurance.confirming import confirm
from cms.assurance.deciding import ask_again, partner_of, withdraw
from cms.assurance.reminders import NobodyToTell, people_of
from cms.models import ServicePage
from cms.projection import service_record
from cms.reports.desk import PEOPLE, may_use


class NotDone(Exception):
    """What was decided could not be done; the text says what to do instead."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as the page asks about it. `done` does it and says so; `serious` warns."""

    question: str
    explained: str
    button: str
    done: Callable[[HttpRequest, ServicePage], str]
    serious: bool = False


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Ask about a decision, and on POST do it."""
    if not may_use(request.user):
        raise PermissionDenied
    page = get_object_or_404(ServicePage.objects.live(), pk=pk)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    decision = _DECISIONS.get(action)
    if decision is None:
        raise Http404
    if request.method == "POST":
        try:
            messages.success(request, decision.done(request, page))
        except NotDone as failed:
            messages.error(request, str(failed))
        else:
            return redirect(_back())
    return _asked(request, page, decision)


def _asked(request: HttpRequest, page: ServicePage, decision: Decision) -> HttpResponse:
    return render(
        request,
        "cms/hub/reports/decide.html",
        {
            "page": page,
            "decision": decision,
            "record": service_record(page),
            "partner": partner_of(page),
            "people": _written_to(request, page),
            "reminders": page.reminders.all()[:5],
            "back": _back(),
            "header_title": decision.question.format(page.title),
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": "Home"},
                {"url": _back(), "label": "Due for assurance"},
                {"url": "", "label": decision.button},
            ],
        },
    )


def _written_to(request: HttpRequest, page: ServicePage) -> str:
    """Who would get the mail: addresses of people are for administrators."""
    people = people_of(partner_of(page))
    if may_use(request.user, PEOPLE):
        return ", ".join(people)
    return f"{len(people)} {'person' if len(people) == 1 else 'people'}" if people else ""


def _back() -> str:
    return f"{reverse('hub_report_due')}?{urlencode({'wanted': 'decide'})}"


def _confirm(request: HttpRequest, page: ServicePage) -> str:
    confirm(page, timezone.localdate(), by=request.user)
    return f"“{page.title}” is confirmed as of today."


def _ask(request: HttpRequest, page: ServicePage) -> str:
    try:
        people = ask_again(page, timezone.localdate(), by=request.user)
    except NobodyToTell as nobody:
        raise NotDone(
            "Nobody edits for this partner and its page has no e-mail address. Ring them, or "
            "invite somebody, and decide then."
        ) from nobody
    told = f"{len(people)} {'person' if len(people) == 1 else 'people'}"
    return (
        f"The partner is asked about “{page.title}”: a mail goes to {told}. If it cannot be sent, "
        "your dashboard says so, and it is tried again."
    )


def _withdraw(request: HttpRequest, page: ServicePage) -> str:
    withdraw(page, by=request.user)
    return f"“{page.title}” is withdrawn. Its page stays and can be published again."


_DECISIONS = {
    "confirm": Decision(
        question="Is “{}” still right?",
        explained="You have asked the partner or know it otherwise. The listing then says that it "
        "was confirmed today, and your name stands in its history.",
        button="Yes, confirm it",
        done=_confirm,
    ),
    "ask": Decision(
        question="Ask about “{}” again?",
        explained="The partner gets a mail now, with a link that confirms the listing with one "
        "click. You are asked to decide again if nothing has come back in four weeks.",
        button="Send the mail",
        done=_ask,
    ),
    "withdraw": Decision(
        question="Withdraw “{}”?",
        explained="Nobody finds it any more, from this moment on. Its page stays as a draft: the "
        "partner can put it right, and the hub publishes it again.",
        button="Withdraw it",
        done=_withdraw,
        serious=True,
    ),
}
