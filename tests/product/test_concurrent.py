"""Two who edit at once and many who ask: nobody is refused and nothing is lost."""

import json
import subprocess
import sys
import time
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


CLOSE = """
import sys
from django.db import transaction
from cms.models import PartnerPage
partner = PartnerPage.objects.live().filter(numchild__gt=0).order_by("pk").last()
with transaction.atomic():
    partner.unpublish()
    print(partner.pk, flush=True)
    sys.stdin.readline()
"""
PUBLISH_BELOW = """
import sys
from cms.models import PartnerPage, ServicePage
partner = PartnerPage.objects.get(pk={partner})
service = ServicePage.objects.child_of(partner).first()
print("ready", flush=True)
service.save_revision().publish()
"""
FOUND_BELOW = """
from cms.models import PartnerPage
from directory.models import Listing
partner = PartnerPage.objects.get(pk={partner})
listings = Listing.objects.filter(document__organization__id=str(partner.organization_id))
print(partner.live, listings.live().exists())
partner.save_revision().publish()
partner.refresh_from_db()
print(partner.live, listings.live().exists())
"""


def _shell(site, code: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", code],
        cwd=ROOT, env=environment(site.folder),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_a_service_published_while_its_partner_is_being_closed_is_not_found(running_site):
    closing = _shell(running_site, CLOSE)
    partner = int(closing.stdout.readline())
    publishing = _shell(running_site, PUBLISH_BELOW.format(partner=partner))
    assert publishing.stdout.readline() == b"ready\n"
    # Longer than databases wait unless they are told to.
    time.sleep(6)
    for process in (closing, publishing):
        _, errors = process.communicate(b"\n" if process is closing else None, timeout=60)
        assert process.returncode == 0, errors.decode()
    found = running_site.manage("shell", "-v", "0", "-c", FOUND_BELOW.format(partner=partner))
    assert found.stdout.decode().splitlines() == ["False False", "True True"]


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
