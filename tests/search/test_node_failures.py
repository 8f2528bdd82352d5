"""A node crashes, sleeps and comes back under traffic: nobody notices, and nothing is lost.

The site is served by gunicorn, asked by threads, beside a node of its own.
"""

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.opensearch import Node, needs_line
from tests.running_site import ROOT, RunningSite, environment, start
from tests.search.failing import SLACK
from tests.search.traffic import ENQUIRIES, degraded, healed, services_of, traffic

#: Seconds that the site waits for OpenSearch, and for which it then leaves it alone.
TIMEOUT, PAUSE = 2.0, 0.5
EDIT = """
from cms.models import ServicePage
for page in ServicePage.objects.live().order_by("pk")[:{count}]:
    page.summary = {summary!r}
    page.save_revision().publish()
    print(page.pk, flush=True)
"""


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    needs_line("os2")
    node = Node.start("os2")
    yield node
    node.stop()


@contextmanager
def _beside(url: str) -> Iterator[None]:
    """What is started here goes to the OpenSearch at `url`, or to none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENSEARCH_URL", url)
        patch.setenv("OPENSEARCH_TIMEOUT", str(TIMEOUT))
        patch.setenv("OPENSEARCH_PAUSE", str(PAUSE))
        yield


@pytest.fixture(scope="module")
def served(tmp_path_factory, model, node) -> Iterator[RunningSite]:
    with _beside(node.url):
        site = start(tmp_path_factory.mktemp("beside"))
        assert site.manage("search_index", "rebuild").returncode == 0
    yield site
    site.stop()


@pytest.fixture
def site(served, node) -> Iterator[RunningSite]:
    """Whatever a test did to the node, the next one finds it well, and no exception in the log."""
    with _beside(node.url):
        yield served
        node.resume()
        if not _answers(node):
            node.restart()
        assert healed(served)
    assert "Traceback" not in served.log.read_text()


@pytest.fixture(scope="module")
def expected(served) -> list[frozenset[str]]:
    """What the embedded engine alone finds for each enquiry."""
    lines = "\n".join(json.dumps(enquiry) for enquiry in ENQUIRIES).encode()
    with _beside(""):
        done = served.manage("match", "--jsonl", stdin=lines)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["engine"]["name"] for answer in answers] == ["embedded"] * len(ENQUIRIES)
    assert all(answer["services"] for answer in answers)
    return [services_of(answer) for answer in answers]


def _answers(node: Node) -> bool:
    try:
        return urllib.request.urlopen(node.url, timeout=30).status == 200
    except OSError:
        return False


def _edit(site: RunningSite, count: int, summary: str) -> subprocess.Popen[bytes]:
    script = EDIT.format(count=count, summary=summary)
    return subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", script],
        cwd=ROOT, env=environment(site.folder), stdout=subprocess.PIPE,
    )  # fmt: skip


def _pending(site: RunningSite) -> int:
    """What `search_index status` says."""
    said = site.manage("search_index", "status").stdout.decode()
    found = re.search(r"([\d,]+) changes not confirmed", said)
    assert found, said
    return int(found[1].replace(",", ""))


def _assert_the_same(site: RunningSite) -> None:
    """The index holds what the database holds."""
    done = site.manage("search_index", "check")
    assert done.stdout.decode().splitlines() == ["missing: 0", "extra: 0", "stale: 0"]


def test_a_crash_and_a_restart_take_nothing_from_an_answer(site, node, expected):
    with traffic(site) as seen:
        node.kill()
        assert degraded(seen)
        node.restart()
        assert healed(site)
    assert {answer.status for answer in seen} == {200}
    assert {answer.degraded for answer in seen} == {True, False}
    for answer in seen:
        assert expected[answer.enquiry] <= answer.services


def test_nobody_waits_for_a_node_that_sleeps(site, node, expected):
    with traffic(site) as seen:
        node.pause()
        assert degraded(seen)
        node.resume()
        assert healed(site)
    assert max(answer.seconds for answer in seen) < TIMEOUT + SLACK
    for answer in seen:
        assert expected[answer.enquiry] <= answer.services


def test_the_site_stays_in_service_without_its_node(site, node):
    node.kill()
    for _ in range(4):
        with urllib.request.urlopen(f"{site.address}/readyz", timeout=60) as response:
            said = json.loads(response.read())
        assert said["ready"]
        assert "manage.py search_index status" in said["warnings"][0]


def test_what_was_confirmed_survives_a_crash(site, node):
    editor = _edit(site, 12, f"Confirmed {os.urandom(4).hex()}.")
    assert editor.wait(240) == 0
    node.kill()
    node.restart()
    assert _pending(site) == 0
    _assert_the_same(site)


def test_what_changed_while_the_node_was_gone_gets_through(site, node):
    node.kill()
    editor = _edit(site, 8, f"Changed meanwhile {os.urandom(4).hex()}.")
    assert editor.wait(240) == 0
    node.restart()
    assert _pending(site) == 8
    assert site.manage("search_index", "sync").returncode == 0
    assert _pending(site) == 0
    _assert_the_same(site)


@pytest.mark.parametrize("how", ["kill", "pause"])
def test_edits_in_the_middle_of_which_the_node_fails_are_saved_and_not_lost(site, node, how):
    summary = f"Edited while it failed {os.urandom(4).hex()}."
    with traffic(site) as seen:
        editor = _edit(site, 20, summary)
        assert editor.stdout is not None
        saved = [editor.stdout.readline() for _ in range(4)]
        node.kill() if how == "kill" else node.pause()
        saved += editor.stdout.readlines()
        assert editor.wait(240) == 0
        assert degraded(seen)
        node.restart() if how == "kill" else node.resume()
        assert healed(site)
    assert len(saved) == 20
    assert site.manage("search_index", "sync").returncode == 0
    assert _pending(site) == 0
    _assert_the_same(site)
    script = (
        "from directory.models import Listing; "
        f"print(Listing.objects.live().filter(document__summary={summary!r}).count())"
    )
    assert site.manage("shell", "-v", "0", "-c", script).stdout.split()[-1] == b"20"
