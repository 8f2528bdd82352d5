"""The demonstration as it is served: `manage.py demo`, then gunicorn, on data of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from tests import databases

ROOT = Path(__file__).resolve().parent.parent
#: Making the demonstration and starting to serve takes less than this, in seconds.
PATIENCE = 240


@dataclass
class RunningSite:
    """A served demonstration: its address, the folder of all it writes, and its log."""

    address: str
    folder: Path
    process: subprocess.Popen[bytes]
    #: What was set for it, beside what every such site is given.
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def log(self) -> Path:
        return self.folder / "site.log"

    def manage(self, *args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run a command over the same files."""
        return subprocess.run(
            [sys.executable, "manage.py", *args],
            cwd=ROOT, env=environment(self.folder) | self.settings, input=stdin,
            capture_output=True, check=False, timeout=PATIENCE,
        )  # fmt: skip

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)
        databases.drop(databases.address(self.folder))


def environment(folder: Path) -> dict[str, str]:
    """Settings for a site in `folder`, with the model that the tests have trained."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.development",
        "VAR_DIR": str(folder),
        "DATABASE_URL": databases.address(folder),
        "MODEL_DIR": os.environ.get("MODEL_DIR", str(ROOT / "var" / "model")),
        # Beside an OpenSearch, an index of its own: the tests in this process empty theirs.
        "OPENSEARCH_INDEX": f"site-{os.getpid()}-{folder.name.lower()}",
    }


def start(folder: Path, like: str = "template1", **settings: str) -> RunningSite:
    """Make the demonstration in `folder` and serve it, with these settings beside the usual.

    `like`: the PostgreSQL database to begin with, which nobody uses.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"SITE_URL": f"http://127.0.0.1:{port}", **settings}
    env = environment(folder) | settings
    databases.create(env["DATABASE_URL"], like)
    if made := databases.demonstration():
        shutil.copy(made, folder / databases.FILE)
    log = (folder / "site.log").open("wb")
    subprocess.run(
        [sys.executable, "manage.py", "demo", "--port", str(port)],
        cwd=ROOT, env=env, stdout=log, stderr=log, check=True, timeout=PATIENCE,
    )  # fmt: skip
    gunicorn = Path(sys.executable).parent / "gunicorn"
    process = subprocess.Popen(
        [str(gunicorn), "cms.wsgi", "--workers", "2", "--bind", f"127.0.0.1:{port}",
         "--access-logfile", "-"],
        cwd=ROOT, env=env, stdout=log, stderr=log,
    )  # fmt: skip
    site = RunningSite(f"http://127.0.0.1:{port}", folder, process, settings)
    _wait(site)
    return site


def _wait(site: RunningSite) -> None:
    for _ in range(PATIENCE * 5):
        try:
            urllib.request.urlopen(f"{site.address}/healthz", timeout=5).read()
        except OSError:
            if site.process.poll() is not None:
                raise RuntimeError(site.log.read_text()) from None
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(site.log.read_text())
