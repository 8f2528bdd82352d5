"""The one way of calling OpenSearch: in time, or `Unavailable`."""

import os
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from django.conf import settings
from opensearchpy import OpenSearch, Urllib3HttpConnection
from opensearchpy.exceptions import (
    AuthenticationException,
    AuthorizationException,
    ImproperlyConfigured,
    OpenSearchException,
    SSLError,
    TransportError,
)

Answer = TypeVar("Answer")

#: Calls in flight in one process. More than that wait for nobody: they count as failed.
_THREADS = 16
#: What comes of settings that name no server, and of an answer of another shape than asked for.
_UNUSABLE = (LookupError, TypeError, ValueError, AttributeError, RecursionError)
#: What to do about refusals that do not pass by themselves.
_REMEDIES: dict[type[TransportError], str] = {
    AuthenticationException: "it does not know this log-in: look at OPENSEARCH_USER, "
    "OPENSEARCH_PASSWORD and OPENSEARCH_API_KEY",
    AuthorizationException: "this log-in may not do that there: give it rights to the index "
    "named by OPENSEARCH_INDEX and to those whose names begin so",
    SSLError: "no safe connection: OPENSEARCH_CA_CERTS names the authority that signed its "
    "certificate, and its name must be the one in OPENSEARCH_URL",
}


class Unavailable(Exception):
    """OpenSearch gave no usable answer. The text says why, without a word of what was asked."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Settings of a connection. `timeout`: seconds that an enquiry may wait.

    What we log in with is not in its `repr`, which may reach a log.
    """

    url: str = field(repr=False)
    index: str
    timeout: float
    user: str
    password: str = field(repr=False)
    api_key: str = field(repr=False)
    verify: bool
    ca_certs: str
    shards: int
    replicas: int


def connection() -> Connection:
    """The connection that the settings ask for."""
    return Connection(
        url=settings.OPENSEARCH_URL,
        index=settings.OPENSEARCH_INDEX,
        timeout=settings.OPENSEARCH_TIMEOUT,
        user=settings.OPENSEARCH_USER,
        password=settings.OPENSEARCH_PASSWORD,
        api_key=settings.OPENSEARCH_API_KEY,
        verify=settings.OPENSEARCH_VERIFY_CERTS,
        ca_certs=settings.OPENSEARCH_CA_CERTS,
        shards=settings.OPENSEARCH_SHARDS,
        replicas=settings.OPENSEARCH_REPLICAS,
    )


class _Silent(Urllib3HttpConnection):
    """A server's warning may quote what was asked, or with what we log in: nobody prints it."""

    def _raise_warnings(self, warning_headers: Any) -> None: ...


@cache
def _client(wanted: Connection, timeout: float, process: int) -> OpenSearch:
    """A client never outlives a fork: two processes would read each other's answers."""
    parts = urlsplit(wanted.url)
    user = wanted.user or unquote(parts.username or "")
    password = wanted.password or unquote(parts.password or "")
    secure = parts.scheme == "https"
    options: dict[str, Any] = {}
    if wanted.api_key:
        options["headers"] = {"authorization": f"ApiKey {wanted.api_key}"}
    elif user:
        options["http_auth"] = (user, password)
    if secure:
        options |= {"verify_certs": wanted.verify, "ssl_show_warn": False}
        if wanted.ca_certs:
            options["ca_certs"] = wanted.ca_certs
    return OpenSearch(
        hosts=[
            {
                "host": parts.hostname,
                "port": parts.port or (443 if secure else 9200),
                "scheme": parts.scheme,
                "url_prefix": parts.path.strip("/"),
            }
        ],
        connection_class=_Silent,
        timeout=timeout,
        # A repeated call would keep a person waiting: the embedded engine is quicker.
        max_retries=0,
        retry_on_timeout=False,
        pool_maxsize=_THREADS,
        **options,
    )


def call(
    ask: Callable[[OpenSearch], Answer], timeout: float | None = None, since: float | None = None
) -> Answer:
    """What `ask` gets from the client and reads, within `timeout` seconds (of the settings).

    They count from `since` (`time.monotonic()`), where several calls share them. The socket's own
    timeout begins anew with each byte, so the clock is kept here. Raises Unavailable, also when
    `ask` cannot read the answer.
    """
    return begin(ask, timeout, since)()


def begin(
    ask: Callable[[OpenSearch], Answer], timeout: float | None = None, since: float | None = None
) -> Callable[[], Answer]:
    """Like `call`, but what is returned waits for the answer, so that other work goes on meanwhile.

    The seconds count from now, not from when somebody waits.
    """
    started = time.monotonic() if since is None else since
    wanted = connection()
    limit = wanted.timeout if timeout is None else timeout
    if time.monotonic() - started >= limit:
        raise Unavailable(f"no answer within {limit:g} s")
    try:
        using = _client(wanted, limit, os.getpid())
    except (OpenSearchException, ImproperlyConfigured, *_UNUSABLE):
        raise Unavailable("the settings name no server: manage.py check says more") from None
    future = _threads(os.getpid()).submit(ask, using)
    return lambda: _result(future, started, limit)


def _result(future: "Future[Answer]", started: float, limit: float) -> Answer:
    try:
        return future.result(max(0.0, started + limit - time.monotonic()))
    except Late:
        future.cancel()
        raise Unavailable(f"no answer within {limit:g} s") from None
    except TransportError as error:
        raise Unavailable(_reason(error)) from None
    except (OpenSearchException, OSError) as error:
        raise Unavailable(type(error).__name__) from None
    except _UNUSABLE:
        raise Unavailable("an answer that cannot be read") from None


@cache
def _threads(process: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_THREADS, thread_name_prefix="opensearch")


def _reason(error: TransportError) -> str:
    """Class and status, and what to do about it: the message itself may quote the query."""
    status = error.status_code
    name = f"{type(error).__name__} {status}" if isinstance(status, int) else type(error).__name__
    remedy = _REMEDIES.get(type(error))
    return f"{name} ({remedy})" if remedy else name
