"""Settings come from the environment, are all in the README, and explain themselves when wrong."""

import json
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
    return {
        name for file in files for name in re.findall(r'env\.\w+\(\s*"(\w+)"', file.read_text())
    }


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
        ("DATABASE_URL", "", "sqlite:///var"),
        ("DATABASE_URL", "no-wrong-door.sqlite3", "sqlite:///var"),
        ("DATABASE_URL", "mysql://u:quince@localhost/x", "postgres://user:password@"),
        ("DATABASE_URL", "postgres://u:quince@localhost", "names no database"),
        ("DATABASE_URL", "postgres://u:quince/#@localhost/x", "%2F"),
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
    assert "quince" not in done.stderr


def _database(address: str) -> dict[str, object]:
    """The settings of the database at an address, in production."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.base",
        "SECRET_KEY": "x" * 60,
        "DATABASE_URL": address,
    }
    said = subprocess.check_output(
        [sys.executable, "-c", "import json; from cms.settings import base; "
         "print(json.dumps(base.DATABASES['default']))"],
        cwd=ROOT, env=environment,
    )  # fmt: skip
    return json.loads(said)


def test_sqlite_writers_wait_for_each_other():
    database = _database("sqlite:///var/a.sqlite3")
    assert database["NAME"] == "var/a.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_takes_the_options_of_its_address(scheme):
    database = _database(f"{scheme}://hub:a%2Fb@db:5433/nwd?sslmode=require&CONN_MAX_AGE=0")
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert [database[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "hub", "a/b", "db", 5433, "nwd",
    ]  # fmt: skip
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["CONN_MAX_AGE"] == 0
    assert not {"transaction_mode", "init_command"} & set(database["OPTIONS"])


def test_postgresql_connections_are_kept_and_looked_at_before_they_are_used_again():
    database = _database("postgres://hub@/nwd?host=/run/postgresql")
    assert database["CONN_MAX_AGE"] == 600
    assert database["CONN_HEALTH_CHECKS"] is True
    assert database["OPTIONS"]["host"] == "/run/postgresql"


def test_what_people_type_stays_out_of_postgresqls_statements():
    """Values go beside the statement, so its log and its list of sessions show `$1`."""
    options = _database("postgres://hub@db/nwd?server_side_binding=false")["OPTIONS"]
    assert options["server_side_binding"] is True


def test_the_secret_key_in_force_is_no_problem():
    assert secret_key_is_set() == []


@pytest.mark.django_db
def test_the_public_site_allows_no_script_or_style_but_its_own(client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
