"""The reports in the admin: their addresses and their menu. Registered in `cms.wagtail_hooks`."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from cms.reports.base import HubReport
from cms.reports.capacity import CapacityReport
from cms.reports.changes import ChangesReport
from cms.reports.confidential import ConfidentialReport
from cms.reports.coverage import CoverageReport
from cms.reports.due import DueReport
from cms.reports.incomplete import IncompleteReport
from cms.reports.people import PeopleReport
from cms.views.hub.deciding import decide
from cms.views.own import still_right

#: The reports, in the order of the menu, with the last part of their address.
REPORTS: tuple[tuple[str, type[HubReport]], ...] = (
    ("due", DueReport),
    ("incomplete", IncompleteReport),
    ("waiting-or-full", CapacityReport),
    ("coverage", CoverageReport),
    ("confidential", ConfidentialReport),
    ("people", PeopleReport),
    ("changes", ChangesReport),
)


def urls() -> list[URLPattern]:
    """A page and its list alone for each report, and what is done from them and the dashboard."""
    patterns = [
        path("reports/hub/decide/<int:pk>/<slug:action>/", decide, name="hub_decide"),
        path("still-right/<int:pk>/", still_right, name="partner_still_right"),
    ]
    for part, report in REPORTS:
        address = f"reports/hub/{part}/"
        results = report.as_view(results_only=True)
        patterns.append(path(address, report.as_view(), name=report.index_url_name))
        patterns.append(path(f"{address}results/", results, name=report.index_results_url_name))
    return patterns


def register_actions(actions: LogActionRegistry) -> None:
    actions.register_action("cms.ask_again", "Ask again", "Asked the partner again")
    actions.register_action(
        "cms.withdraw_unconfirmed", "Withdraw", "Withdrew it: nobody had confirmed it"
    )


class ReportMenuItem(MenuItem):
    """A report of the hub's, in the menu of whoever may see it."""

    def __init__(self, report: type[HubReport], order: int) -> None:
        super().__init__(
            report.page_title,
            reverse(report.index_url_name),
            icon_name=report.header_icon,
            order=order,
        )
        self._permission = report.permission

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self._permission))


def menu_items() -> list[Callable[[], MenuItem]]:
    """What makes each entry of the menu, above Wagtail's own reports."""
    return [
        partial(ReportMenuItem, report, order)
        for order, (_, report) in enumerate(REPORTS, start=100)
    ]
