"""The log of log-ins, for the hub's administrators."""

from collections.abc import Callable
from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from cms.models import LogIn


def _people(request: HttpRequest) -> QuerySet[User]:
    return get_user_model().objects.filter(log_ins__isnull=False).distinct().order_by("username")


class LogInFilterSet(WagtailFilterSet):
    at = django_filters.DateFromToRangeFilter(label="When", widget=DateRangePickerWidget)
    what = django_filters.ChoiceFilter(label="What", choices=LogIn.What.choices)
    user = django_filters.ModelChoiceFilter(label="Who", queryset=_people)

    class Meta:
        model = LogIn
        fields = ["at", "what", "user"]


class LogInReport(ReportView):
    """Who came in, who tried to, and how."""

    page_title = "Log-ins"
    intro = "Who logged in, who tried to, and how. From where is kept in part only."
    header_icon = "key"
    model = LogIn
    permission_policy = ModelPermissionPolicy(LogIn)
    permission_required = "view"
    filterset_class = LogInFilterSet
    index_url_name = "hub_log_ins"
    index_results_url_name = "hub_log_ins_results"
    template_name = "cms/hub/reports/report.html"
    results_template_name = "cms/hub/reports/results.html"
    columns = [
        DateColumn("at", label="When"),
        Column("get_what_display", label="What"),
        Column("user", label="Who", accessor=lambda row: row.user or "Nobody we know"),
        Column("get_second_step_display", label="Second step"),
        Column("network", label="From"),
    ]
    list_export = ["at", "get_what_display", "user", "get_second_step_display", "network"]
    export_headings = {
        "at": "When",
        "get_what_display": "What",
        "user": "Who",
        "get_second_step_display": "Second step",
        "network": "From",
    }

    def get_queryset(self) -> QuerySet[LogIn]:
        return LogIn.objects.select_related("user")

    def get_filename(self) -> str:
        return f"log-ins-{timezone.localdate():%Y-%m-%d}"


def view(results_only: bool = False) -> Callable[..., Any]:
    return LogInReport.as_view(results_only=results_only)
