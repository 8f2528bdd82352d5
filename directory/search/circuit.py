"""A circuit breaker: who does not answer is left alone for a while and then asked once again."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Literal

State = Literal["closed", "open", "half-open"]
_LOG_EVERY = 60.0

log = logging.getLogger(__name__)


class Circuit:
    """Shared by all threads of a process.

    Closed: everybody may ask. After `failures` in a row it opens, and nobody asks for `pause`
    seconds. Then one asks (half-open): an answer closes it, a failure opens it again.
    """

    def __init__(
        self,
        name: str,
        failures: int = 3,
        pause: float = 5.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name, self._most, self._pause, self._clock = name, failures, pause, clock
        self._lock = threading.Lock()
        self._failed = 0
        self._asks_again: float | None = None
        self._logged: float | None = None
        self._told = False

    @property
    def state(self) -> State:
        """How it stands now."""
        with self._lock:
            if self._failed < self._most:
                return "closed"
            waiting = self._asks_again is not None and self._clock() < self._asks_again
            return "open" if waiting else "half-open"

    def admits(self) -> bool:
        """Whether the caller may ask. When half-open, only one caller in each pause may."""
        with self._lock:
            if self._failed < self._most:
                return True
            now = self._clock()
            if self._asks_again is not None and now < self._asks_again:
                return False
            self._asks_again = now + self._pause
            return True

    def succeeded(self) -> None:
        """An answer came. That it is well again is said where the log says that it was not."""
        with self._lock:
            say = self._failed >= self._most and self._told
            self._failed, self._asks_again = 0, None
            self._told = self._told and not say
        if say:
            log.warning("%s: well again.", self._name)

    def failed(self, why: str) -> None:
        """No answer came. `why` goes to the log, at most once a minute; it quotes no query."""
        with self._lock:
            self._failed = min(self._failed + 1, self._most)
            now = self._clock()
            self._asks_again = now + self._pause
            say = self._logged is None or now - self._logged >= _LOG_EVERY
            if say:
                self._logged, self._told = now, True
        if say:
            log.warning("%s: %s.", self._name, why)
