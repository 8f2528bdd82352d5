"""Many people at once, for a while, on a site that is being edited: nothing may fail or grow.

`python -m tests.benchmarks.soak [MINUTES] [USERS]`: 10 minutes and 100 users unless told. Two
gunicorn workers serve the demonstration, beside OpenSearch where OPENSEARCH_URL says so. Every
second a service is edited and published.
"""

import http.cookiejar
import json
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.served import worker_memory
from tests.benchmarks.timing import spread
from tests.running_site import ROOT, RunningSite, environment, start

#: Seconds between one page and the next.
THINKING = (1.0, 5.0)
STORIES = (
    ("behind with the rent, bailiffs came, 15yo not going to school", "Diss"),
    ("He shouts at the children and has broken the door. I am scared", "NR18 0QB"),
    ("My mum forgets her tablets and I care for her after school", "Costessey"),
    ("new baby, feeling low, no money for the meter", "Wymondham"),
    ("where is the food bank", ""),
)
NEEDS = ("debt-advice", "housing-options", "family-support")
EDITS = """
import sys, time, threading
from cms.models import ServicePage
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
pks, done = list(ServicePage.objects.live().values_list("pk", flat=True)), 0
while not ended.wait(1):
    page = ServicePage.objects.get(pk=pks[done % len(pks)])
    page.summary = f"Edited for the {done}th time."
    page.save_revision().publish()
    done += 1
print(done)
"""
_LINK = re.compile(r'href="(/(?:directory/[^"#?]+/[^"#?]+|services/[^"#?]+)/)"')
_HIDDEN = re.compile(r'<input type="hidden" name="(csrfmiddlewaretoken)" value="([^"]*)"')


@dataclass
class Seen:
    """What all users saw: seconds by kind of page, and what went wrong."""

    spent: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    engines: dict[str, int] = field(default_factory=lambda: defaultdict(int))


class User:
    """Somebody with a browser of their own, who goes on until `ended`."""

    def __init__(self, site: RunningSite, seen: Seen, ended: threading.Event, seed: int) -> None:
        self._site, self._seen, self._ended = site, seen, ended
        self._rng = random.Random(seed)
        jar = http.cookiejar.CookieJar()
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def run(self) -> None:
        while not self._think():
            text, place = self._rng.choice(STORIES)
            page = self._visit("home page", "/")
            form = {**dict(_HIDDEN.findall(page)), "text": text, "place": place}
            found = self._think() or self._visit("find by words", "/find/", form)
            links = _LINK.findall(found) if isinstance(found, str) else []
            if links and not self._think():
                self._visit("service page", self._rng.choice(links))
            chosen = urllib.parse.urlencode({"need": self._rng.sample(NEEDS, 2)}, doseq=True)
            if not self._think():
                self._visit("find by needs", f"/find/?{chosen}")
            if not self._think():
                answer = self._visit("API match", "/api/match", json.dumps({"text": text}))
                self._note(answer)

    def _think(self) -> bool:
        """Wait. True when it is over."""
        return self._ended.wait(self._rng.uniform(*THINKING))

    def _visit(self, kind: str, path: str, sent: dict[str, str] | str | None = None) -> str:
        """The body of a page, "" when it failed."""
        request = urllib.request.Request(self._site.address + path)
        if sent is not None:
            is_json = isinstance(sent, str)
            request.data = (
                sent if isinstance(sent, str) else urllib.parse.urlencode(sent)
            ).encode()
            request.add_header(
                "Content-Type",
                "application/json" if is_json else "application/x-www-form-urlencoded",
            )
        started = time.perf_counter()
        try:
            body = self._browser.open(request, timeout=30).read().decode()
        except OSError as error:
            self._seen.errors.append(f"{kind}: {error}")
            return ""
        self._seen.spent[kind].append(time.perf_counter() - started)
        return body

    def _note(self, answer: str) -> None:
        if answer:
            engine = json.loads(answer)["engine"]
            name = f"{engine['name']}{' (degraded)' if engine['degraded'] else ''}"
            self._seen.engines[name] += 1


def main() -> None:
    minutes, users = [float(value) for value in sys.argv[1:3]] + [10, 100][len(sys.argv[1:3]) :]
    with tempfile.TemporaryDirectory() as folder:
        site = start(Path(folder))
        try:
            _soak(site, minutes, int(users))
        finally:
            site.stop()


def _soak(site: RunningSite, minutes: float, users: int) -> None:
    seen, ended = Seen(), threading.Event()
    editor = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", EDITS],
        cwd=ROOT, env=environment(site.folder), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    threads = [threading.Thread(target=User(site, seen, ended, seed).run) for seed in range(users)]
    memory = {"at the start": worker_memory(site)}
    for thread in threads:
        thread.start()
    for name, wait in (("after a tenth", 0.1), ("half-way", 0.4), ("at the end", 0.5)):
        time.sleep(60 * minutes * wait)
        memory[name] = worker_memory(site)
    ended.set()
    for thread in threads:
        thread.join()
    edits, complaints = editor.communicate("", timeout=60)
    assert editor.returncode == 0, complaints
    number = sum(map(len, seen.spent.values()))
    print(
        f"{users} users for {minutes:g} minutes: {number:,} requests, "
        f"{number / minutes / 60:.1f} a second; {edits.strip()} edits; {len(seen.errors)} errors"
    )
    for error in sorted(set(seen.errors)):
        print(f"  {error} ({seen.errors.count(error)} times)")
    for kind, seconds in sorted(seen.spent.items()):
        print(f"  {kind:<16}{len(seconds):7,} {spread(seconds)}")
    print("  answers of the API by " + ", ".join(f"{k} {n}" for k, n in seen.engines.items()))
    for name, sizes in memory.items():
        print(f"  a worker held {name}: " + ", ".join(f"{size:.0f} MB" for size in sizes))


if __name__ == "__main__":
    main()
