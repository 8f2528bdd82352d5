"""Services out to a file and in from one: for the hub all of them, for a partner its own."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cms.exchange import batches
from cms.exchange.applying import Moved, Refused, apply_file
from cms.exchange.exporting import as_csv, as_xlsx
from cms.exchange.plan import ACTIONS
from cms.exchange.reading import BYTES_LIMIT, ROWS_LIMIT, Unreadable
from cms.exchange.scope import Scope, scope_of
from cms.models import ImportBatch, PartnerPage

_PER_PAGE = 20
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_GONE = "This file was applied already, or was uploaded more than a day ago. Upload it again."


class UploadForm(forms.Form):
    """A file, and what becomes of what it brings."""

    file = forms.FileField(
        label="File",
        help_text=f"XLSX or CSV, up to {BYTES_LIMIT // 1024**2} MB. Nothing is written before you "
        "have seen what would happen.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["then"] = forms.ChoiceField(
            label="What becomes of it",
            widget=forms.RadioSelect,
            initial="publish",
            choices=[
                ("publish", "Publish it" if scope.hub else "Send it to the hub for review"),
                ("draft", "Keep it as drafts, which may be incomplete"),
            ],
        )
        if len(scope.partners) > 1:
            self.fields["partner"] = _partner_field(scope)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > BYTES_LIMIT:
            raise forms.ValidationError(
                f"A file may have {BYTES_LIMIT // 1024**2} MB. Split it into several."
            )
        return file


class ExportForm(forms.Form):
    """Which file, of whom."""

    format = forms.ChoiceField(
        label="Format",
        choices=[("xlsx", "XLSX, for Excel and LibreOffice"), ("csv", "CSV")],
        initial="xlsx",
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_export_%s", **kwargs})
        if len(scope.partners) > 1:
            self.fields["partner"] = _partner_field(scope)


def _partner_field(scope: Scope) -> forms.TypedChoiceField:
    chosen = {partner.pk: partner for partner in scope.partners}
    return forms.TypedChoiceField(
        label="Partner",
        required=False,
        coerce=lambda pk: chosen[int(pk)],
        empty_value=None,
        choices=[("", "All partners"), *((pk, partner.title) for pk, partner in chosen.items())],
    )


def scoped(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give a view what its user may exchange; refuse everybody else."""

    def inner(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return view(request, scope_of(request.user), **kwargs)

    return inner


@require_http_methods(["GET", "POST"])
@scoped
def exchange(request: HttpRequest, scope: Scope) -> HttpResponseBase:
    """Where both begin; an upload leads to its preview."""
    form = UploadForm(request.POST or None, request.FILES or None, scope=scope)
    if request.method == "POST" and form.is_valid():
        return redirect("services_import", pk=_uploaded(form, scope).pk)
    return _page(request, "exchange", _start(scope, form))


@require_GET
@scoped
def export(request: HttpRequest, scope: Scope) -> HttpResponseBase:
    """The file."""
    form = ExportForm(request.GET, scope=scope)
    if not form.is_valid():
        raise Http404
    partner = form.cleaned_data.get("partner")
    narrowed = scope.narrowed(partner) if partner else scope
    name = f"services-{timezone.localdate().isoformat()}"
    if form.cleaned_data["format"] == "xlsx":
        return FileResponse(
            as_xlsx(narrowed), as_attachment=True, filename=f"{name}.xlsx", content_type=_XLSX
        )
    response = StreamingHttpResponse(as_csv(narrowed), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@require_GET
@scoped
def preview(request: HttpRequest, scope: Scope, pk: UUID) -> HttpResponseBase:
    """What the file would do, row by row."""
    batch = _own(pk, scope)
    if batch is None:
        return _gone(request)
    try:
        batches.look(batch, _scope_of_batch(batch, scope))
    except Unreadable as unreadable:
        batch.delete()
        messages.error(request, f"{batch.name}: {unreadable}")
        return redirect("services_exchange")
    return _previewed(request, batch, scope)


@require_POST
@scoped
@transaction.atomic
def apply(request: HttpRequest, scope: Scope, pk: UUID) -> HttpResponseBase:
    """Do it, all or nothing, if it is still what was previewed."""
    batch = _own(pk, scope, hold=True)
    if batch is None:
        return _gone(request)
    if not batch.fingerprint or batches.too_much(batch.plan["counts"], scope):
        return redirect("services_import", pk=pk)
    try:
        done = apply_file(
            bytes(batch.file),
            _scope_of_batch(batch, scope),
            publish=batch.publish,
            agreed=batch.fingerprint,
            name=batch.name,
        )
    except Moved as moved:
        batches.renew(batch, moved.plan)
        messages.warning(request, str(moved))
        return redirect("services_import", pk=pk)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("services_import", pk=pk)
    batch.delete()
    messages.success(request, f"{done.created} added, {done.changed} changed.")
    return redirect("services_exchange")


@require_POST
@scoped
def discard(request: HttpRequest, scope: Scope, pk: UUID) -> HttpResponseBase:
    """Forget the file."""
    batch = _own(pk, scope)
    if batch is not None:
        batch.delete()
    messages.success(request, "The file is deleted, and nothing was written.")
    return redirect("services_exchange")


def _uploaded(form: UploadForm, scope: Scope) -> ImportBatch:
    file, partner = form.cleaned_data["file"], form.cleaned_data.get("partner")
    return batches.keep(
        file.read(),
        file.name or "",
        scope.narrowed(partner) if partner else scope,
        partner,
        form.cleaned_data["then"] == "publish",
    )


def _own(pk: UUID, scope: Scope, hold: bool = False) -> ImportBatch | None:
    """The user's own file, unless it is for a partner that they left meanwhile."""
    if scope.user is None:
        raise PermissionDenied
    batch = batches.found(pk, scope.user, hold)
    if batch is not None and batch.partner_id not in {None, *(p.pk for p in scope.partners)}:
        return None
    return batch


def _scope_of_batch(batch: ImportBatch, scope: Scope) -> Scope:
    partner: PartnerPage | None = batch.partner
    return scope.narrowed(partner) if partner else scope


def _gone(request: HttpRequest) -> HttpResponse:
    messages.error(request, _GONE)
    return redirect("services_exchange")


def _start(scope: Scope, form: UploadForm) -> dict[str, Any]:
    return {
        "form": form,
        "export_form": ExportForm(scope=scope),
        "scope": scope,
        "rows_limit": batches.ROWS_PER_CLICK,
        "command_limit": ROWS_LIMIT,
    }


def _previewed(request: HttpRequest, batch: ImportBatch, scope: Scope) -> HttpResponse:
    counts, rows = batch.plan["counts"], batch.plan["rows"]
    shown = request.GET.get("show")
    if shown not in ACTIONS:
        shown = next((action for action in ACTIONS if counts[action]), "unchanged")
    context = {
        "batch": batch,
        "scope": scope,
        "counts": [(action, counts[action]) for action in ACTIONS],
        "shown": shown,
        "rows": Paginator(rows[shown], _PER_PAGE).get_page(request.GET.get("p")),
        "refused": counts["refused"],
        "nothing": not counts["created"] and not counts["changed"],
        "too_much": batches.too_much(counts, scope),
    }
    return _page(request, "preview", context)


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"cms/hub/exchange/{name}.html", context)
