"""The ways in which a server fails, by name, and what the product looks like behind one."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from directory.search.query import Query
from tests.contracts.engine import DISS
from tests.misbehaving_proxy import MisbehavingProxy

#: A word that nobody else writes: where it turns up, a query was written down.
CANARY = "zqxcanarybird"
QUERY = Query(
    text=f"behind with the rent {CANARY}",
    needs=("debt-advice", "housing-options"),
    place=DISS,
    beyond=True,
)
#: Seconds for which a slow server keeps people waiting: more than any test has patience for.
SLOW = 60.0
#: Seconds that this machine may need, when it is busy, beyond what the product promises.
SLACK = 10.0

#: The proxy's behaviours under which an answer cannot be used, with their options.
FAILURES: dict[str, dict[str, Any]] = {
    "refuse": {},
    "reset": {},
    "hang": {},
    "slow": {"delay": SLOW},
    "drip": {},
    "429": {"status": 429},
    "500": {"status": 500},
    "503": {"status": 503},
    "garbage": {},
    "empty": {},
    "html": {},
    "wrong_json": {},
}


def fail(proxy: MisbehavingProxy, failure: str) -> None:
    """Let the server fail in one of the ways of `FAILURES` from now on."""
    options = FAILURES[failure]
    proxy.behave("status" if "status" in options else failure, **options)


def until(true: Callable[[], bool], seconds: float = 120.0) -> bool:
    """Wait until something is true. False if it is not in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.05)
    return False


@contextmanager
def all_that_is_logged() -> Iterator[list[str]]:
    """Every line that any logger which matters here gives to a handler, tracebacks included."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    kept = Kept()
    kept.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    names = ["", "opensearch", "opensearchpy", "opensearchpy.trace", "urllib3", "asyncio"]
    loggers = [logging.getLogger(name) for name in names]
    for logger in loggers:
        logger.addHandler(kept)
    try:
        yield lines
    finally:
        for logger in loggers:
            logger.removeHandler(kept)
