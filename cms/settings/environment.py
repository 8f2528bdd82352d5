"""Reading settings from the environment: a wrong value stops the start and says what to write."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

_YES_OR_NO = {"true", "yes", "on", "1", "false", "no", "off", "0"}


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
