"""The page behind the link in a reminder."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.assurance.confirming import confirm
from cms.assurance.links import Opened, opened
from cms.models import ServicePage
from cms.projection import service_record

_STATUS = {"open": 200, "used": 200, "expired": 410, "wrong": 404, "locked": 409}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_right(request: HttpRequest, token: str) -> HttpResponse:
    """Looking asks, and only the button confirms: mail programs open links by themselves.

    Of a page that the hub has locked nothing moves; its link is not used up by that.
    """
    link = opened(token)
    if link.state == "open" and link.page is not None and link.page.locked:
        return _shown(request, "locked", link, status=_STATUS["locked"])
    if request.method == "POST" and link.state == "open" and link.page is not None:
        confirm(link.page, timezone.localdate())
        page = ServicePage.objects.get(pk=link.page.pk)
        return _shown(request, "done", Opened("open", page))
    return _shown(request, link.state, link, status=_STATUS[link.state])


def _shown(request: HttpRequest, state: str, link: Opened, status: int = 200) -> HttpResponse:
    context = {"state": state, "page": link.page}
    if link.page is not None:
        context["record"] = service_record(link.page)
    return render(request, "cms/still_right.html", context, status=status)
