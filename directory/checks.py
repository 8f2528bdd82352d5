"""System checks: a wrong setting is explained by `manage.py check`, not by the first request.

No message shows an address or a name to log in with: they may hold a password.
"""

import re
import ssl
from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured

#: A new index gets its alias' name with a date behind it: OpenSearch takes 255 bytes in all.
_LONGEST_NAME = 200
_LONGEST_TIMEOUT = 10
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")


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


@register("opensearch")
def opensearch_can_be_used(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """OPENSEARCH_URL and what goes with it. Without an address nothing else matters."""
    if not settings.OPENSEARCH_URL:
        return []
    return [*_address(), *_index_name(), *_times(), *_certificates(), *_copies()]


@register("opensearch", deploy=True)
def opensearch_is_who_it_says(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """In production the server's certificate is verified."""
    address = _parts()
    if not address or address.scheme != "https" or settings.OPENSEARCH_VERIFY_CERTS:
        return []
    return [
        Warning(
            "OPENSEARCH_VERIFY_CERTS is false: anybody in between can read what people type.",
            hint="Set it to true. For a certificate of your own authority, set "
            "OPENSEARCH_CA_CERTS to the file of that authority's certificate.",
            id="directory.W011",
        )
    ]


def _address() -> Iterator[CheckMessage]:
    address = _parts()
    if address is None:
        yield Error(
            "OPENSEARCH_URL is no address of a server.",
            hint="Write http:// or https://, the host and the port, for example "
            "https://search.example.org:9200. Signs like / @ # in a password are written as "
            "%2F %40 %23, or the password goes into OPENSEARCH_PASSWORD.",
            id="directory.E010",
        )
    elif address.scheme == "http" and _has_credentials(address) and not _is_here(address):
        yield Warning(
            "The password or key for OpenSearch is sent in plain text.",
            hint="Let OPENSEARCH_URL begin with https://, or search on this machine.",
            id="directory.W010",
        )


def _index_name() -> Iterator[CheckMessage]:
    name = settings.OPENSEARCH_INDEX
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        yield Error(
            f"OPENSEARCH_INDEX is '{name[:40]}', which cannot be the name of an index.",
            hint=f"Use up to {_LONGEST_NAME} small letters, digits and the signs - _ . and begin "
            "with a letter or digit, for example no-wrong-door.",
            id="directory.E011",
        )


def _times() -> Iterator[CheckMessage]:
    # Written so that "nan" is wrong too.
    if not 0 < settings.OPENSEARCH_TIMEOUT <= _LONGEST_TIMEOUT:
        yield Error(
            f"OPENSEARCH_TIMEOUT is {settings.OPENSEARCH_TIMEOUT:g} seconds.",
            hint="Set it to the seconds that a person may wait before the database is searched "
            f"instead: more than 0 and at most {_LONGEST_TIMEOUT}, for example 0.25.",
            id="directory.E012",
        )
    if not 0 < settings.OPENSEARCH_PAUSE < float("inf"):
        yield Error(
            f"OPENSEARCH_PAUSE is {settings.OPENSEARCH_PAUSE:g} seconds.",
            hint="Set it to the seconds for which a server that does not answer is left alone: "
            "more than 0, for example 5.",
            id="directory.E013",
        )


def _certificates() -> Iterator[CheckMessage]:
    file = settings.OPENSEARCH_CA_CERTS
    if not file:
        return
    try:
        ssl.create_default_context(cafile=file)
    except OSError:
        yield Error(
            f"OPENSEARCH_CA_CERTS is '{file}', where no certificate can be read.",
            hint="Set it to a file in PEM form with the certificate of the authority that signed "
            "the server's, or leave it empty for the well-known authorities.",
            id="directory.E014",
        )


def _copies() -> Iterator[CheckMessage]:
    if settings.OPENSEARCH_SHARDS < 1:
        yield Error(
            f"OPENSEARCH_SHARDS is {settings.OPENSEARCH_SHARDS}.",
            hint="Set it to 1 or more. One is right for up to some hundred thousand services.",
            id="directory.E015",
        )
    if settings.OPENSEARCH_REPLICAS < 0:
        yield Error(
            f"OPENSEARCH_REPLICAS is {settings.OPENSEARCH_REPLICAS}.",
            hint="Set it to the number of further copies: 0 on a single node, 1 on a cluster.",
            id="directory.E016",
        )


def _parts() -> SplitResult | None:
    """The address in its parts, None if it is none."""
    try:
        parts = urlsplit(settings.OPENSEARCH_URL)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or port == 0 or parts.query or parts.fragment:
        return None
    return parts if host and not re.search(r"\s", host) else None


def _has_credentials(address: SplitResult) -> bool:
    return bool(
        address.username
        or settings.OPENSEARCH_USER
        or settings.OPENSEARCH_PASSWORD
        or settings.OPENSEARCH_API_KEY
    )


def _is_here(address: SplitResult) -> bool:
    host = address.hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
