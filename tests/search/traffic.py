"""People who ask a served site one enquiry after the other, and what they get to see."""

import json
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tests.running_site import RunningSite
from tests.search.failing import until

ENQUIRIES = [
    {"needs": ["debt-advice"], "place": "Diss", "limit": 50},
    {"needs": ["housing-options", "school-attendance"], "place": "Wymondham", "limit": 50},
    {"needs": ["domestic-abuse"], "place": "NR15", "limit": 50},
    {"needs": ["debt-advice", "fire-safety"], "place": None, "limit": 50},
]


@dataclass(frozen=True)
class Seen:
    """One answer as somebody got it."""

    enquiry: int
    status: int
    degraded: bool
    services: frozenset[str]
    seconds: float


def services_of(answer: dict) -> frozenset[str]:
    """The services of an answer of the API."""
    return frozenset(service["id"] for service in answer["services"])


def ask(site: RunningSite, number: int) -> Seen:
    """One of `ENQUIRIES`, over HTTP."""
    body = json.dumps(ENQUIRIES[number]).encode()
    request = urllib.request.Request(
        f"{site.address}/api/match", body, {"Content-Type": "application/json"}
    )
    began = time.monotonic()
    # A status of 400 and above raises.
    with urllib.request.urlopen(request, timeout=60) as response:
        answer = json.loads(response.read())
    seconds = time.monotonic() - began
    return Seen(number, response.status, answer["engine"]["degraded"], services_of(answer), seconds)


@contextmanager
def traffic(site: RunningSite) -> Iterator[list[Seen]]:
    """Three who ask one enquiry after the other. What they saw; what they could not get raises."""
    seen: list[Seen] = []
    failed: list[Exception] = []
    over = threading.Event()

    def go_on(number: int) -> None:
        while not over.is_set():
            try:
                seen.append(ask(site, number % len(ENQUIRIES)))
            except Exception as error:  # noqa: BLE001  (raised below)
                failed.append(error)
                return
            number += 1

    threads = [threading.Thread(target=go_on, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    try:
        assert until(lambda: len(seen) >= 3)
        yield seen
    finally:
        over.set()
        for thread in threads:
            thread.join()
    if failed:
        raise failed[0]


def healed(site: RunningSite) -> bool:
    """Wait until both workers ask OpenSearch again, without anybody's doing."""
    return until(lambda: not any(ask(site, number % 4).degraded for number in range(6)))


def degraded(seen: Sequence[Seen]) -> bool:
    """Wait until both workers have noticed."""
    at = len(seen)
    return until(lambda: sum(answer.degraded for answer in seen[at:]) >= 6)
