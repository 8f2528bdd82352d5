"""Nothing that people type is kept: not in a row, a log, a file, a cache or an address."""

import http.client
import json
import time
import urllib.parse
import uuid

import pytest

from tests import databases


@pytest.fixture
def canary() -> str:
    """A word that occurs nowhere else."""
    return f"zq{uuid.uuid4().hex[:10]}"


def _post(site, path: str, body: bytes, kind: str) -> tuple[int, str, dict[str, str]]:
    host = urllib.parse.urlsplit(site.address)
    connection = http.client.HTTPConnection(host.hostname, host.port, timeout=30)
    connection.request("POST", path, body, {"Content-Type": kind})
    response = connection.getresponse()
    return response.status, response.read().decode(), dict(response.getheaders())


def _form(**fields: str) -> bytes:
    return urllib.parse.urlencode(fields).encode()


FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def _ask_every_way(site, canary: str) -> None:
    """The three ways, each also in ways that fail."""
    story = f"We are behind with the rent and {canary} keeps ringing"
    status, page, _ = _post(site, "/find/", _form(text=story, place=f"{canary}ville"), FORM)
    assert status == 200
    assert canary in page
    for fields in (
        {"text": story, "ages": f"{canary} and 15"},
        {"text": story * 2_000},
        {"text": "", "place": canary},
        {"text": story, "level": canary, "needs": canary},
    ):
        assert _post(site, "/find/", _form(**fields), FORM)[0] in (200, 413, 400, 422)
    for body in (
        json.dumps({"text": story, "place": canary}),
        json.dumps({"text": story, "level": canary}),
        json.dumps({"text": story, canary: 1}),
        "{" + story,
    ):
        status, _, headers = _post(site, "/api/match", body.encode(), JSON)
        assert status in (200, 422)
        assert "no-store" in headers.get("Cache-Control", "")
    site.manage("match", story, "--place", canary)
    site.manage("match", story, "--level", canary)
    lines = json.dumps({"text": story}) + "\n" + "{" + story
    site.manage("match", "--jsonl", stdin=lines.encode())


def test_nothing_typed_is_in_any_file_row_or_log(running_site, canary):
    _ask_every_way(running_site, canary)
    files = [path for path in running_site.folder.rglob("*") if path.is_file()]
    assert running_site.log in files
    for path in files:
        assert canary.encode() not in path.read_bytes(), path
    lines = list(databases.everything(databases.address(running_site.folder)))
    assert any("Diss Early Help Hub" in line for line in lines)
    for line in lines:
        assert canary not in line


def test_the_log_would_show_it_if_it_were_in_an_address(running_site, canary):
    """The test above can fail: an address does reach the log."""
    host = urllib.parse.urlsplit(running_site.address)
    connection = http.client.HTTPConnection(host.hostname, host.port, timeout=30)
    connection.request("GET", f"/healthz?{canary}")
    connection.getresponse().read()
    # The line is written after the answer was sent.
    for _ in range(50):
        if canary in running_site.log.read_text():
            break
        time.sleep(0.1)
    assert canary in running_site.log.read_text()


def test_the_answer_stays_at_the_address_that_was_posted_to(running_site):
    status, _, headers = _post(
        running_site, "/find/", _form(text="behind with the rent", place="Diss"), FORM
    )
    assert status == 200
    assert "Location" not in headers
    assert "Set-Cookie" not in headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.django_db
def test_an_error_report_names_the_fault_and_nothing_that_was_typed(
    rf, canary, settings, monkeypatch
):
    import sys

    from django.views.debug import get_exception_reporter_class

    request = rf.post("/find/", {"text": canary})
    try:
        text = canary
        raise ValueError(f"broken after {len(text)} characters")
    except ValueError:
        reporter = get_exception_reporter_class(request)(request, *sys.exc_info())
    for report in (reporter.get_traceback_text(), reporter.get_traceback_html()):
        assert canary not in report
        assert "broken after" in report


@pytest.mark.django_db
def test_a_fault_in_the_middle_of_an_answer_logs_nothing_typed(client, canary, caplog, monkeypatch):
    from matching import pipeline

    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(pipeline, "understand", fail)
    client.raise_request_exception = False
    for path, body, kind in (
        ("/find/", urllib.parse.urlencode({"text": canary}), FORM),
        ("/api/match", json.dumps({"text": canary}), JSON),
    ):
        response = client.post(path, body, content_type=kind)
        assert response.status_code == 500
        assert canary not in response.content.decode()
    assert canary not in caplog.text
    for record in caplog.records:
        assert canary not in repr(record.__dict__)
