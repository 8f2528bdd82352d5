"""Live listings that lack something people look for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import django_filters

from cms.completeness import FACTS, lacking, missing, number_missing, share_of
from cms.models import ServicePage
from cms.reports.base import Field, HubReport
from cms.reports.services import ServiceFilterSet, edit_url, with_partner


@dataclass(frozen=True, slots=True)
class IncompleteRow:
    """A live listing and what it lacks, the most useful first."""

    pk: int
    title: str
    partner: str
    percent: int
    missing: str


class IncompleteFilterSet(ServiceFilterSet):
    """By what is missing."""

    missing = django_filters.ChoiceFilter(
        label="Still to do",
        choices=[(str(number), words) for number, words in enumerate(FACTS)],
        method="of_missing",
    )

    def of_missing(self, services: Any, name: str, number: str) -> Any:
        return services.filter(lacking(FACTS[int(number)]))


class IncompleteReport(HubReport):
    """Live listings that are not filled, the emptiest first."""

    page_title = "Incomplete listings"
    header_icon = "form"
    index_url_name = "hub_report_incomplete"
    index_results_url_name = "hub_report_incomplete_results"
    filterset_class = IncompleteFilterSet
    default_ordering = "-lacks"
    intro = (
        "Live listings that lack something people look for, with what their partners are told to "
        "do next."
    )
    no_results_message = "Every live listing that you asked for is filled."
    fields = (
        Field("title", "Service", link=edit_url, sort="title"),
        Field("partner", "Partner", sort="partner_name"),
        Field("percent", "Filled, %", sort="lacks"),
        Field("missing", "Still to do"),
    )

    def get_base_queryset(self) -> Any:
        return with_partner(incomplete()).prefetch_related("page_schedules", "levels")

    def rows(self, found: Sequence[Any]) -> list[IncompleteRow]:
        return [_row(page) for page in found]


def incomplete() -> Any:
    """Live service pages that lack something, with how much."""
    return ServicePage.objects.live().annotate(lacks=number_missing()).filter(lacks__gt=0)


def _row(page: Any) -> IncompleteRow:
    gaps = missing(page)
    return IncompleteRow(
        pk=page.pk,
        title=page.title,
        partner=page.partner_name or "",
        percent=round(100 * share_of(gaps)),
        missing="; ".join(gaps),
    )
