"""OpenSearch is asked only if it is who it says, and nobody learns what we log in with."""

import base64
import json
import logging
import traceback
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.views.debug import get_exception_reporter_class

from directory import search
from directory.search import current_engine, embedded_engine
from directory.search.opensearch.client import Unavailable, call, connection
from tests.search.failing import QUERY, all_that_is_logged
from tests.search.front import Certificate, Front, Reply

pytestmark = pytest.mark.django_db

USER, PASSWORD, KEY = "hub-user", "quince/pass@word#1", "cXVpbmNlLWtleQ=="
IN_ADDRESS = "hub-user:quince%2Fpass%40word%231@"
BASIC = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
#: Ways to say who we are: what goes into the address, the settings, and what the server hears.
WAYS = {
    "address": (IN_ADDRESS, {}, BASIC),
    "settings": ("", {"USER": USER, "PASSWORD": PASSWORD}, BASIC),
    "settings before address": ("else:other@", {"USER": USER, "PASSWORD": PASSWORD}, BASIC),
    "key": ("", {"API_KEY": KEY}, f"ApiKey {KEY}"),
}
SECRETS = [PASSWORD, "quince", KEY, BASIC.removeprefix("Basic ")]


@pytest.fixture
def beside(index, settings, demonstration_index):
    """Let the product ask a server whose index holds the demonstration."""
    own, settings.OPENSEARCH_INDEX = index, demonstration_index

    def beside(front: Front, in_address: str = "", **values) -> None:
        settings.OPENSEARCH_URL = front.url.replace("://", f"://{in_address}")
        for name, value in values.items():
            setattr(settings, f"OPENSEARCH_{name}", value)
        search._failover.cache_clear()

    yield beside
    settings.OPENSEARCH_INDEX = own
    for name in ("USER", "PASSWORD", "API_KEY", "CA_CERTS"):
        setattr(settings, f"OPENSEARCH_{name}", "")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Certificate:
    return Certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(params=WAYS)
def way(request) -> tuple[str, dict[str, str], str]:
    return WAYS[request.param]


def _degraded() -> bool:
    proposal = current_engine().candidates(QUERY)
    assert proposal.candidates
    if proposal.degraded:
        assert proposal.candidates == embedded_engine().candidates(QUERY).candidates
    return proposal.degraded


def test_a_certificate_that_nobody_vouches_for_is_refused(node_url, beside, certificate):
    with Front(node_url, certificate) as front:
        beside(front)
        assert _degraded()
        assert front.heard == []


def test_a_certificate_of_our_own_authority_is_trusted(node_url, beside, certificate):
    with Front(node_url, certificate) as front:
        beside(front, CA_CERTS=str(certificate.file))
        assert not _degraded()
        assert front.heard


def test_a_certificate_for_another_server_is_refused(node_url, beside, tmp_path):
    other = Certificate(tmp_path, "DNS:search.example.org")
    with Front(node_url, other) as front:
        beside(front, CA_CERTS=str(other.file))
        assert _degraded()
        assert front.heard == []


def test_verification_can_be_switched_off_on_purpose(node_url, beside, certificate):
    with Front(node_url, certificate) as front:
        beside(front, VERIFY_CERTS=False)
        assert not _degraded()


@pytest.mark.parametrize(
    ("status", "look_at"), [(401, "OPENSEARCH_PASSWORD"), (403, "OPENSEARCH_INDEX")]
)
def test_a_refused_log_in_says_which_setting_to_look_at(node_url, beside, status, look_at):
    with Front(node_url, answer=lambda headers, body: (status, {}, b"{}")) as front:
        beside(front)
        with pytest.raises(Unavailable, match=rf"{status}.*{look_at}"):
            call(lambda server: server.info())


def test_a_certificate_that_is_not_trusted_says_which_setting_to_look_at(
    node_url, beside, certificate
):
    with Front(node_url, certificate) as front:
        beside(front)
        with pytest.raises(Unavailable, match="OPENSEARCH_CA_CERTS"):
            call(lambda server: server.info())


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_certificate_file_that_is_not_there_takes_no_answer_away(
    node_url, beside, certificate, tmp_path, content
):
    file = tmp_path / "authority.pem"
    if content:
        file.write_text(content)
    with Front(node_url, certificate) as front:
        beside(front, CA_CERTS=str(file))
        assert _degraded()


@pytest.mark.parametrize(
    "url", ["localhost", "localhost:9200", "http://", "http://[::1", "http://a:99999", "ftp://a"]
)
def test_an_address_that_is_none_takes_no_answer_away(index, settings, url):
    settings.OPENSEARCH_URL = url
    assert _degraded()


def test_every_request_says_who_asks(node_url, beside, way):
    in_address, values, expected = way
    with Front(node_url) as front:
        beside(front, in_address, **values)
        assert not _degraded()
        current_engine().suggest("debt")
        call_command("search_index", "status", stdout=StringIO())
        assert len(front.heard) > 3
        assert {headers.get("authorization") for headers in front.heard} == {expected}


def test_without_a_name_nothing_is_said(node_url, beside):
    with Front(node_url) as front:
        beside(front)
        assert not _degraded()
        assert not any("authorization" in headers for headers in front.heard)


def test_who_we_are_is_not_told_to_whom_the_server_sends_us(node_url, beside, way):
    in_address, values, _ = way
    with Front(node_url) as elsewhere:

        def sent_on(*_) -> Reply:
            return 307, {"Location": f"{elsewhere.url}/_msearch"}, b""

        with Front(node_url, answer=sent_on) as front:
            beside(front, in_address, **values)
            assert _degraded()
            assert front.heard
        assert elsewhere.heard == []


def _refused(headers: dict[str, str], _: bytes) -> Reply:
    """What a careless server says: it repeats what it heard."""
    said = {"error": {"type": "security_exception", "reason": headers}, "status": 401}
    warning = f'299 OpenSearch "{headers["authorization"]} is refused"'
    kinds = {"Content-Type": "application/json", "Warning": warning}
    return 401, kinds, json.dumps(said).encode()


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("there", [True, False])
def test_nothing_says_what_we_log_in_with(
    node_url, beside, way, client, capfd, caplog, recwarn, there
):
    in_address, values, _ = way
    caplog.set_level(logging.DEBUG)
    said: list[str] = []
    with all_that_is_logged() as lines:
        with Front(node_url, answer=_refused) as front:
            beside(front, in_address, **values)
            if there:
                said += _all_that_is_said(client)
                assert front.heard
        if not there:
            said += _all_that_is_said(client)
    said += [*lines, *capfd.readouterr(), *(str(warned.message) for warned in recwarn)]
    assert any("search_index status" in each for each in said)
    for secret in SECRETS:
        assert not [each for each in said if secret in each]


def _all_that_is_said(client) -> list[str]:
    """Answers, commands, health, exceptions and error reports while the server refuses us."""
    said = [str(current_engine().candidates(QUERY)), client.get("/readyz").content.decode()]
    for action in ("status", "sync", "check", "rebuild"):
        out = StringIO()
        try:
            call_command("search_index", action, stdout=out, stderr=out)
        except CommandError as error:
            said += [str(error), repr(error)]
        said.append(out.getvalue())
    with pytest.raises(Unavailable) as caught:
        call(lambda server: server.info())
    said += ["".join(traceback.format_exception(caught.value)), repr(connection())]
    return said


@pytest.mark.parametrize(
    "name",
    [
        "address",
        "settings",
        "key",
    ],
)
def test_an_error_report_does_not_say_it_either(beside, settings, rf, name):
    in_address, values, _ = WAYS[name]
    with Front("http://127.0.0.1:9200") as front:
        beside(front, in_address, **values)
    request = rf.get("/")
    report = get_exception_reporter_class(request)(request, ValueError, ValueError("why"), None)
    for text in (report.get_traceback_text(), report.get_traceback_html()):
        assert "OPENSEARCH_URL" in text
        for secret in SECRETS:
            assert secret not in text
