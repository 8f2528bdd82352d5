"""The link in a mail behind which somebody chooses a password: works once, and expires."""

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.http import int_to_base36


def password_link(user: User) -> str:
    """For this person, from now on for `PASSWORD_RESET_TIMEOUT` seconds."""
    return password_address(int_to_base36(user.pk), default_token_generator.make_token(user))


def password_address(uid: str, token: str) -> str:
    """On the public address of the site, whatever host a request for it named."""
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
    return f"{settings.SITE_URL}{path}"


def has_password(user: User) -> bool:
    """Whether there is one to log in with. Whom the hub has just added has an empty one."""
    return bool(user.password) and user.has_usable_password()
