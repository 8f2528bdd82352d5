"""The proxy misbehaves as it says, so that the tests of the search engine mean something."""

import http.client
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from tests.misbehaving_proxy import MisbehavingProxy

BULK = b"".join(
    json.dumps(line).encode() + b"\n"
    for line in (
        {"index": {"_index": "a", "_id": "1", "version": 3}}, {"name": "one"},
        {"index": {"_index": "a", "_id": "2", "version": 3}}, {"name": "two"},
        {"delete": {"_index": "a", "_id": "3"}},
        {"index": {"_index": "a", "_id": "4"}}, {"name": "four"},
    )
)  # fmt: skip


class SmallNode(BaseHTTPRequestHandler):
    """Answers a bulk request as OpenSearch does, and says of any other what it was."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        said = {"path": self.path, "body": body.decode(), "kind": self.headers["Content-Type"]}
        if "/_bulk" in self.path:
            lines = [json.loads(line) for line in body.splitlines()]
            ids = [target["_id"] for line in lines for target in line.values() if "_id" in target]
            said = {"items": [{"index": {"_id": each, "status": 201}} for each in ids]}
        answer = json.dumps(said).encode() if self.path != "/tiny" else b"{}"
        self.send_response(200 if "missing" not in self.path else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST

    def log_message(self, *args) -> None: ...


@pytest.fixture(scope="module")
def small_node() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), SmallNode)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def proxy(small_node) -> Iterator[MisbehavingProxy]:
    with MisbehavingProxy(small_node) as proxy:
        yield proxy


def connect(proxy: MisbehavingProxy, timeout: float = 5) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", urlsplit(proxy.url).port, timeout=timeout)


def ask(proxy, path="/a/_search", body=b"{}", *, timeout=5.0, connection=None):
    """Status and body of the answer."""
    connection = connection or connect(proxy, timeout)
    connection.request("POST", path, body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_it_passes_requests_and_answers_on_and_counts_them_by_path(proxy):
    status, body = ask(proxy, "/a/_search?pretty", '{"café": 1}'.encode())
    assert status == 200
    assert json.loads(body) == {
        "path": "/a/_search?pretty", "body": '{"café": 1}', "kind": "application/json",
    }  # fmt: skip
    assert ask(proxy, "/missing")[0] == 404
    proxy.behave("empty")
    ask(proxy)
    assert proxy.requests == {"/a/_search": 2, "/missing": 1}


def test_refused_means_that_nobody_listens_until_it_changes(proxy):
    kept = connect(proxy)
    ask(proxy, connection=kept)
    proxy.behave("refuse")
    with pytest.raises(ConnectionRefusedError):
        ask(proxy)
    with pytest.raises((ConnectionError, http.client.RemoteDisconnected)):
        ask(proxy, connection=kept)
    proxy.behave("pass")
    assert ask(proxy)[0] == 200


def test_reset_ends_a_connection_after_the_request(proxy):
    proxy.behave("reset")
    with pytest.raises(ConnectionResetError):
        ask(proxy)
    assert proxy.requests["/a/_search"] == 1


def test_it_hangs_until_it_changes_and_then_cuts_off_who_waits(proxy):
    proxy.behave("hang")
    with pytest.raises(TimeoutError):
        ask(proxy, timeout=0.2)
    threading.Timer(0.2, proxy.behave, ["pass"]).start()
    started = time.monotonic()
    with pytest.raises(ConnectionResetError):
        ask(proxy, timeout=10)
    assert time.monotonic() - started < 5
    assert ask(proxy)[0] == 200


def test_a_slow_answer_is_late_and_right(proxy):
    proxy.behave("slow", delay=0.3)
    started = time.monotonic()
    assert ask(proxy)[0] == 200
    assert time.monotonic() - started >= 0.3


def test_a_dripping_answer_outlives_any_timeout_between_bytes(proxy):
    proxy.behave("drip")
    started = time.monotonic()
    assert ask(proxy, "/tiny", timeout=0.5) == (200, b"{}")
    assert time.monotonic() - started > 2


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_error_looks_like_one_of_opensearch(proxy, status):
    proxy.behave("status", status=status)
    said, body = ask(proxy)
    assert said == status
    assert json.loads(body)["status"] == status
    assert json.loads(body)["error"]["root_cause"][0]["type"].endswith("exception")


@pytest.mark.parametrize(
    ("behaviour", "is_json"),
    [("garbage", False), ("html", False), ("empty", True), ("wrong_json", True)],
)
def test_nonsense_comes_as_success(proxy, behaviour, is_json):
    proxy.behave(behaviour)
    status, body = ask(proxy)
    assert status == 200
    if is_json:
        assert isinstance(json.loads(body), dict)
    else:
        with pytest.raises(ValueError):
            json.loads(body)


@pytest.mark.parametrize(
    ("behaviour", "statuses", "kind"),
    [
        ("half_bulk", [201, 429, 201, 429], "rejected_execution_exception"),
        ("read_only", [403, 403, 403, 403], "cluster_block_exception"),
    ],
)
def test_items_of_a_bulk_request_are_refused_one_by_one(proxy, behaviour, statuses, kind):
    proxy.behave(behaviour)
    status, body = ask(proxy, "/a/_bulk?refresh=false", BULK)
    answer = json.loads(body)
    items = [next(iter(item.values())) for item in answer["items"]]
    assert (status, answer["errors"]) == (200, True)
    assert [item["_id"] for item in items] == ["1", "2", "3", "4"]
    assert [item["status"] for item in items] == statuses
    assert {item["error"]["type"] for item in items if "error" in item} == {kind}
    assert json.loads(ask(proxy)[1])["path"] == "/a/_search"


def test_a_node_that_is_gone_is_a_connection_that_is_reset(proxy):
    proxy.node = ("127.0.0.1", 1)
    with pytest.raises(ConnectionResetError):
        ask(proxy)


def test_a_connection_serves_many_requests(proxy):
    kept = connect(proxy)
    for behaviour in ("pass", "empty", "status", "pass"):
        proxy.behave(behaviour)
        ask(proxy, connection=kept)
    assert proxy.requests["/a/_search"] == 4


def test_an_unknown_behaviour_is_refused(proxy):
    with pytest.raises(ValueError, match="refuse, reset"):
        proxy.behave("polite")
