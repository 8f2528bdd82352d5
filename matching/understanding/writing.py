"""Writing a file so that a reader sees the old one or the new one and nothing between."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files import locks


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` in the place of the file, in one step."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def alone(lock: Path, waiting: Callable[[], None]) -> Iterator[bool]:
    """Be the only one, of all processes, that is inside with this `lock`, an empty file that stays.

    Calls `waiting` when another is inside, and waits for it. Gives whether it had to wait.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("wb") as held:
        # Given back when the file is closed, also by the end of the process.
        free = locks.lock(held, locks.LOCK_EX | locks.LOCK_NB)
        if not free:
            waiting()
            locks.lock(held, locks.LOCK_EX)
        yield not free
