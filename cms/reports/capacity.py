"""Services where people wait, or that take nobody on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django.db.models import Case, F, IntegerField, Q, When

from cms.models import ServicePage
from cms.reports.base import Field, HubReport
from cms.reports.services import ServiceFilterSet, edit_url, with_partner
from directory.models import Need
from directory.reference import current_reference

_FULL = (ServicePage.Capacity.CLOSED, ServicePage.Capacity.WAITING_LIST)


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """A live listing with a wait, or closed to new people."""

    pk: int
    title: str
    partner: str
    capacity: str
    weeks: int | str
    needs: str
    confirmed: date | str


class CapacityFilterSet(ServiceFilterSet):
    """By how full it is, how long people wait, and what it is for."""

    capacity = django_filters.ChoiceFilter(
        label="How full it is", choices=[(value, value.label) for value in _FULL]
    )
    weeks = django_filters.NumberFilter(
        label="People wait at least so many weeks",
        field_name="waiting_weeks",
        lookup_expr="gte",
        min_value=0,
    )
    need = django_filters.ModelChoiceFilter(
        label="Kind of help", queryset=lambda request: Need.objects.all(), method="of_need"
    )

    def of_need(self, services: Any, name: str, need: Need) -> Any:
        return services.filter(page_needs__need=need)


class CapacityReport(HubReport):
    """Live listings that are waited for or full: the closed first, then the longest wait."""

    page_title = "Waiting or full"
    header_icon = "group"
    index_url_name = "hub_report_capacity"
    index_results_url_name = "hub_report_capacity_results"
    filterset_class = CapacityFilterSet
    intro = (
        "Live listings that say people wait, or that nobody new is taken on. How full a service "
        "is grows old quickly: the last column says when it was confirmed."
    )
    no_results_message = "No live listing that you asked for is waited for or full."
    fields = (
        Field("title", "Service", link=edit_url, sort="title"),
        Field("partner", "Partner", sort="partner_name"),
        Field("capacity", "How full it is"),
        Field("weeks", "Weeks", sort="waiting_weeks"),
        Field("needs", "Kinds of help"),
        Field("confirmed", "Last confirmed", sort="assured_date"),
    )

    def get_base_queryset(self) -> Any:
        live = with_partner(ServicePage.objects.live())
        closed_first = Case(
            When(capacity=ServicePage.Capacity.CLOSED, then=0),
            default=1,
            output_field=IntegerField(),
        )
        return (
            live.filter(Q(capacity__in=_FULL) | Q(waiting_weeks__gt=0))
            .prefetch_related("page_needs")
            .order_by(closed_first, F("waiting_weeks").desc(nulls_last=True), "title")
        )

    def rows(self, found: Sequence[Any]) -> list[CapacityRow]:
        needs = current_reference().needs
        return [_row(page, needs) for page in found]


def _row(page: Any, needs: dict[str, Need]) -> CapacityRow:
    return CapacityRow(
        pk=page.pk,
        title=page.title,
        partner=page.partner_name or "",
        capacity=page.get_capacity_display(),
        weeks="" if page.waiting_weeks is None else page.waiting_weeks,
        needs=", ".join(needs[row.need_id].name for row in page.page_needs.all()),
        confirmed=page.assured_date or "never",
    )
