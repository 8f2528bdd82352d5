"""A partner's own services: how each stands, what to do next, and what takes one press or two.

The number of queries does not grow with the services.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db.models import (
    Case,
    CharField,
    Exists,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import WorkflowState

from cms.assurance.standing import first_month, of_age, with_age
from cms.completeness import missing, missing_in, share_of
from cms.models import PartnerPage, ServicePage
from cms.reports.services import with_partner

#: How many services are shown; those that need something come first.
FIRST = 25


@dataclass(frozen=True, slots=True)
class OwnService:
    """A service as its partner is shown it."""

    pk: int
    title: str
    partner: str
    url: str
    state: str
    comment: str
    percent: int
    next_step: str
    confirmed: date | None
    due: bool
    live: bool


class PartnerPanel(Component):
    """The services of whoever is looking, and nothing of others."""

    name = "own_services"
    order = 100
    template_name = "cms/hub/own_services.html"

    class Media:
        css = {"all": ["cms/admin/desk.css"]}

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user, today = parent_context["request"].user, timezone.localdate()
        partners = own_partners(user)
        services = _own(partners)
        number = services.count()
        return {
            "partners": partners,
            "services": [_service(page) for page in _first(services, today)],
            "number": number,
            "csrf_token": parent_context.get("csrf_token"),
        }


def own_partners(user: User) -> list[PartnerPage]:
    """The partners that somebody edits for."""
    return list(
        PartnerPage.objects.filter(space__group__user=user, space__closed__isnull=True)
        .order_by("title")
        .distinct()
    )


def _own(partners: list[PartnerPage]) -> Any:
    inside = Q(pk__in=())
    for page in partners:
        inside |= Q(path__startswith=page.path)
    return ServicePage.objects.filter(inside)


def _first(services: Any, today: date) -> Any:
    """Those that need something of the partner before those that do not."""
    rank = Case(
        When(Exists(_states(WorkflowState.STATUS_NEEDS_CHANGES)), then=0),
        When(due=True, then=1),
        When(Exists(_states(WorkflowState.STATUS_IN_PROGRESS)), then=3),
        When(Q(live=False) | Q(has_unpublished_changes=True), then=2),
        default=4,
        output_field=IntegerField(),
    )
    due = Case(When(of_age(first_month(), today) & Q(live=True), then=Value(True)), default=False)
    return (
        with_age(with_partner(services))
        .annotate(due=due)
        .annotate(rank=rank)
        .order_by("rank", "title", "pk")
        .select_related("latest_revision")
        .prefetch_related("page_schedules", "levels")
        .prefetch_related(_current_workflows())[:FIRST]
    )


def _current_workflows() -> Prefetch:
    """What `page.current_workflow_state` reads. Wagtail's `prefetch_workflow_states` looks for
    plain pages and finds nothing for a queryset of service pages."""
    active = WorkflowState.objects.active().select_related("current_task_state__task")
    return Prefetch(
        "_specific_workflow_states", queryset=active, to_attr="_current_workflow_states"
    )


def _states(status: str) -> Any:
    return WorkflowState.objects.filter(status=status, object_id=Cast(OuterRef("pk"), CharField()))


def _service(page: Any) -> OwnService:
    revision = page.latest_revision
    gaps = missing_in(revision.content) if revision else missing(page)
    state, comment = _standing(page)
    return OwnService(
        pk=page.pk,
        title=page.draft_title or page.title,
        partner=page.partner_name or "",
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        state=state,
        comment=comment,
        percent=round(100 * share_of(gaps)),
        next_step=gaps[0] if gaps else "",
        confirmed=page.assured_date,
        due=page.due,
        live=page.live,
    )


def _standing(page: Any) -> tuple[str, str]:
    """How a service stands in words, with the hub's comment if it was sent back."""
    workflow = page.current_workflow_state
    live = "Live; a change" if page.live else "Draft"
    if workflow and workflow.status == WorkflowState.STATUS_IN_PROGRESS:
        return f"{live} waits for the hub", ""
    if workflow and workflow.status == WorkflowState.STATUS_NEEDS_CHANGES:
        task = workflow.current_task_state
        return f"{live} was sent back by the hub", task.comment if task else ""
    if page.live:
        return "Live; a change is not handed in yet" if page.has_unpublished_changes else "Live", ""
    return "Withdrawn" if page.first_published_at else "Draft, not handed in yet", ""
