"""Pages that were deleted lately, and bringing one back."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from cms.models import DeletedPage
from cms.recovery.restoring import RecoveryRefused, bring_back

hub_only = permission_required("cms.use_hub_desk", raise_exception=True)


@hub_only
@require_GET
def deleted(request: HttpRequest) -> HttpResponse:
    """What was deleted, by whom, and until when it can be brought back. Nothing of what it says."""
    rows = DeletedPage.objects.select_related("deleted_by").defer("content", "revisions", "beside")
    days = settings.DELETED_PAGES_KEPT_DAYS
    kept = [(row, row.deleted + timedelta(days=days)) for row in rows]
    context = {"header_title": "Deleted pages", "page_title": "Deleted pages",
               "header_icon": "bin", "kept": kept, "days": days}  # fmt: skip
    return render(request, "cms/hub/moderation/deleted.html", context)


@hub_only
@require_POST
def brought_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The page again, as a draft: its editor opens."""
    kept = get_object_or_404(DeletedPage, pk=pk)
    try:
        page = bring_back(kept, by=request.user)
    except RecoveryRefused as refused:
        messages.error(request, str(refused))
        return redirect("hub_deleted")
    messages.success(
        request, f"“{page.title}” is back as a draft. Look at it, and publish it if it is right."
    )
    return redirect("wagtailadmin_pages:edit", page.pk)
