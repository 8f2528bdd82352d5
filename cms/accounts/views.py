"""allauth's pages where the project wants something else of them."""

from typing import Any

from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from allauth.account.views import LoginView
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from cms.accounts import second_step

_ADMIN = "wagtailadmin_home"


def log_in_here(request: HttpRequest) -> HttpResponse:
    """In place of Wagtail's own log-ins, which know of no second step and no limits.

    What is sent to them is not looked at.
    """
    login = reverse("account_login")
    return HttpResponseRedirect(passthrough_next_redirect_url(request, login, REDIRECT_FIELD_NAME))


class LogInView(LoginView):
    """The log-in. Somebody who is in but may not use the admin is told so, and not sent round."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
            target = self.get_authenticated_redirect_url()
            if target.startswith(reverse(_ADMIN)):
                return render(request, "account/no_access.html", status=403)
        return super().dispatch(request, *args, **kwargs)


class SetUpView(ActivateTOTPView):
    """Setting up the second step, which counts as having taken it."""

    def get_success_url(self) -> str:
        codes: str = super().get_success_url()
        return passthrough_next_redirect_url(self.request, codes, REDIRECT_FIELD_NAME)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        second_step.take(self.request, self.request.user)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = context["form"].secret
        context |= {
            "key": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
            "required": second_step.required_of(self.request.user),
            "next": get_next_redirect_url(self.request),
        }
        return context


class CodesView(ViewRecoveryCodesView):
    """The recovery codes, and the way on to where somebody was going."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"onwards": get_next_redirect_url(self.request) or reverse(_ADMIN)}
