"""What the admin says about confidential sites when a service is saved or published."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from cms.confidential.page import KeepsAddresses
from cms.confidential.releasing import REFUSED, may_publish
from cms.confidential.texts import others_saying_it, still_public

HIDDEN = (
    "The address is hidden from the public from now on, in earlier versions too. The rest of what "
    "you changed waits for the hub."
)

STILL_PUBLIC = (
    "Until what you changed is published, everybody can still read the address of this "
    "confidential site in: {}. Submit it now, and ask the hub to publish it at once."
)

ELSEWHERE = (
    "The address of this confidential site is also in other services of the same partner, where it "
    "is not hidden: {}. Open each of them: tick that its site is confidential too, or take the "
    "address out of its texts."
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


def warn_where_it_is_written(request: HttpRequest, page: Page) -> None:
    """Tell who made an address confidential where the public can read it all the same."""
    ids = getattr(page, "newly_confidential", None)
    if not ids:
        return
    names = still_public(page, ids)
    if names:
        messages.warning(request, STILL_PUBLIC.format(", ".join(names)))
    titles = others_saying_it(page, ids)
    if titles:
        messages.warning(request, ELSEWHERE.format(", ".join(f"“{title}”" for title in titles)))


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
