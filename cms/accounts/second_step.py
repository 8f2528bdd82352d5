"""The second step of a log-in: of whom it is required, and whether it was taken.

Required of everybody who works in the admin and is not there for partners alone; offered to
partners. What was taken is remembered in the session, under whose it was.
"""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest

OFFERED, REQUIRED = "offered", "required"
_TAKEN = "cms_second_step"


def required_of(user: User | AnonymousUser) -> bool:
    """Whether this person may work in the admin only after a second step.

    Anything but "offered" counts as required: a mistyped setting opens nothing.
    """
    if settings.HUB_TWO_FACTOR == OFFERED or not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    if not user.has_perm("wagtailadmin.access_admin"):
        return False
    # Through which groups somebody gets in: a partner's has a space, the hub's have none.
    spaces = user.groups.filter(
        permissions__content_type__app_label="wagtailadmin", permissions__codename="access_admin"
    ).values_list("space", flat=True)
    return not spaces or None in spaces


def is_set_up(user: User | AnonymousUser) -> bool:
    """Whether the person has an authenticator app. Recovery codes alone are none."""
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP]))


def was_taken(request: HttpRequest) -> bool:
    return bool(request.session.get(_TAKEN) == str(request.user.pk))


def take(request: HttpRequest, user: User) -> None:
    request.session[_TAKEN] = str(user.pk)


def forget(request: HttpRequest) -> None:
    request.session.pop(_TAKEN, None)


def next_page(request: HttpRequest) -> str | None:
    """The name of the page that comes before the admin; None if nothing stands before it."""
    if was_taken(request) or not required_of(request.user):
        return None
    return "mfa_reauthenticate" if is_set_up(request.user) else "mfa_activate_totp"
