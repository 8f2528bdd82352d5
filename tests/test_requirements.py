"""What is pinned can be installed on every Python that the README promises."""

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parent.parent
PROMISED = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
#: The oldest of them: Debian has had one such for years.
OLDEST = f"{PROMISED.removeprefix('>=')}.0"
PINS = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", re.MULTILINE)


@pytest.mark.parametrize("file", ["base.txt", "dev.txt"])
def test_every_pin_is_for_the_oldest_python_as_well(file):
    pins = PINS.findall((ROOT / "requirements" / file).read_text())
    assert len(pins) > 50
    newer = []
    for name, version in pins:
        installed = distribution(name)
        assert installed.version == version, f"{name}: install requirements/{file} again"
        if OLDEST not in SpecifierSet(installed.metadata["Requires-Python"] or ""):
            newer.append(f"{name} {version}")
    assert newer == []
