"""System checks: a wrong setting is explained by `manage.py check`, not by the first request."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

_LOCAL = "sqlite:///var/no-wrong-door.sqlite3"


@register(Tags.database)
def embedded_engine_has_its_database(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The embedded engine needs SQLite with FTS5."""
    engine = settings.DATABASES["default"]["ENGINE"]
    if engine != "django.db.backends.sqlite3":
        return [
            Error(
                f"The search engine has no full-text tables for {engine}.",
                hint=f"Set DATABASE_URL to a SQLite file, for example {_LOCAL}.",
                id="directory.E001",
            )
        ]
    return []


@register(Tags.security)
def secret_key_is_set(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """SECRET_KEY has no default in production."""
    if not settings.SECRET_KEY:
        return [
            Error(
                "SECRET_KEY is not set.",
                hint="Set the environment variable SECRET_KEY to 50 random characters, "
                'for example from: python -c "import secrets; print(secrets.token_urlsafe(50))"',
                id="directory.E002",
            )
        ]
    return []
