"""Wagtail's views of a model, with the effect of each row shown and kept from doing harm."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView

from cms.exchange.cells import guarded
from cms.vocabulary import editing
from cms.vocabulary.effects import effects_of
from cms.vocabulary.uses import Use, counted, plural, uses_of
from directory.models import Phrase
from directory.writing import wait_for_turn

#: Those who may look but not change see lists, what uses a row, and its history.
_LOOKING = ["add", "change", "delete", "view"]


class RowIndexView(generic.IndexView):
    """The rows of a table. `note`: said above them."""

    template_name = "cms/vocabulary/index.html"
    note = ""

    def get_note(self) -> str:
        """What those who look at the list should know."""
        return self.note

    def complete(self, rows: Iterable[Any]) -> None:
        """Give the rows that are shown what the database does not count by itself."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        self.complete(context["object_list"])
        context["note"] = "" if self.is_export or self.results_only else self.get_note()
        return context

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        done = super().preprocess_field_value(field, value, export_format)
        return guarded(ILLEGAL_CHARACTERS_RE.sub("", done)) if isinstance(done, str) else done


class SavingView:
    """What creating and editing have in common."""

    template_name = "cms/vocabulary/form.html"
    reindexed = 0

    def save_instance(self) -> Model:
        self.has_content_changes = self.form.has_changed()
        row, self.reindexed = editing.save(self.form)
        return row

    def save_action(self) -> HttpResponse:
        response: HttpResponse = super().save_action()
        for warning in self.form.warnings:
            messages.warning(self.request, warning)
        if self.reindexed:
            found = f"{self.reindexed} {plural('service', self.reindexed)}"
            messages.info(
                self.request,
                f"{found} can be found by the new words.",
            )
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        row = getattr(self, "object", None) or self.model()
        return context | {"effects": effects_of(row)}


class RowCreateView(SavingView, generic.CreateView):
    """A new row."""


class RowEditView(SavingView, generic.EditView):
    """A row that is there."""


class RowDeleteView(generic.DeleteView):
    """Deleting: refused, with who uses it, as long as anything does."""

    template_name = "cms/vocabulary/confirm_delete.html"

    def get_usage_url(self) -> None:
        return None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # From here on nobody publishes what would name the row.
        wait_for_turn()
        if self.uses or self.reasons:
            return self.render_to_response(self.get_context_data(), status=409)
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    @cached_property
    def uses(self) -> list[Use]:
        return uses_of(self.object)

    @cached_property
    def reasons(self) -> list[str]:
        return editing.why_not(self.object)

    @cached_property
    def goes_with_it(self) -> str:
        """What is deleted along with a row."""
        phrases = Phrase.objects.filter(presented_id=self.object.pk).count()
        if self.object._meta.model_name != "presentedneed" or not phrases:
            return ""
        return (
            f"With it goes what is filed under it: {phrases:,} {plural('phrase', phrases)}. The "
            "matcher forgets them when it is trained next."
        )

    def delete_action(self) -> None:
        editing.delete(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "uses": self.uses,
            "counted": counted(self.uses),
            "reasons": self.reasons,
            "goes_with_it": self.goes_with_it,
        }


class RowInspectView(generic.InspectView):
    """A row for those who may look but not change."""

    template_name = "cms/vocabulary/inspect.html"

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, dict):
            value = [f"{key}: {held}" for key, held in value.items()]
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"effects": effects_of(self.object)}


class RowUsageView(UsageView):
    """Everything that uses a row."""

    permission_required = None
    any_permission_required = _LOOKING

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("name", label="Name", get_url=lambda use: use.url or None),
            Column("what", label="What it is", accessor=lambda use: use.what.capitalize()),
        ]

    def get_queryset(self) -> list[Use]:
        return uses_of(self.object)

    def get_table(self, object_list: Any, **kwargs: Any) -> Any:
        # Not the rows of Wagtail's own index of references, which UsageView expects.
        return BaseListingView.get_table(self, object_list, **kwargs)

    def get_edit_url(self, instance: Model) -> str | None:
        return _edit_url(self, instance)


class RowHistoryView(HistoryView):
    """What was changed, by whom."""

    any_permission_required = _LOOKING

    def get_edit_url(self, instance: Model) -> str | None:
        return _edit_url(self, instance)

    @cached_property
    def header_buttons(self) -> list[Any]:
        may = self.user_has_permission("change")
        return super().header_buttons if may else []


def _edit_url(view: Any, row: Model) -> str | None:
    if not view.user_has_permission("change"):
        return None
    return reverse(view.edit_url_name, args=[quote(row.pk)])
