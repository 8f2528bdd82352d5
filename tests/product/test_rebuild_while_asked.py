"""The engine's own tables are made anew beneath a site that is asked all the while."""

import json
import threading
import urllib.request

REBUILD = """
from directory.search import embedded_engine
for _ in range(5):
    print(embedded_engine().rebuild())
"""
CHECK = """
from directory.search import embedded_engine
print(embedded_engine().status().healthy, bool(embedded_engine().suggest("a")))
"""


def test_nobody_notices_that_the_index_is_made_anew(running_site):
    body = json.dumps({"text": "bailiffs", "needs": ["debt-advice"], "place": "Diss"}).encode()
    ended, found, errors = threading.Event(), [], []

    def ask() -> None:
        while not ended.is_set():
            request = urllib.request.Request(
                f"{running_site.address}/api/match", body, {"Content-Type": "application/json"}
            )
            try:
                answer = json.load(urllib.request.urlopen(request, timeout=30))
                found.append([service["id"] for service in answer["services"]])
            except OSError as error:
                errors.append(error)

    people = [threading.Thread(target=ask) for _ in range(3)]
    for person in people:
        person.start()
    done = running_site.manage("shell", "-v", "0", "-c", REBUILD)
    ended.set()
    for person in people:
        person.join()
    assert done.returncode == 0, done.stderr.decode()
    assert len(set(done.stdout.split())) == 1
    assert not errors
    assert found[0]
    assert all(each == found[0] for each in found)
    assert running_site.manage("shell", "-v", "0", "-c", CHECK).stdout.split() == [b"True"] * 2
