"""Listings that grow old: who has to be asked, who was asked, and where the hub has to decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Case, Value, When
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.tables import Column

from cms.assurance.ageing import is_stale, months_since
from cms.assurance.standing import first_month, of_age, to_decide, unsent, with_age
from cms.models import ServicePage
from cms.reports.base import Field, HubReport
from cms.reports.services import ServiceFilterSet, edit_url, with_partner

NEVER = "never"
#: What the hub can do about a listing that nobody confirms.
DECISIONS = (("confirm", "Confirm"), ("ask", "Ask again"), ("withdraw", "Withdraw"))


@dataclass(frozen=True, slots=True)
class DueRow:
    """A live listing that was not confirmed for months."""

    pk: int
    title: str
    partner: str
    confirmed: date | str
    months: int
    reminded: date | str
    public: str
    decide: bool

    @property
    def wanted(self) -> str:
        return "Decide: is it still offered?" if self.decide else "Wait for the partner"


class DecisionColumn(Column):
    """Links to what the hub can decide."""

    cell_template_name = "cms/hub/reports/decision_cell.html"

    def get_cell_context_data(self, row: DueRow, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(row, parent_context)
        context["decisions"] = decisions(row.pk) if row.decide else []
        return context


def decisions(pk: int) -> list[tuple[str, str]]:
    """Address and words of each decision about a service page."""
    return [(reverse("hub_decide", args=[pk, name]), words) for name, words in DECISIONS]


def month_choices() -> list[tuple[int, str]]:
    """The months at which something happens."""
    months = {*settings.ASSURANCE_REMINDER_MONTHS, settings.ASSURANCE_STALE_MONTHS}
    return [(month, f"{month} months or more") for month in sorted(months)]


class DueFilterSet(ServiceFilterSet):
    """By months since it was confirmed, and by what is wanted."""

    months = django_filters.TypedChoiceFilter(
        label="Not confirmed for", choices=month_choices, coerce=int, method="of_months"
    )
    wanted = django_filters.ChoiceFilter(
        label="Wanted",
        choices=[
            ("decide", "The hub has to decide"),
            ("unsent", "The reminder did not go out"),
        ],
        method="of_wanted",
    )

    def of_months(self, services: Any, name: str, months: int) -> Any:
        return services.filter(of_age(months, timezone.localdate()))

    def of_wanted(self, services: Any, name: str, wanted: str) -> Any:
        today = timezone.localdate()
        return services.filter(to_decide(today) if wanted == "decide" else unsent(today))


class DueReport(HubReport):
    """Live listings that nobody has confirmed for months, the oldest first."""

    page_title = "Due for assurance"
    header_icon = "time"
    index_url_name = "hub_report_due"
    index_results_url_name = "hub_report_due_results"
    filterset_class = DueFilterSet
    default_ordering = "since"
    intro = (
        "Live listings that their partners have not confirmed for months. Partners are reminded "
        "by mail; when that does not help, the hub decides whether a listing is still offered."
    )
    no_results_message = "Every listing that you asked for was confirmed lately."
    fields = (
        Field("title", "Service", link=edit_url, sort="title"),
        Field("partner", "Partner", sort="partner_name"),
        Field("confirmed", "Last confirmed", sort="since"),
        Field("months", "Months ago"),
        Field("reminded", "Last asked", sort="reminded"),
        Field("public", "The public is told"),
        Field("wanted", "Wanted", file_only=True),
    )
    actions = (DecisionColumn("decide", label="Wanted"),)

    def get_base_queryset(self) -> Any:
        today = timezone.localdate()
        live = with_age(with_partner(ServicePage.objects.live()))
        decide = Case(When(to_decide(today), then=Value(True)), default=Value(False))
        return live.filter(of_age(first_month(), today)).annotate(decide=decide)

    def rows(self, found: Sequence[Any]) -> list[DueRow]:
        today = timezone.localdate()
        return [_row(page, today) for page in found]


def _row(page: Any, today: date) -> DueRow:
    return DueRow(
        pk=page.pk,
        title=page.title,
        partner=page.partner_name or "",
        confirmed=page.assured_date or NEVER,
        months=months_since(page.since, today),
        reminded=timezone.localdate(page.reminded) if page.reminded else NEVER,
        public=_told(page.assured_date, today),
        decide=page.decide,
    )


def _told(assured: date | None, today: date) -> str:
    if assured is None:
        return "Not confirmed yet"
    if is_stale(assured, today):
        return f"Not confirmed since {assured:%B %Y}"
    return "When it was confirmed"
