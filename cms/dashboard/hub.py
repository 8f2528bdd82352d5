"""What waits for the hub: a few lists and numbers, each leading to where it is dealt with.

The number of queries does not grow with the directory.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState

from cms.assurance.standing import live_to_decide, unsent, with_age
from cms.models import Invitation, Notice, PartnerPage, ServicePage
from cms.reports.coverage import USUAL
from cms.reports.desk import PEOPLE, may_use
from cms.reports.due import decisions
from cms.reports.gaps import number_of_gaps
from cms.reports.incomplete import incomplete
from cms.reports.reach import areas_of_kind
from cms.reports.services import with_partner
from directory.reference import current_reference

#: How many of each list are shown; the rest is one click away.
FIRST = 10


@dataclass(frozen=True, slots=True)
class Submission:
    """A change that somebody has handed in."""

    url: str
    title: str
    partner: str
    by: str
    since: datetime
    own: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """A listing that nobody has confirmed for too long."""

    pk: int
    title: str
    partner: str
    confirmed: date | None
    choices: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things to look after, and where; `url` is empty for what mends itself."""

    number: int
    words: str
    url: str


class HubPanel(Component):
    """What waits for the hub."""

    name = "hub_desk"
    order = 100
    template_name = "cms/hub/dashboard.html"

    class Media:
        css = {"all": ["cms/admin/desk.css"]}

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user, today = parent_context["request"].user, timezone.localdate()
        submitted = TaskState.objects.reviewable_by(user)
        deciding = live_to_decide(today)
        submissions, decided = submitted.count(), deciding.count()
        counts = [count for count in _counts(user, today) if count.number]
        return {
            "submissions": _submissions(submitted, user) if submissions else [],
            "all_submissions": _all(
                submissions, "wagtailadmin_reports:workflow", status="in_progress"
            ),
            "decisions": _decisions(deciding) if decided else [],
            "all_decisions": _all(decided, "hub_report_due", wanted="decide"),
            "counts": counts,
            "nothing": not (submissions or decided or counts),
        }


def _all(number: int, name: str, **query: str) -> Count:
    return Count(number, f"All {number}", _address(name, **query))


def _address(name: str, **query: str) -> str:
    return f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)


def _submissions(states: Any, user: User) -> list[Submission]:
    """The submissions that wait longest."""
    waiting = list(
        states.select_related("revision", "workflow_state__requested_by").order_by(
            "started_at", "pk"
        )[:FIRST]
    )
    pages = Page.objects.in_bulk([int(state.revision.object_id) for state in waiting])
    partners = _partners(pages.values())
    return [
        _submission(state, pages[int(state.revision.object_id)], partners, user)
        for state in waiting
        if int(state.revision.object_id) in pages
    ]


def _submission(state: Any, page: Page, partners: dict[str, str], user: User) -> Submission:
    by = state.workflow_state.requested_by
    return Submission(
        url=reverse("hub_review", args=[page.pk]),
        title=page.draft_title or page.title,
        partner=partners.get(page.path[: -page.steplen], ""),
        by=(by.get_full_name() or by.get_username()) if by else "",
        since=state.started_at,
        own=by is not None and by.pk == user.pk,
    )


def _partners(pages: Iterable[Page]) -> dict[str, str]:
    """Names of the partners above some pages, by path."""
    above = {page.path[: -page.steplen] for page in pages}
    return dict(PartnerPage.objects.filter(path__in=above).values_list("path", "title"))


def _decisions(pages: Any) -> list[Decision]:
    """The listings that were confirmed longest ago."""
    return [
        Decision(page.pk, page.title, page.partner_name, page.assured_date, decisions(page.pk))
        for page in with_partner(pages)[:FIRST]
    ]


def _counts(user: User, today: date) -> Iterable[Count]:
    """Numbers of what has gone wrong or is missing."""
    reminders = with_age(ServicePage.objects.live()).filter(unsent(today)).count()
    yield Count(
        reminders,
        _many(reminders, "listing is", "listings are") + " due and no reminder went out",
        _address("hub_report_due", wanted="unsent"),
    )
    notices = Notice.objects.filter(sent__isnull=True).exclude(problem="").count()
    yield Count(
        notices,
        _many(notices, "mail about a page", "mails about pages")
        + " could not be sent yet: the server tries again for a week (manage.py tidy)",
        "",
    )
    if may_use(user, PEOPLE):
        invitations = Invitation.objects.filter(
            sent__isnull=True, user__last_login__isnull=True, space__closed__isnull=True
        ).count()
        yield Count(
            invitations,
            _many(invitations, "invitation", "invitations") + " did not go out",
            _address("hub_report_people", state="unsent"),
        )
    lacking = incomplete().count()
    yield Count(
        lacking,
        _many(lacking, "live listing is", "live listings are") + " incomplete",
        _address("hub_report_incomplete"),
    )
    needs = list(current_reference().needs.values())
    gaps = number_of_gaps(areas_of_kind(USUAL, today), needs)
    yield Count(
        gaps,
        _many(gaps, "gap", "gaps") + ": a kind of help that nobody offers in a locality",
        _address("hub_report_coverage"),
    )


def _many(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
