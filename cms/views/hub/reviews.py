"""What a partner has submitted, beside what is public: approve it, or send it back with a word."""

from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.models import Page, TaskState

from cms.confidential import may_see_address
from cms.confidential.fields import address_fields, write
from cms.confidential.held import held_of
from cms.models import ServicePage, ServicePageSite
from cms.moderation.comparison import Change, Hidden, compare


class AnswerForm(forms.Form):
    """What the hub decides. Sending back takes a word of why."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        required=False,
        label="What to tell the partner",
        help_text="Needed to send it back. It is sent by mail, and kept in the page's history.",
        widget=forms.Textarea({"rows": 4}),
    )
    answer = forms.ChoiceField(choices=[("approve", "Approve"), ("reject", "Send back")])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("answer") == "reject" and not cleaned.get("comment", "").strip():
            self.add_error("comment", "Say what should change, so that the partner can do it.")
        return cleaned


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reviewed(request: HttpRequest, page_id: int) -> HttpResponse:
    """The two sides, and the hub's answer to a change that waits."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    waiting = page.current_workflow_task_state
    form = AnswerForm(request.POST or None, initial={"revision": page.latest_revision_id})
    if request.method == "POST" and form.is_valid():
        if waiting is None:
            messages.error(request, "Somebody has answered this already.")
            return redirect("hub_review", page_id)
        if form.cleaned_data["revision"] == page.latest_revision_id:
            if _answer(request, waiting, form):
                return redirect("wagtailadmin_home")
        else:
            form.add_error(None, "It was changed while you were looking. Please look again.")
            form.data = request.POST.copy()
            form.data["revision"] = page.latest_revision_id
    status = 422 if form.errors else 200
    return render(
        request,
        "cms/hub/moderation/review.html",
        _context(request, page, waiting, form),
        status=status,
    )


def _answer(request: HttpRequest, waiting: TaskState, form: AnswerForm) -> bool:
    """Do what was decided. False, with the reason in the form, if it cannot be done."""
    answer, comment = form.cleaned_data["answer"], form.cleaned_data["comment"].strip()
    task, page = waiting.task.specific, waiting.workflow_state.content_object
    if answer not in {name for name, *_ in task.get_actions(page, request.user)}:
        raise PermissionDenied
    title = page.get_latest_revision_as_object().title
    try:
        task.on_action(waiting, request.user, answer, comment=comment)
    except ValidationError as error:
        words = " ".join(error.messages)
        form.add_error(None, f"It cannot go live as it is: {words} Edit it, or send it back.")
        return False
    done = "is approved" if answer == "approve" else "is sent back"
    messages.success(request, f"“{title}” {done}. Its partner hears of it by mail.")
    return True


def _context(
    request: HttpRequest, page: Page, waiting: TaskState | None, form: AnswerForm
) -> dict[str, Any]:
    after = page.get_latest_revision_as_object()
    before = page if page.live else None
    changes = compare(before, after, _hidden(request, before, after))
    actions = waiting.task.specific.get_actions(page, request.user) if waiting is not None else []
    return {
        "page": page,
        "after": after,
        "partner": page.get_parent(),
        "waiting": waiting,
        "tabs": [(tab, list(rows)) for tab, rows in groupby(changes, key=_tab)],
        "form": form,
        "may_approve": "approve" in {name for name, *_ in actions},
        "may_answer": bool(actions),
        "may_publish": after.permissions_for_user(request.user).can_publish(),
    }


def _tab(change: Change) -> str:
    return change.tab


def _hidden(request: HttpRequest, *pages: Page | None) -> Hidden:
    """Which fields of a row say where a confidential site is, to somebody who may not know.

    To those who may, the rows say what is held for them.
    """
    services = [page for page in pages if isinstance(page, ServicePage)]
    held = held_of(services[0]) if services else {}
    if services and may_see_address(request.user, services[0]):
        for site in (row for page in services for row in page.page_sites.get_object_list()):
            if site.location_id in held:
                write(site, held[site.location_id])
        return lambda row, name: False
    names = {field.name for field in address_fields()}

    def hidden(row: Model, name: str) -> bool:
        if not isinstance(row, ServicePageSite) or name not in names:
            return False
        return row.confidential or row.location_id in held

    return hidden
