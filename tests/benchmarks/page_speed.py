"""How many result pages a second two gunicorn workers give, and what memory a worker holds."""

import tempfile
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

from tests.benchmarks.served import worker_memory
from tests.running_site import RunningSite, start

SECONDS = 10
CLIENTS = 4
FORM = urllib.parse.urlencode(
    {"text": "behind with the rent, bailiffs came, 15yo not going to school", "place": "Diss"}
).encode()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        site = start(Path(folder))
        print(f"demonstration made and first page after {time.perf_counter() - started:.1f} s")
        try:
            for name, path, body in (
                ("result page", "/find/", FORM),
                ("home page", "/", None),
                ("liveness", "/healthz", None),
            ):
                print(f"  {name:<12} {_rate(site, path, body):7.1f} requests a second")
            print(f"  a worker holds {max(worker_memory(site)):.0f} MB")
        finally:
            site.stop()


def _rate(site: RunningSite, path: str, body: bytes | None) -> float:
    done = []
    until = time.perf_counter() + SECONDS

    def work() -> None:
        while time.perf_counter() < until:
            urllib.request.urlopen(site.address + path, body, timeout=30).read()
            done.append(1)

    threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done) / SECONDS


if __name__ == "__main__":
    main()
