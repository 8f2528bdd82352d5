"""The way from the menu to the pages of the hubs."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET
from wagtail.admin.menu import MenuItem

from cms.models import HubIndexPage


class HubsMenuItem(MenuItem):
    """Leads to the pages of the hubs and their connectors."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("directory.view_area"))


@permission_required("directory.view_area", raise_exception=True)
@require_GET
def hubs(request: HttpRequest) -> HttpResponse:
    """The list of hub pages, each with its connectors."""
    page = HubIndexPage.objects.first()
    if page is None:
        messages.warning(request, "Add a page for the hubs below the start page first.")
        return redirect("wagtailadmin_explore_root")
    return redirect("wagtailadmin_explore", page.pk)
