"""System checks: a wrong setting about log-ins is said with what to write instead."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from cms.accounts.second_step import OFFERED, REQUIRED


@register("accounts")
def settings_make_sense(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The values that an install may choose."""
    return [*_two_factor(), *_numbers()]


@register(Tags.security, deploy=True)
def the_hub_takes_a_second_step(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """In production a password alone opens no hub."""
    if settings.HUB_TWO_FACTOR != OFFERED:
        return []
    return [
        Warning(
            "HUB_TWO_FACTOR is 'offered': whoever learns the password of somebody of the hub can "
            "change every listing.",
            hint="Set it to required, or leave it out.",
            id="cms.W010",
        )
    ]


def _two_factor() -> Iterator[CheckMessage]:
    if settings.HUB_TWO_FACTOR not in (OFFERED, REQUIRED):
        yield Error(
            f"HUB_TWO_FACTOR is '{settings.HUB_TWO_FACTOR}'.",
            hint="Set it to required, or to offered where nobody's data is at stake.",
            id="cms.E010",
        )


def _numbers() -> Iterator[CheckMessage]:
    if settings.SESSION_HOURS <= 0:
        yield Error(
            f"SESSION_HOURS is {settings.SESSION_HOURS}.",
            hint="Set it to the hours for which a log-in lasts: 1 or more, for example 12.",
            id="cms.E011",
        )
    if settings.LOG_IN_LOG_DAYS <= 0:
        yield Error(
            f"LOG_IN_LOG_DAYS is {settings.LOG_IN_LOG_DAYS}.",
            hint="Set it to the days for which log-ins are remembered: 1 or more, for example 90.",
            id="cms.E012",
        )
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT < 0:
        yield Error(
            f"TRUSTED_PROXIES is {settings.ALLAUTH_TRUSTED_PROXY_COUNT}.",
            hint="Set it to the number of proxies of yours before the site: 0, 1 or more.",
            id="cms.E013",
        )
