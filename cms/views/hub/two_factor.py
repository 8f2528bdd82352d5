"""Somebody has lost the phone and the recovery codes: the hub takes the second step away, so that
they set it up again when they next log in."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from cms.accounts.reset import may_reset, reset


@permission_required("auth.change_user", raise_exception=True)
@require_http_methods(["GET", "POST"])
def removed(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked about first."""
    user: User = get_object_or_404(get_user_model(), pk=pk)
    may_reset(request.user, user)
    if request.method == "POST":
        if reset(user, request, by=request.user):
            messages.success(request, f"{user} sets up two-step log-in again at the next log-in.")
        else:
            messages.success(request, f"{user} had no two-step log-in.")
        return redirect("wagtailusers_users:edit", user.pk)
    return render(request, "cms/hub/reset_two_factor.html", {"person": user})
