"""The log of log-ins: written from the signals of Django and allauth, whichever page sends them.

No password, no code and no name that nobody has is ever written, and addresses are shortened to
the part of the network that they are in.
"""

from collections.abc import Mapping
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from cms.accounts import second_step
from cms.models import LogIn

What = LogIn.What
#: How much of an address is kept, by the version of the protocol.
_KEPT_BITS = {4: 24, 6: 48}


def connect() -> None:
    """Write from now on."""
    for signal, handler in (
        (user_logged_in, _logged_in),
        (user_login_failed, _refused),
        (password_changed, _password_changed),
        (password_reset, _password_changed),
        (authentication_failed, _wrong_code),
        (authenticator_used, _second_step_taken),
        (authenticator_added, _authenticator_added),
        (authenticator_removed, _authenticator_removed),
        (authenticator_reset, _authenticator_reset),
    ):
        signal.connect(handler, dispatch_uid=f"cms.accounts.log.{handler.__name__}")


def write(what: LogIn.What, request: HttpRequest | None, user: User | None, step: str = "") -> None:
    LogIn.objects.create(user=user, what=what, second_step=step, network=_network(request))


def too_many(request: HttpRequest | None, credentials: Mapping[str, Any]) -> None:
    """An attempt that was not looked at, because there were too many before it."""
    write(What.TOO_MANY, request, _person(credentials))


def forget_log_ins() -> int:
    """Delete what is older than `LOG_IN_LOG_DAYS`. Returns how many rows."""
    oldest = timezone.now() - timedelta(days=settings.LOG_IN_LOG_DAYS)
    return LogIn.objects.filter(at__lt=oldest).delete()[0]


def _logged_in(sender: Any, request: HttpRequest, user: User, **rest: Any) -> None:
    steps = [
        record["type"]
        for record in get_authentication_records(request, user)
        if record["method"] == "mfa"
    ]
    write(What.IN, request, user, steps[-1] if steps else "")


def _refused(sender: Any, credentials: dict[str, Any], request: Any = None, **rest: Any) -> None:
    write(What.REFUSED, request, _person(credentials))


def _password_changed(sender: Any, request: HttpRequest, user: User, **rest: Any) -> None:
    write(What.PASSWORD, request, user)


def _wrong_code(sender: Any, request: HttpRequest, user: User, **rest: Any) -> None:
    write(What.WRONG_CODE, request, user)


def _second_step_taken(sender: Any, request: HttpRequest, user: User, **rest: Any) -> None:
    second_step.take(request, user)


def _authenticator_added(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **rest: Any
) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        write(What.SET_UP, request, user, authenticator.type)


def _authenticator_removed(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **rest: Any
) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        second_step.forget(request)
        write(What.REMOVED, request, user)


def _authenticator_reset(sender: Any, request: HttpRequest, user: User, **rest: Any) -> None:
    write(What.NEW_CODES, request, user)


def _person(credentials: Mapping[str, Any]) -> User | None:
    typed = credentials.get("email") or credentials.get("username") or ""
    named = Q(username__iexact=typed) | Q(email__iexact=typed)
    return get_user_model().objects.filter(named).order_by("pk").first() if typed else None


def _network(request: HttpRequest | None) -> str:
    """The address of a request, shortened; empty where it has none."""
    if request is None:
        return ""
    try:
        address = ip_network(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""
    return str(address.supernet(new_prefix=_KEPT_BITS[address.version]))
