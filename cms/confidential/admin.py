"""What the admin says about confidential sites when a service is saved or published."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from cms.confidential.page import KeepsAddresses
from cms.confidential.releasing import REFUSED, may_publish

HIDDEN = (
    "The address is hidden from the public from now on, in earlier versions too. The rest of what "
    "you changed waits for the hub."
)

NO_ALIAS = "Pages here have no aliases. Leave “Alias” unticked and keep the copy by itself."


def register_actions(actions: LogActionRegistry) -> None:
    """What is written into the history of a page. The address itself never is."""
    actions.register_action(
        "cms.hide_address", "Hide address", "Hid the address of a confidential site"
    )
    actions.register_action(
        "cms.release_address", "Show address", "Made the address of a site public"
    )


def say_what_was_hidden(request: HttpRequest, page: Page) -> None:
    """Tell who ticked it that it is done, and did not have to wait."""
    if getattr(page, "hidden_at_once", None):
        messages.success(request, HIDDEN)


def stop_alias(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A service is copied, not mirrored: a mirror is a second listing that nobody keeps."""
    if "alias" not in request.POST:
        return None
    messages.error(request, NO_ALIAS)
    return redirect("wagtailadmin_pages:copy", page.pk)


def stop_release(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Whoever may not see an address does not publish it. What they typed is kept as a draft."""
    if not isinstance(page, KeepsAddresses) or may_publish(request.user, page):
        return None
    messages.error(request, REFUSED)
    return redirect("wagtailadmin_pages:edit", page.pk)
