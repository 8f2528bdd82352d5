"""E-mail addresses as names to log in with: kept in small letters, as allauth looks for them."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models.signals import pre_save


def connect() -> None:
    """However an account is made or changed."""
    pre_save.connect(_in_small_letters, get_user_model(), dispatch_uid="cms.accounts.names")


def _in_small_letters(sender: Any, instance: User, **rest: Any) -> None:
    instance.email = instance.email.lower()
