"""What a partner does with one press on its dashboard."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from cms.assurance.confirming import confirm
from cms.models import ServicePage
from cms.partners.boundary import may_edit

LOCKED = "The hub has locked “{}”, so it can be neither changed nor confirmed now."


@require_POST
def still_right(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a live service of one's own as of today. What is not one's own is not there.

    A confirmation changes nothing of the listing, so it waits for nobody; but of a page that the
    hub has locked nothing moves.
    """
    page = ServicePage.objects.live().filter(pk=pk).first()
    if page is None or not may_edit(request.user, page):
        raise Http404
    if page.locked:
        messages.error(request, f"{LOCKED.format(page.title)} Ask the hub to unlock it.")
    else:
        confirm(page, timezone.localdate(), by=request.user)
        messages.success(request, f"Thank you. “{page.title}” is confirmed as of today.")
    return redirect("wagtailadmin_home")
