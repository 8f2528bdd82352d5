"""Reading settings from the environment: a wrong value stops the start and says what to write."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

_YES_OR_NO = {"true", "yes", "on", "1", "false", "no", "off", "0"}
_DATABASES = ("sqlite", "postgres", "postgresql")
_DATABASE_HINT = (
    "Set it to a file, for example sqlite:///var/no-wrong-door.sqlite3, or to a PostgreSQL "
    "database, for example postgres://user:password@localhost:5432/no_wrong_door."
)


class Environment(environ.Env):
    """Like django-environ, with errors that name the variable and what it takes."""

    def get_value(self, var: str, cast: Any = None, *args: Any, **kwargs: Any) -> Any:
        raw = self.ENVIRON.get(var)
        if cast is bool and raw is not None and raw.strip().lower() not in _YES_OR_NO:
            raise ImproperlyConfigured(f"{var} is '{raw}'. Set it to true or false.")
        try:
            return super().get_value(var, cast, *args, **kwargs)
        except ValueError as error:
            kind = "a whole number" if cast is int else "a value of its kind"
            raise ImproperlyConfigured(
                f"{var} is '{raw}'. Set it to {kind}; the README has a table of the settings."
            ) from error

    def database(self, var: str, default: str) -> dict[str, Any]:
        """The settings of the database at an address: SQLite or PostgreSQL.

        What is wrong is said without the address, which may hold a password.
        """
        address = self.str(var, default=default)
        if address.partition(":")[0] not in _DATABASES:
            raise ImproperlyConfigured(f"{var} is no address of a known kind. {_DATABASE_HINT}")
        try:
            settings: dict[str, Any] = self.db_url_config(address)
        except ValueError:
            raise ImproperlyConfigured(
                f"{var} cannot be read. {_DATABASE_HINT} Signs like / @ # in a password are "
                "written as %2F %40 %23."
            ) from None
        if not settings.get("NAME"):
            raise ImproperlyConfigured(f"{var} names no database. {_DATABASE_HINT}")
        return settings
