"""However OpenSearch fails, people get the embedded engine's whole answer, in time, and it says so.

Each failure is met twice: by a process that has not seen the server yet, and by one that has.
"""

import json
import time
import traceback

import pytest

from directory import search
from directory.search import current_engine, embedded_engine
from directory.search.opensearch import queries
from directory.search.opensearch.client import Unavailable, call
from directory.search.query import Query
from matching.enquiry import Enquiry
from matching.pipeline import answer
from tests.search.failing import (
    CANARY,
    FAILURES,
    QUERY,
    SLACK,
    all_that_is_logged,
    fail,
    until,
)
from tests.search.front import Front, Reply

pytestmark = pytest.mark.django_db

TIMEOUT = 0.25
every_failure = pytest.mark.parametrize("failure", FAILURES)


@pytest.fixture(params=["at first sight", "later"])
def failing(server, failure, request, settings):
    """A server that fails, for a process that has not asked it anything yet or that has."""
    if request.param == "later":
        assert not current_engine().candidates(QUERY).degraded
    settings.OPENSEARCH_TIMEOUT = TIMEOUT
    fail(server, failure)
    return server


def test_while_it_answers_opensearch_is_asked(server):
    proposal = current_engine().candidates(QUERY)
    assert (proposal.engine, proposal.degraded) == ("opensearch", False)
    assert server.requests["/_msearch"] == 1
    assert CANARY in str(queries.searches(QUERY, 1.0))


@every_failure
def test_the_embedded_engine_proposes_the_same_in_its_place_and_in_time(failing):
    expected = embedded_engine().candidates(QUERY)
    assert expected.candidates
    began = time.monotonic()
    proposal = current_engine().candidates(QUERY)
    assert time.monotonic() - began < TIMEOUT + SLACK
    assert (proposal.engine, proposal.degraded) == ("embedded", True)
    assert proposal.candidates == expected.candidates


@every_failure
def test_suggestions_come_in_time_too(failing):
    expected = embedded_engine().suggest("debt")
    assert expected
    began = time.monotonic()
    assert current_engine().suggest("debt") == expected
    assert time.monotonic() - began < TIMEOUT + SLACK
    assert current_engine().suggest(CANARY) == []


@every_failure
def test_an_answer_lacks_nothing_and_says_which_engine_it_is_from(failing, model):
    enquiry = Enquiry(text=f"Behind with the rent, bailiffs came. {CANARY}", place="Diss")
    said, expected = answer(enquiry), answer(enquiry, embedded_engine())
    assert (said.engine.name, said.engine.degraded) == ("embedded", True)
    assert said.services
    assert said.services == expected.services
    assert (said.package, said.near_misses) == (expected.package, expected.near_misses)


@every_failure
def test_after_three_failures_the_server_is_left_alone(failing):
    engine = current_engine()
    for _ in range(3):
        assert engine.searches.state == "closed"
        engine.candidates(QUERY)
    assert engine.searches.state == "open"
    failing.requests.clear()
    failing.behave("pass")
    for _ in range(5):
        assert engine.candidates(QUERY).degraded
        engine.suggest("debt")
        assert not engine.status().answers
    assert not failing.requests


@every_failure
@pytest.mark.parametrize("pause", [0.2])
def test_when_the_pause_is_over_it_heals_by_itself(failing, settings):
    engine = _opened()
    assert until(lambda: engine.searches.state == "half-open")
    assert engine.candidates(QUERY).degraded
    # Open, or by the time of this line half-open again.
    assert engine.searches.state != "closed"
    settings.OPENSEARCH_TIMEOUT = 10.0
    failing.behave("pass")
    assert until(lambda: not engine.candidates(QUERY).degraded)
    assert engine.searches.state == "closed"


@every_failure
def test_the_log_has_one_line_and_no_word_of_a_query(failing, capfd):
    query = Query(text=CANARY)
    with all_that_is_logged() as lines:
        for _ in range(4):
            current_engine().candidates(query)
            current_engine().suggest(CANARY)
            current_engine().status()
    assert len(lines) == 1
    assert lines[0].startswith("directory.search.circuit: OpenSearch: ")
    assert lines[0].endswith(". The embedded engine answers meanwhile.")
    assert CANARY not in "".join([*lines, *capfd.readouterr()])


@every_failure
def test_an_exception_says_why_and_nothing_of_the_query(failing, settings):
    said = _report(settings)
    assert "Unavailable: " in said
    assert CANARY not in said


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "text/html"])
@pytest.mark.parametrize("status", [200, 400, 500])
def test_a_server_that_repeats_a_query_is_not_repeated(
    server, node_url, settings, capfd, recwarn, status, kind
):
    """OpenSearch quotes what it could not parse."""

    def repeat(_: dict[str, str], body: bytes) -> Reply | None:
        if CANARY.encode() not in body:
            return None
        said = {"error": {"type": body.decode(), "reason": body.decode()}, "status": status}
        return status, {"Content-Type": kind, "Warning": CANARY}, json.dumps(said).encode()

    with Front(node_url, answer=repeat) as front, all_that_is_logged() as lines:
        settings.OPENSEARCH_URL = front.url
        search._failover.cache_clear()
        assert current_engine().candidates(Query(text=CANARY)).degraded
        assert len(lines) == 1
        current_engine().suggest(CANARY)
        said = [*lines, _report(settings), *(str(each.message) for each in recwarn)]
    assert CANARY not in "".join([*said, *capfd.readouterr()])


def _report(settings) -> str:
    """What a traceback says when a search for the canary fails."""
    [body] = queries.searches(Query(text=CANARY), TIMEOUT).values()
    lines = [{"index": settings.OPENSEARCH_INDEX}, body]
    with pytest.raises(Unavailable) as caught:
        call(lambda server: server.msearch(body=lines)["responses"][0]["hits"]["hits"])
    return "".join(traceback.format_exception(caught.value))


@every_failure
def test_the_site_stays_in_service_and_tells_the_operator_what_to_do(failing, client, model):
    for _ in range(5):
        response = client.get("/readyz")
        said = response.json()
        assert (response.status_code, said["ready"], said["problems"]) == (200, True, [])
        [warning] = said["warnings"]
        assert "the embedded engine answers" in warning
        assert "manage.py search_index status" in warning


@pytest.mark.parametrize("status", [200, 400, 404, 500])
@pytest.mark.parametrize(
    "body", [b"", b"null", b"1", b'"yes"', b"[]", b"[{}]", b"[" * 100_000, b'{"responses": [null]}']
)
def test_an_answer_that_makes_no_sense_is_none(server, node_url, settings, body, status):
    with Front(node_url) as front:
        settings.OPENSEARCH_URL = front.url
        for known in (False, True):
            search._failover.cache_clear()
            front.answer = None
            if known:
                assert not current_engine().candidates(QUERY).degraded
            front.answer = lambda *_: (status, {"Content-Type": "application/json"}, body)
            proposal = current_engine().candidates(QUERY)
            assert (proposal.engine, proposal.degraded) == ("embedded", True)
            assert current_engine().suggest("debt") == embedded_engine().suggest("debt")
            assert not current_engine().status().answers


@pytest.mark.parametrize("pause", [0.2])
def test_a_question_without_a_word_does_not_pass_for_an_answer(server):
    server.behave("refuse")
    engine = _opened()
    assert until(lambda: engine.searches.state == "half-open")
    assert engine.suggest("…") == []
    assert engine.searches.state != "closed"


def test_all_that_an_enquiry_asks_shares_one_time_limit(server, settings):
    """The first look at the index and the search take more than half of the limit each."""
    settings.OPENSEARCH_TIMEOUT = 8.0
    server.behave("slow", delay=4.5)
    assert current_engine().candidates(QUERY).degraded
    # What is known about the index by now need not be asked again.
    assert not current_engine().candidates(QUERY).degraded


def _opened():
    engine = current_engine()
    while engine.searches.state == "closed":
        engine.candidates(QUERY)
    return engine
