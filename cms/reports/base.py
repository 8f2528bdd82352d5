"""What the hub's reports have in common: who may see them, what a row is, what a file holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from cms.exchange.cells import guarded
from cms.reports.desk import DESK, may_use


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the page and of the file. `name` is an attribute of the rows.

    `link` gives the address that a cell leads to; `sort` is what the database orders by; with
    `file_only` it is in the file alone.
    """

    name: str
    heading: str
    link: Callable[[Any], str | None] | None = None
    sort: str | None = None
    file_only: bool = False

    def column(self) -> Column:
        """The column of Wagtail's table."""
        values = {"label": self.heading, "sort_key": self.sort}
        if self.link is None:
            return Column(self.name, **values)
        return TitleColumn(self.name, get_url=self.link, **values)


class HubReport(ReportView):
    """A report of the hub's. Without the permission it is refused, whatever a subclass forgets.

    A subclass names its `fields` and says in `rows` what they hold. `actions` are columns that
    only the page has.
    """

    permission = DESK
    fields: Sequence[Field] = ()
    actions: Sequence[Column] = ()
    #: What the report is for, in one or two sentences above it.
    intro = ""
    template_name = "cms/hub/reports/report.html"
    results_template_name = "cms/hub/reports/results.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_use(request.user, self.permission):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def shown_fields(self) -> Sequence[Field]:
        """The fields that this user is shown."""
        return self.fields

    def rows(self, found: Sequence[Any]) -> list[Any]:
        """What is shown of some of the results, those of one page or all of an export."""
        return list(found)

    @cached_property
    def columns(self) -> list[Column]:
        shown = (field for field in self.shown_fields() if not field.file_only)
        return [*(field.column() for field in shown), *self.actions]

    @cached_property
    def list_export(self) -> list[str]:
        return [field.name for field in self.shown_fields()]

    @cached_property
    def export_headings(self) -> dict[str, str]:
        return {field.name: field.heading for field in self.shown_fields()}

    def get_filename(self) -> str:
        return str(self.page_title).lower().replace(" ", "-")

    def get_filtered_queryset(self) -> Any:
        # Wagtail's own method filters once more what get_queryset has filtered.
        return self.get_queryset()

    def order_queryset(self, queryset: Any) -> Any:
        ordered = super().order_queryset(queryset)
        return ordered.order_by(*ordered.query.order_by, "pk")

    def get_table(self, object_list: Any) -> Any:
        self._shown = self.rows(object_list)
        return super().get_table(self._shown)

    def decorate_paginated_queryset(self, object_list: Any) -> list[Any]:
        return self._shown

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        if isinstance(value, datetime):
            value = timezone.make_naive(value).replace(microsecond=0)
        return _as_cell(super().preprocess_field_value(field, value, export_format))

    def get_heading(self, queryset: Any, field: str) -> Any:
        return _as_cell(super().get_heading(queryset, field))


def _as_cell(value: Any) -> Any:
    """Text that no spreadsheet takes for a formula, without characters that no XLSX can hold."""
    if not isinstance(value, str):
        return value
    return guarded(ILLEGAL_CHARACTERS_RE.sub("", value))
