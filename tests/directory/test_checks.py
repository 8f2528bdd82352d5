"""A wrong OPENSEARCH_* setting fails `manage.py check`, which says what to write instead."""

import os
import subprocess
import sys

import certifi
import pytest
from django.conf import settings as django_settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError

SECRET = "quince-password"
#: Names that OpenSearch refuses and takes, with what a rebuild adds: see
#: tests/search/test_index_names.py.
REFUSED = ["Services", "-services", "_services", "+services", "our services", "a/b", "a*", "a?",
           'a"b', "a<b", "a,b", "a#b", "a:b", "a|b", "ä" * 200]  # fmt: skip
TAKEN = ["no-wrong-door", "a", "9", "hub.services_2", "x" * 200]


@pytest.fixture
def found(settings):
    """The ids that the checks find under some settings, each with a hint and without a secret."""
    settings.OPENSEARCH_URL = "https://search.example.org:9200"

    def check(deploy: bool = False, **values) -> list[str]:
        for name, value in values.items():
            setattr(settings, f"OPENSEARCH_{name}", value)
        problems = run_checks(tags=["opensearch"], include_deployment_checks=deploy)
        for problem in problems:
            assert problem.hint
            assert SECRET not in str(problem)
            assert "OPENSEARCH_" in problem.msg + problem.hint
        return [problem.id for problem in problems]

    return check


def test_the_defaults_are_right(found):
    assert found(deploy=True) == []


def test_without_an_address_nothing_else_matters(found):
    assert found(deploy=True, URL="", INDEX="NO", TIMEOUT=-1.0, VERIFY_CERTS=False) == []


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:9200",
        "https://search.example.org",
        "https://search.example.org/prefix/",
        "https://[2001:db8::1]:9200",
        f"https://hub:{SECRET}@search.example.org:9200",
        f"https://hub:{SECRET}%2F%40%23@search.example.org:9200",
    ],
)
def test_an_address_of_a_server_is_right(found, url):
    assert found(URL=url) == []


@pytest.mark.parametrize(
    "url",
    [
        "localhost",
        "localhost:9200",
        "search.example.org:9200",
        f"hub:{SECRET}@search.example.org:9200",
        "http://",
        "http:///services",
        "http://:9200",
        f"https://hub:{SECRET}@:9200",
        f"https://hub:{SECRET}/@search.example.org:9200",
        f"https://hub:{SECRET}#@search.example.org:9200",
        f"ftp://hub:{SECRET}@search.example.org",
        "opensearch://localhost:9200",
        "http://local host:9200",
        "http://localhost:port",
        "http://localhost:99999",
        "http://[::1:9200",
        "http://localhost:9200/?pretty",
    ],
)
def test_what_is_no_address_of_a_server_is_an_error(found, url):
    assert found(URL=url) == ["directory.E010"]


@pytest.mark.parametrize("name", [*REFUSED, "", "..", ".services", "x" * 201, "services\n"])
def test_a_name_that_cannot_be_an_index_is_an_error(found, name):
    assert found(INDEX=name) == ["directory.E011"]


@pytest.mark.parametrize("name", TAKEN)
def test_a_name_that_can_be_an_index_is_right(found, name):
    assert found(INDEX=name) == []


@pytest.mark.parametrize("seconds", [0.0, -0.25, 10.01, float("inf"), float("nan")])
def test_a_time_out_that_keeps_people_waiting_is_an_error(found, seconds):
    assert found(TIMEOUT=seconds) == ["directory.E012"]


@pytest.mark.parametrize("seconds", [0.01, 0.25, 10.0])
def test_a_time_out_of_up_to_ten_seconds_is_right(found, seconds):
    assert found(TIMEOUT=seconds) == []


@pytest.mark.parametrize("seconds", [0.0, -5.0, float("inf"), float("nan")])
def test_a_pause_that_is_none_or_never_ends_is_an_error(found, seconds):
    assert found(PAUSE=seconds) == ["directory.E013"]


def test_a_certificate_file_that_cannot_be_read_is_an_error(found, tmp_path):
    no_certificate = tmp_path / "readme.txt"
    no_certificate.write_text("Ask the network team.")
    for file in (tmp_path / "missing.pem", tmp_path, no_certificate):
        assert found(CA_CERTS=str(file)) == ["directory.E014"], file


def test_a_certificate_file_is_right(found):
    assert found(CA_CERTS=certifi.where()) == []


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"SHARDS": 0}, "directory.E015"),
        ({"SHARDS": -1}, "directory.E015"),
        ({"REPLICAS": -1}, "directory.E016"),
    ],
)
def test_a_number_of_shards_or_copies_that_cannot_be_is_an_error(found, values, problem):
    assert found(**values) == [problem]


@pytest.mark.parametrize(
    "values",
    [
        {"URL": f"http://hub:{SECRET}@search.example.org:9200"},
        {"URL": "http://search.example.org:9200", "USER": "hub", "PASSWORD": SECRET},
        {"URL": "http://10.0.0.7:9200", "API_KEY": SECRET},
    ],
)
def test_a_password_over_plain_http_is_a_warning(found, values):
    assert found(**values) == ["directory.W010"]


@pytest.mark.parametrize(
    "values",
    [
        {"URL": f"http://hub:{SECRET}@localhost:9200"},
        {"URL": f"http://hub:{SECRET}@127.0.0.1:9200"},
        {"URL": "http://[::1]:9200", "API_KEY": SECRET},
        {"URL": f"https://hub:{SECRET}@search.example.org:9200"},
        {"URL": "http://search.example.org:9200"},
    ],
)
def test_a_password_that_stays_here_or_is_encrypted_is_right(found, values):
    assert found(**values) == []


def test_a_certificate_that_nobody_verifies_is_a_warning_in_production(found):
    assert found(VERIFY_CERTS=False) == []
    assert found(deploy=True) == ["directory.W011"]
    assert found(deploy=True, URL="http://localhost:9200") == []


def test_several_mistakes_are_said_at_once(found):
    assert found(URL="localhost", INDEX="A", TIMEOUT=0.0, SHARDS=0) == [
        "directory.E010", "directory.E011", "directory.E012", "directory.E015",
    ]  # fmt: skip


def test_manage_py_check_fails_and_says_what_to_write():
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.base",
        "SECRET_KEY": "x" * 60,
        "OPENSEARCH_URL": f"hub:{SECRET}@localhost:9200",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=django_settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "directory.E010" in done.stderr
    assert "https://search.example.org:9200" in done.stderr
    assert SECRET not in done.stdout + done.stderr


@pytest.mark.parametrize("command", [("search_index", "status"), ("match", "rent"), ("tidy",)])
def test_commands_check_what_they_stand_on(settings, command):
    settings.OPENSEARCH_URL = "localhost"
    with pytest.raises(SystemCheckError, match=r"directory\.E010"):
        call_command(*command, skip_checks=False)
