"""Two who edit at once and many who ask: nobody is refused and nothing is lost."""

import json
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from tests.running_site import ROOT, environment

EDIT = """
from cms.models import ServicePage
for page in ServicePage.objects.live().order_by("pk")[{start}:{start} + 12]:
    page.summary = "Edited by {name}."
    page.save_revision().publish()
"""
CHECK = """
from cms.models import ServicePage
from directory.models import Listing
from directory.search import current_engine
live = ServicePage.objects.live()
edited = Listing.objects.live().filter(document__summary__startswith="Edited by")
versions = list(Listing.objects.values_list("version", flat=True))
print(live.count() == Listing.objects.live().count(), edited.count())
print(len(versions) == len(set(versions)), current_engine().status().healthy)
"""


def test_edits_and_questions_at_the_same_time(running_site):
    editors = [
        subprocess.Popen(
            [sys.executable, "manage.py", "shell", "-c", EDIT.format(start=start, name=name)],
            cwd=ROOT, env=environment(running_site.folder), stderr=subprocess.PIPE,
        )
        for name, start in (("one", 0), ("other", 12))
    ]  # fmt: skip
    body = json.dumps({"text": "behind with the rent, bailiffs came", "place": "Diss"}).encode()

    def ask(_: int) -> int:
        request = urllib.request.Request(
            f"{running_site.address}/api/match", body, {"Content-Type": "application/json"}
        )
        return urllib.request.urlopen(request, timeout=30).status

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(ask, range(120)))
    assert set(statuses) == {200}
    for editor in editors:
        _, errors = editor.communicate(timeout=120)
        assert editor.returncode == 0, errors.decode()
    said = running_site.manage("shell", "-v", "0", "-c", CHECK).stdout.decode().strip()
    assert said.splitlines()[-2:] == ["True 24", "True True"]
