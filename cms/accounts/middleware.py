"""Nobody of the hub gets past the log-in with a password alone."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from cms.accounts import second_step

#: What stays open in the admin to those who have not taken the second step.
_WAY_OUT = frozenset({"wagtailadmin_login", "wagtailadmin_logout"})
#: Where the second step is taken; the other pages about it are behind it.
_STEPS = frozenset({"mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp"})


class SecondStepFirst:
    """Until the second step is taken every address of the admin leads there, and nowhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        page = _page_before(request)
        if page is None:
            return None
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            raise PermissionDenied("The second step of the log-in is missing.")
        # What was sent cannot be sent again by a redirect: then the admin's first page is next.
        back = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
        return HttpResponseRedirect(f"{reverse(page)}?{urlencode({'next': back})}")


def _page_before(request: HttpRequest) -> str | None:
    match = request.resolver_match
    if match is None:
        return None
    if match.route.startswith("admin/") and match.view_name not in _WAY_OUT:
        return second_step.next_page(request)
    if match.route.startswith("accounts/2fa/") and match.view_name not in _STEPS:
        untaken = not second_step.was_taken(request) and second_step.is_set_up(request.user)
        return "mfa_reauthenticate" if untaken else None
    return None
