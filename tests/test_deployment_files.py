"""Dockerfile and compose.yaml say what is true of the product, and let nobody in by default."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
THEIRS = {name: service for name, service in SERVICES.items() if "build" not in service}
DOCKERFILE = (ROOT / "Dockerfile").read_text()
#: A version to the second number at least.
PINNED = re.compile(r"^[\w./-]+:\d+\.\d+[\w.-]*$")


def _instructions(name: str) -> list[str]:
    return re.findall(rf"^{name} (.+)$", DOCKERFILE, re.MULTILINE)


def _read_by_settings() -> set[str]:
    files = (ROOT / "cms" / "settings").glob("*.py")
    return {
        name for file in files for name in re.findall(r'env\.\w+\(\s*"(\w+)"', file.read_text())
    }


@pytest.mark.parametrize("name", OURS)
def test_what_compose_sets_is_what_the_settings_read(name):
    assert OURS[name]["environment"].keys() <= _read_by_settings()


@pytest.mark.parametrize("secret", ["SECRET_KEY", "POSTGRES_PASSWORD"])
def test_a_secret_has_no_default(secret):
    uses = re.findall(rf"\$\{{{secret}(.*?)[}}]", (ROOT / "compose.yaml").read_text())
    assert uses
    assert all(use.startswith(":?") for use in uses)


@pytest.mark.parametrize("name", THEIRS)
def test_nobody_outside_reaches_a_database(name):
    assert "ports" not in THEIRS[name]
    assert THEIRS[name]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "setup"])
def test_what_goes_on_running_has_a_health_check(name):
    checked_by_image = name in OURS and "HEALTHCHECK" in DOCKERFILE
    assert checked_by_image or SERVICES[name]["healthcheck"]["test"]
    assert not SERVICES[name].get("healthcheck", {}).get("disable")


@pytest.mark.parametrize("image", [service["image"] for service in THEIRS.values()])
def test_an_image_of_others_is_pinned(image):
    assert PINNED.match(image)


def test_the_base_images_are_pinned():
    stages = [line.split() for line in _instructions("FROM")]
    names = {words[2] for words in stages if len(words) > 1}
    assert all(PINNED.match(words[0]) for words in stages if words[0] not in names)


def test_the_opensearch_deployed_is_the_one_tested():
    tested = re.findall(
        r"<id>os2</id>.*?<opensearch.version>([\d.]+)<",
        (ROOT / "tests" / "opensearch_node" / "pom.xml").read_text(),
        re.DOTALL,
    )
    assert SERVICES["opensearch"]["image"].rpartition(":")[2] == tested[0]


def test_the_product_does_not_run_as_root():
    assert _instructions("USER")[-1].split(":")[0] not in {"root", "0"}
    assert all(service.get("user", "") not in {"root", "0"} for service in OURS.values())


def test_nothing_in_the_image_reports_to_anybody():
    assert "ORT_DISABLE_TELEMETRY=1" in DOCKERFILE


def test_packages_are_installed_by_hash():
    installs = [line for line in DOCKERFILE.replace("\\\n", " ").splitlines() if "pip" in line]
    assert installs
    assert all("--require-hashes" in line for line in installs)


def test_what_the_image_copies_is_there_and_not_ignored():
    let_through = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"
    }
    copied = {line.split()[0] for line in _instructions("COPY") if not line.startswith("--from")}
    assert copied == let_through
    assert all((ROOT / path).exists() for path in copied)


@pytest.mark.parametrize("name", [name for name in OURS if "command" in OURS[name]])
def test_a_command_of_compose_is_there(name):
    first, *rest = OURS[name]["command"]
    script = ROOT / (rest[0] if first == "python" else first)
    assert script.exists()
