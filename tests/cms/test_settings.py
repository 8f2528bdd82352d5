"""Settings come from the environment, are all in the README, and explain themselves when wrong."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from directory.checks import secret_key_is_set

ROOT = Path(django_settings.BASE_DIR)


def _read_by_settings() -> set[str]:
    files = (ROOT / "cms" / "settings").glob("*.py")
    found = {
        name for file in files for name in re.findall(r'env\.\w+\(\s*"(\w+)"', file.read_text())
    }
    return found | {"DATABASE_URL"}


def test_every_setting_has_a_row_in_the_readme():
    table = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert table == _read_by_settings()


def test_a_missing_secret_key_is_explained(settings):
    settings.SECRET_KEY = ""
    [problem] = secret_key_is_set()
    assert problem.id == "directory.E001"
    assert "SECRET_KEY" in problem.hint


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SECRET_KEY", "", "token_urlsafe"),
        ("DATABASE_URL", "postgres://u:p@localhost/x", "sqlite"),
        ("SECURE_HSTS_SECONDS", "an hour", "whole number"),
        ("DEMONSTRATION", "maybe", "true or false"),
    ],
)
def test_a_wrong_value_fails_the_check_with_a_hint(name, value, words):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.base",
        "SECRET_KEY": "x" * 60,
        name: value,
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert name in done.stderr
    assert words in done.stderr


def test_the_secret_key_in_force_is_no_problem():
    assert secret_key_is_set() == []


@pytest.mark.django_db
def test_the_public_site_allows_no_script_or_style_but_its_own(client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
