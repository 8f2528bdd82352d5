"""What allauth asks the project: which mails go out, what is said, how secrets are kept."""

import logging
from base64 import urlsafe_b64encode
from smtplib import SMTPException
from time import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from cms.accounts import log
from cms.accounts.links import password_address

logger = logging.getLogger(__name__)

_WRONG = "The name or the password is not right. Check both and try again."
#: What somebody is told by mail, by the name that allauth has for it.
_NOTICES = {
    "account/email/password_changed": "Your password was changed.",
    "account/email/password_reset": "A new password was chosen, through a link sent to you.",
    "mfa/email/totp_activated": "Two-step log-in was set up for your account.",
    "mfa/email/totp_deactivated": "Two-step log-in was removed from your account.",
    "mfa/email/recovery_codes_generated": (
        "New recovery codes were made for your account. The old ones no longer work."
    ),
}


class AccountAdapter(DefaultAccountAdapter):
    """Names, passwords and mails. Accounts are made by the hub, never by signing up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _WRONG,
        "email_password_mismatch": _WRONG,
        "incorrect_password": "That is not your password. Type it again.",
        "enter_current_password": "That is not your password now. Type it again.",
        "too_many_login_attempts": "Too many wrong attempts. Wait five minutes and try again.",
        "rate_limited": "Too many attempts. Wait five minutes and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            log.too_many(request, credentials)
            raise

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just logged in is not asked for the password once more."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        records = get_authentication_records(self.request, self.request.user)
        return not records or time() - records[-1]["at"] > app_settings.REAUTHENTICATION_TIMEOUT

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _, token = key.partition("-")
        return password_address(uid, token)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The page says the same whether the mail went out or not: it may not tell who is known."""
        try:
            self.render_mail(template_prefix, email, {"site": _site(), **context}).send()
        except (OSError, SMTPException) as error:
            logger.error("A mail about an account could not be sent: %s", type(error).__name__)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody that their account was changed; not for the first password of all."""
        notice = _NOTICES.get(template_prefix)
        if notice and user.email and user.last_login:
            self.send_mail("account/email/notice", user.email, {"notice": notice})


class MfaAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps: a copy of the database alone gives no codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": (
            "That code is not right, or was used already. Type the one that the app shows now."
        ),
        "cannot_generate_recovery_codes": "Set up two-step log-in first.",
    }

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _keys().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            raise ImproperlyConfigured(
                "The second steps were set up under another SECRET_KEY. Put the old one back, or "
                "let each person set theirs up again: manage.py reset_two_factor EMAIL"
            ) from None


def _site() -> dict[str, str]:
    return {"name": settings.WAGTAIL_SITE_NAME, "address": settings.SITE_URL}


def _keys() -> MultiFernet:
    """From SECRET_KEY, and from those before it, which only read."""
    digests = (
        salted_hmac("cms.accounts.mfa", "", secret=secret, algorithm="sha256").digest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])
