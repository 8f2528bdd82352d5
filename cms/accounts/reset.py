"""Taking somebody's second step away, when the phone and the recovery codes are lost."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from wagtail.log_actions import log as log_action

from cms.accounts import log


def may_reset(by: User, user: User) -> None:
    """Nobody below a superuser weakens a superuser's log-in, and nobody their own this way."""
    if by.pk == user.pk or (user.is_superuser and not by.is_superuser):
        raise PermissionDenied


@transaction.atomic
def reset(user: User, request: HttpRequest | None = None, by: User | None = None) -> bool:
    """Remove app and recovery codes, log it and tell the person. False if there was nothing."""
    removed, _ = Authenticator.objects.filter(user=user).delete()
    if removed:
        log.write(log.What.REMOVED, request, user)
        log_action(user, "cms.reset_two_factor", user=by)
        transaction.on_commit(
            lambda: get_adapter().send_notification_mail("mfa/email/totp_deactivated", user)
        )
    return bool(removed)
