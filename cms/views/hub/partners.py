"""The hub's pages about partners: open a space, see who is in it, invite, remove, close."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cms.models import Invitation, PartnerSpace
from cms.partners import invitations
from cms.partners.spaces import (
    PersonRefused,
    SpaceRefused,
    add_member,
    close_space,
    open_space,
    remove_member,
)

hub_only = permission_required("cms.add_partnerspace", raise_exception=True)


class OpenForm(forms.Form):
    """A new partner: one name, one first person."""

    name = forms.CharField(
        max_length=160,
        label="Name of the partner",
        help_text="As people know it. If it has a page already, the space is opened around it.",
    )
    email = forms.EmailField(
        label="E-mail of the first person",
        help_text="Gets a link to choose a password. More people can be invited later.",
    )


class InviteForm(forms.Form):
    """One more person."""

    email = forms.EmailField(label="E-mail")


@hub_only
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Every partner with a space."""
    spaces = PartnerSpace.objects.select_related("page", "group").prefetch_related(
        "group__user_set"
    )
    return _page(request, "partners", {"spaces": spaces})


@hub_only
@require_http_methods(["GET", "POST"])
def opened(request: HttpRequest) -> HttpResponse:
    """Open a space and invite the first person."""
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                space = open_space(form.cleaned_data["name"], by=request.user)
                invitation = add_member(space, form.cleaned_data["email"], by=request.user)
        except PersonRefused as refused:
            form.add_error("email", str(refused))
        except SpaceRefused as refused:
            form.add_error("name", str(refused))
        else:
            _invite(request, invitation)
            return redirect("hub_partner", space.pk)
    return _page(request, "open_partner", {"form": form})


@hub_only
@require_GET
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """One partner: its page, its people."""
    return _shown(request, get_object_or_404(PartnerSpace, pk=pk), InviteForm())


@hub_only
@require_POST
def invited(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one more person edit."""
    space, form = get_object_or_404(PartnerSpace, pk=pk), InviteForm(request.POST)
    if form.is_valid():
        try:
            invitation = add_member(space, form.cleaned_data["email"], by=request.user)
        except SpaceRefused as refused:
            form.add_error("email", str(refused))
        else:
            _invite(request, invitation)
            return redirect("hub_partner", pk)
    return _shown(request, space, form)


@hub_only
@require_POST
def removed(request: HttpRequest, pk: int, user_pk: int) -> HttpResponse:
    """End one person's access."""
    space = get_object_or_404(PartnerSpace, pk=pk)
    user = get_object_or_404(get_user_model(), pk=user_pk, groups=space.group)
    remove_member(space, user, by=request.user)
    messages.success(request, f"{user.email} is out.")
    return redirect("hub_partner", pk)


@hub_only
@require_http_methods(["GET", "POST"])
def closed(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw the partner and all its services: asked about first."""
    space = get_object_or_404(PartnerSpace, pk=pk)
    if request.method == "POST":
        services = close_space(space, by=request.user)
        withdrawn = f"{services} service{'' if services == 1 else 's'} withdrawn"
        messages.success(request, f"{space} is closed: {withdrawn}.")
        return redirect("hub_partners")
    live = space.page.get_children().live().count()
    return _page(request, "close_partner", {"space": space, "live": live})


def _invite(request: HttpRequest, invitation: Invitation) -> None:
    """Have the mail sent once this is certain. How that went is in the list that comes next."""
    invitations.post(invitation)
    messages.success(
        request, f"Invited {invitation.user.email}. The list says whether the mail is out."
    )


def _shown(request: HttpRequest, space: PartnerSpace, form: InviteForm) -> HttpResponse:
    mails = {invitation.user_id: invitation for invitation in space.invitations.all()}
    people = [(user, mails.get(user.pk)) for user in space.group.user_set.order_by("email")]
    return _page(request, "partner", {"space": space, "people": people, "form": form})


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"cms/hub/{name}.html", context)
