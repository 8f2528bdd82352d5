"""The jars of an OpenSearch node: which Java runs them, and Maven to put them together once."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "tests" / "opensearch_node"
BUILT = ROOT / "var" / "opensearch-node"
#: The lines of OpenSearch that we promise to work with, and the oldest Java that runs each.
LINES = {"os2": 17, "os3": 21}
#: Seconds that Maven may take to fetch and put together what it needs.
_BUILD_PATIENCE = 600


class Missing(Exception):
    """The machine lacks what a node needs; the text says what to install."""


@dataclass(frozen=True, order=True)
class Java:
    """A Java of the machine. `compiles`: it is a whole JDK."""

    version: int
    home: Path

    @property
    def compiles(self) -> bool:
        return (self.home / "bin" / "javac").exists()


def lines_here() -> list[str]:
    """The lines that can run on this machine."""
    return [line for line in LINES if why_missing(line) is None]


def why_missing(line: str) -> str | None:
    """What the line needs and the machine lacks, in a sentence, or None. Nothing is built."""
    oldest, name = LINES[line], f"OpenSearch {line[2:]}"
    jdk = "which is not here (Debian: apt-get install default-jdk-headless)."
    if _is_built(line):
        return None if _java(line) else f"{name} needs Java {oldest} or newer, {jdk}"
    if _java(line, compiles=True) is None:
        return f"{name} needs a JDK {oldest} or newer with its compiler, {jdk}"
    if shutil.which("mvn") is None:
        return f"{name} needs Maven, which is not here (Debian: apt-get install maven)."
    return None


def built(line: str) -> tuple[str, str]:
    """The `java` and the class path of the line, put together first where that is needed.

    Raises Missing.
    """
    why = why_missing(line)
    if why:
        raise Missing(why)
    BUILT.mkdir(parents=True, exist_ok=True)
    with (BUILT / f"{line}.lock").open("w") as lock:
        # Two runs of the tests may begin at the same time.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_built(line):
            _build(line)
    java = _java(line)
    assert java is not None
    folder = BUILT / line
    return str(java.home / "bin" / "java"), f"{folder / 'classes'}:{folder / 'lib'}/*"


def _build(line: str) -> None:
    jdk = _java(line, compiles=True)
    assert jdk is not None
    folder = BUILT / line
    shutil.rmtree(folder, ignore_errors=True)
    command = ["mvn", "-q", "-B", "-ntp", "-P", line, f"-Dnode.target={folder}", "package"]
    done = subprocess.run(
        ["timeout", str(_BUILD_PATIENCE), *command],
        cwd=SOURCE, env={**os.environ, "JAVA_HOME": str(jdk.home)}, check=False, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    if done.returncode:
        raise Missing(
            f"{done.stdout[-2000:]}\n"
            f"Maven could not put OpenSearch {line[2:]} together: see what it said above."
        )
    _stamp(line).write_text(_digest())


def _stamp(line: str) -> Path:
    return BUILT / line / "made-from"


def _is_built(line: str) -> bool:
    stamp = _stamp(line)
    return stamp.exists() and stamp.read_text() == _digest()


def _digest() -> str:
    """Of all that a node is made from, so that a changed version is built anew."""
    digest = hashlib.sha256()
    for path in sorted(path for path in SOURCE.rglob("*") if path.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _java(line: str, compiles: bool = False) -> Java | None:
    """The oldest Java that is new enough: the nearest to what the line was written for."""
    fits = [
        java for java in _javas() if java.version >= LINES[line] and (java.compiles or not compiles)
    ]
    return min(fits, default=None)


@cache
def _javas() -> tuple[Java, ...]:
    homes = {home.resolve() for home in _homes() if (home / "bin" / "java").exists()}
    found = ((_version(home / "bin" / "java"), home) for home in homes)
    return tuple(sorted(Java(version, home) for version, home in found if version))


def _homes() -> Iterator[Path]:
    if os.environ.get("JAVA_HOME"):
        yield Path(os.environ["JAVA_HOME"])
    if on_path := shutil.which("java"):
        yield Path(on_path).resolve().parent.parent
    yield from Path("/usr/lib/jvm").glob("*")


def _version(java: Path) -> int:
    """17 of `openjdk version "17.0.15"`; 0 when it does not say."""
    try:
        said = subprocess.run(
            [java, "-version"], capture_output=True, text=True, timeout=60, check=False
        ).stderr
    except (OSError, subprocess.TimeoutExpired):
        return 0
    match = re.search(r'version "(\d+)', said)
    return int(match[1]) if match else 0
