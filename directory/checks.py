"""System checks: a wrong setting is explained by `manage.py check`, not by the first request."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured


@register(Tags.security)
def secret_key_is_set(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """SECRET_KEY has no default in production."""
    try:
        _ = settings.SECRET_KEY
    except ImproperlyConfigured:
        return [
            Error(
                "SECRET_KEY is not set.",
                hint="Set the environment variable SECRET_KEY to 50 random characters, "
                'for example from: python -c "import secrets; print(secrets.token_urlsafe(50))"',
                id="directory.E001",
            )
        ]
    return []
