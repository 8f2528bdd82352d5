"""Real OpenSearch nodes for the tests, which may kill them, pause them and start them again.

`python -m tests.opensearch [--line os3] [--full-speed] COMMAND…` runs one beside a node of its own.
Needs a JDK and, the first time, Maven; only the standard library of Python.
"""

import argparse
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from tests.opensearch_build import LINES, Missing, built, lines_here, why_missing
from tests.ports import free_port

__all__ = ["Missing", "Node", "lines_here", "needs_line"]

#: Seconds that a node may take until it answers, on a machine that is busy with other tests.
PATIENCE = 180
#: What a command returns that could not run: the convention of automake and others for "skipped".
SKIPPED = 77
_JAVA = ("-Xshare:auto", "-Dlog4j2.disable.jmx=true", "-Dlog4j.shutdownHookEnabled=false")
#: Soon there and small, for tests; and as it would be run, for measurements.
_QUICK = ("-Xms384m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
_FULL_SPEED = ("-Xms1g", "-Xmx1g", "-XX:+UseG1GC")


class Node:
    """One node in a process group of its own, which dies with the process that started it.

    `full_speed`: with all compilers and a heap of a gigabyte, for what is measured.
    """

    def __init__(
        self,
        line: str,
        home: Path | None = None,
        port: int | None = None,
        full_speed: bool = False,
    ) -> None:
        self.line = line
        self._flags = _FULL_SPEED if full_speed else _QUICK
        self._own = tempfile.TemporaryDirectory(prefix="opensearch-") if home is None else None
        self.home = Path(self._own.name) if self._own else Path(home or "")
        self._port = port or free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None

    @classmethod
    def start(
        cls,
        line: str = "os2",
        home: Path | None = None,
        port: int | None = None,
        full_speed: bool = False,
    ) -> "Node":
        """A node that answers. Without `home` its data live in a folder that `stop` removes.

        Raises Missing where the machine lacks what the line needs.
        """
        node = cls(line, home, port, full_speed)
        node._launch()
        return node

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def log(self) -> Path:
        return self.home / "node.log"

    def kill(self) -> None:
        """End it at once, as a crash would: nothing is flushed and nobody is told."""
        self._end(signal.SIGKILL)

    def pause(self) -> None:
        """Let it take connections and answer none: the kernel accepts them, the node sleeps."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it in good order. A home that was made for it goes with it."""
        self._end(signal.SIGTERM)
        if self._own:
            self._own.cleanup()

    def restart(self) -> None:
        """Start it again, ended or not, with the same data and at the same address."""
        self._end(signal.SIGTERM)
        self._launch()

    def _launch(self) -> None:
        java, class_path = built(self.line)
        self.home.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            seen = log.tell()
            self._process = subprocess.Popen(
                [java, *_JAVA, *self._flags, "-cp", class_path, "localnode.LocalNode",
                 str(self.home), str(self._port)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self._guard = _guard(self._process.pid)
        try:
            self._wait(seen)
        except BaseException:
            self.kill()
            raise

    def _wait(self, seen: int) -> None:
        """Until it has said READY (its log from `seen` on) and is healthy."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            said = self.log.read_bytes()[seen:].decode(errors="replace")
            if self._process is None or self._process.poll() is not None:
                raise RuntimeError(f"OpenSearch ended before it was ready:\n{said[-3000:]}")
            if "READY " in said and self._health() in {"yellow", "green"}:
                return
            time.sleep(0.1)
        raise TimeoutError(f"OpenSearch was not ready within {PATIENCE} s:\n{said[-3000:]}")

    def _health(self) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=5)
        try:
            connection.request("GET", "/_cluster/health")
            return str(json.loads(connection.getresponse().read()).get("status"))
        except (OSError, http.client.HTTPException, ValueError):
            return "none"
        finally:
            connection.close()

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, number)

    def _end(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        self._signal(number)
        self._signal(signal.SIGCONT)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            self._process.wait(30)
        if self._guard is not None:
            self._guard.kill()
            self._guard.communicate()
        self._process = self._guard = None


def _guard(group: int) -> subprocess.Popen[bytes]:
    """Kills the group when this process is gone, however it went: then its pipe reads empty."""
    return subprocess.Popen(
        ["sh", "-c", f"cat; kill -KILL -{group}"],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip


def needs_line(line: str) -> None:
    """Skip the test that calls this, saying why, where the line cannot run.

    On CI nothing that the machine should have may be skipped: a missing os2 fails the test.
    """
    import pytest

    why = why_missing(line)
    if why is None:
        return
    if line == "os2" and os.environ.get("CI") == "true":
        pytest.fail(f"{why} On CI nothing may be skipped.")
    pytest.skip(why)


def main(arguments: Sequence[str]) -> int:
    """Run a command with OPENSEARCH_URL set to a new node, and return what it returns."""
    parser = argparse.ArgumentParser(prog="tests/with_opensearch", description=main.__doc__)
    parser.add_argument("--line", choices=sorted(LINES), default="os2")
    parser.add_argument(
        "--full-speed", action="store_true", help="for what is measured, with a heap of 1 GB"
    )
    parser.add_argument("command", nargs=argparse.REMAINDER, metavar="COMMAND")
    wanted = parser.parse_args(arguments)
    if not wanted.command:
        parser.error("give the command to run, for example: tests/with_opensearch pytest")
    # `timeout` and CI end a run with SIGTERM; the node is to be stopped then too.
    signal.signal(signal.SIGTERM, _leave)
    try:
        node = Node.start(wanted.line, full_speed=wanted.full_speed)
    except Missing as missing:
        print(missing, file=sys.stderr)
        if os.environ.get("CI") != "true":
            return SKIPPED
        print("On CI nothing may be skipped.", file=sys.stderr)
        return 1
    try:
        return _run(wanted.command, {**os.environ, "OPENSEARCH_URL": node.url})
    finally:
        node.stop()


def _run(command: Sequence[str], environment: dict[str, str]) -> int:
    process = subprocess.Popen(command, env=environment)
    try:
        code = process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    return code if code >= 0 else 128 - code


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
