"""The tests' own OpenSearch nodes do what the tests of outages rely on."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import opensearch_build
from tests.opensearch import Node, needs_line
from tests.opensearch_build import LINES, Java, why_missing

ROOT = Path(__file__).resolve().parent.parent
HAVE_17 = (Java(17, Path("/seventeen")),)


def _ask(url: str, path: str, body: bytes | None = None, method: str = "GET") -> bytes:
    request = urllib.request.Request(
        url + path, body, {"Content-Type": "application/json"}, method=method
    )
    return urllib.request.urlopen(request, timeout=10).read()


@pytest.fixture(scope="module", params=list(LINES))
def node(request) -> Iterator[Node]:
    needs_line(request.param)
    node = Node.start(request.param)
    yield node
    node.stop()


def test_a_node_that_was_killed_comes_back_with_its_data_at_the_same_address(node):
    url = node.url
    _ask(url, "/kept/_doc/1?refresh=true", b'{"word": "here"}', "PUT")
    node.kill()
    with pytest.raises(OSError):
        _ask(url, "/")
    node.restart()
    assert node.url == url
    assert b"here" in _ask(url, "/kept/_doc/1")


def test_a_paused_node_takes_connections_and_answers_when_it_is_resumed(node):
    node.pause()
    with pytest.raises(TimeoutError):
        urllib.request.urlopen(node.url, timeout=0.5)
    node.resume()
    assert b"cluster_name" in _ask(node.url, "/")


def test_what_was_made_for_a_node_goes_with_it():
    needs_line("os2")
    node = Node.start("os2")
    assert node.log.exists()
    node.stop()
    assert not node.home.exists()


def test_a_node_dies_with_the_process_that_started_it_even_when_paused(tmp_path):
    needs_line("os2")
    script = (
        "import os; from pathlib import Path; from tests.opensearch import Node\n"
        f"node = Node.start('os2', home=Path({str(tmp_path)!r}))\n"
        "node.pause()\n"
        "print(node._process.pid, flush=True)\n"
        f"os.kill(os.getpid(), {int(signal.SIGKILL)})"
    )
    starter = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert starter.returncode == -signal.SIGKILL, starter.stderr
    assert _ends(int(starter.stdout), within=10)


def _ends(process: int, within: float) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_a_command_beside_a_node_gets_its_address_and_its_own_exit_code_is_passed_on():
    needs_line("os2")
    script = (
        "import os, sys, urllib.request\n"
        "print(urllib.request.urlopen(os.environ['OPENSEARCH_URL']).read().decode())\n"
        "sys.exit(3)"
    )
    done = subprocess.run(
        ["tests/with_opensearch", sys.executable, "-c", script],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert "cluster_name" in done.stdout


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 77)])
def test_without_java_the_command_is_skipped_but_never_on_ci(tmp_path, ci, code):
    (tmp_path / "sitecustomize.py").write_text(
        "from tests import opensearch_build\nopensearch_build._javas = lambda: ()\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "tests.opensearch", "true"],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "CI": ci, "PYTHONPATH": f"{tmp_path}:{ROOT}"},
    )  # fmt: skip
    assert done.returncode == code
    assert "17 or newer" in done.stderr


@pytest.mark.parametrize(
    ("line", "is_built", "javas", "compiles", "maven", "says"),
    [
        ("os2", True, HAVE_17, False, None, None),
        ("os3", True, HAVE_17, False, None, "needs Java 21 or newer"),
        ("os2", False, HAVE_17, True, "/mvn", None),
        ("os2", False, HAVE_17, True, None, "Maven"),
        ("os2", False, HAVE_17, False, "/mvn", "with its compiler"),
        ("os3", False, HAVE_17, True, "/mvn", "JDK 21 or newer"),
        ("os2", False, (), True, "/mvn", "JDK 17 or newer"),
    ],
)
def test_what_is_missing_is_said(monkeypatch, line, is_built, javas, compiles, maven, says):
    monkeypatch.setattr(opensearch_build, "_javas", lambda: javas)
    monkeypatch.setattr(opensearch_build, "_is_built", lambda line: is_built)
    monkeypatch.setattr(Java, "compiles", compiles)
    monkeypatch.setattr(opensearch_build.shutil, "which", lambda name: maven)
    why = why_missing(line)
    assert (why is None) if says is None else (says in why)
