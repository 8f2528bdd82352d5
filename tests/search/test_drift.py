"""After a thousand events, crashes among them, the index is what the database says."""

import json
import os
import random
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from tests import databases
from tests.opensearch import Node, needs_line
from tests.running_site import ROOT, environment

EVENTS = 1_000
NEEDS = ("debt-advice", "nuisance", "housing-options")


class Directory:
    """A database and an index of their own, the commands over them, and one web worker."""

    def __init__(self, folder: Path, node: Node) -> None:
        self.environment = environment(folder) | {"OPENSEARCH_URL": node.url}
        databases.create(self.environment["DATABASE_URL"])
        self.manage("migrate", "--verbosity", "0")
        self.manage("load_language")
        self.rebuilds: list[subprocess.Popen[bytes]] = []
        self.start_worker()

    def manage(self, *args: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *args],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start_worker(self) -> None:
        self.worker = subprocess.Popen(
            [sys.executable, "-m", "tests.search.drift_worker"],
            cwd=ROOT, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self._answer() == b"ready\n"

    def tell(self, event: dict, killed_after: float | None = None) -> None:
        """Let the worker make a change; `killed_after` so many seconds it is killed."""
        assert self.worker.stdin is not None
        self.worker.stdin.write(json.dumps(event).encode() + b"\n")
        self.worker.stdin.flush()
        if killed_after is None:
            assert self._answer() == b"done\n"
            return
        time.sleep(killed_after)
        self.worker.kill()
        self.worker.wait()
        self.start_worker()

    def rebuild(self) -> subprocess.Popen[bytes]:
        """Begin a rebuild and go on."""
        started = subprocess.Popen(
            [sys.executable, "manage.py", "search_index", "rebuild"],
            cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.rebuilds.append(started)
        return started

    def end(self) -> None:
        self.worker.kill()
        self.worker.wait()
        databases.drop(self.environment["DATABASE_URL"])

    def _answer(self) -> bytes:
        assert self.worker.stdout is not None
        return self.worker.stdout.readline()


def _event(rng: random.Random, known: list[str]) -> dict:
    kind = rng.choices(("publish", "edit", "withdraw", "harvest"), (3, 4, 2, 1))[0]
    fresh = kind in ("publish", "harvest") or not known
    ids = [str(uuid.UUID(int=rng.getrandbits(128))) for _ in range(5 if kind == "harvest" else 1)]
    if fresh:
        known.extend(ids)
    else:
        ids = [rng.choice(known)]
    services = [
        {"id": one, "name": f"Service {rng.random()}", "need": rng.choice(NEEDS)} for one in ids
    ]
    return {"do": "publish" if kind == "edit" else kind, "services": services}


@pytest.fixture
def node():
    needs_line("os2")
    node = Node.start("os2")
    yield node
    node.stop()


@pytest.fixture
def directory(tmp_path, node):
    directory = Directory(tmp_path, node)
    yield directory
    directory.end()


def test_nothing_is_missing_extra_or_stale_after_a_thousand_events(directory, node):
    seed = int(os.environ.get("DRIFT_SEED", "11"))
    rng, known = random.Random(seed), []
    directory.manage("search_index", "rebuild")
    crashes = {when: rng.choice(("kill", "pause")) for when in rng.sample(range(100, 950), 4)}
    rebuilds = {when: rng.random() < 0.5 for when in rng.sample(range(50, 950), 8)}
    back_at, down = 0, ""
    for number in range(EVENTS):
        if number in crashes and not down:
            down, back_at = crashes[number], number + rng.randrange(10, 40)
            node.kill() if down == "kill" else node.pause()
        elif down and number >= back_at:
            node.restart() if down == "kill" else node.resume()
            down = ""
        if number in rebuilds:
            started = directory.rebuild()
            if rebuilds[number]:
                time.sleep(rng.uniform(0.5, 3.0))
                started.kill()
        killed_after = rng.uniform(0, 0.05) if rng.random() < 0.02 else None
        directory.tell(_event(rng, known), killed_after)
    if down:
        node.restart()
    for started in directory.rebuilds:
        started.wait(timeout=120)
    _settle(directory)
    said = directory.manage("search_index", "check")
    assert said.splitlines() == ["missing: 0", "extra: 0", "stale: 0"]
    assert len(known) > EVENTS / 2


def _settle(directory: Directory) -> None:
    """What a timer would do: sync until everything is confirmed. A killed rebuild is waited for."""
    deadline = time.monotonic() + 120
    while True:
        try:
            directory.manage("search_index", "sync")
            return
        except AssertionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(2)
