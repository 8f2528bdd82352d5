"""A proxy before an OpenSearch node that fails in the ways that servers and networks fail.

    with MisbehavingProxy(node.url) as proxy:      # passes everything on
        proxy.behave("slow", delay=2.0)
        proxy.behave("status", status=429)
        assert proxy.requests["/services/_search"] == 1

A change holds for every request from then on, and what hangs under the old behaviour is cut.
"""

import contextlib
import http.client
import json
import socket
import struct
import sys
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, Self, get_args
from urllib.parse import urlsplit

from tests.ports import free_port
from tests.refused_items import error, refuse_items

Behaviour = Literal[
    "pass",  # as if there were no proxy
    "refuse",  # nobody listens at the port, and open connections are cut
    "reset",  # the request is read and the connection reset
    "hang",  # the request is read and never answered
    "slow",  # the node's answer comes `delay` seconds late
    "drip",  # the node's answer comes, one byte each 50 ms
    "status",  # an error of OpenSearch's shape with the status `status`: 429, 500, 503
    "garbage",  # 200 and bytes that are no JSON, said to be JSON
    "empty",  # 200 and {}
    "html",  # 200 and a page, as a log-in in between would send
    "wrong_json",  # 200 and JSON of another shape
    "half_bulk",  # every second item of a bulk request gets 429 and does not reach the node
    "read_only",  # every item of a bulk request gets 403, as when the node's disk is full
]

_DRIP = 0.05
_WRONG = {"hits": ["many"], "responses": {"hits": 1}, "items": None, "count": "many", "took": []}


class MisbehavingProxy:
    """Serves in threads of its own from when it is made until `close`.

    `requests` counts what came in by path, whatever became of it; `requests.clear()` starts anew.
    """

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self.node = (parts.hostname or "127.0.0.1", parts.port or 9200)
        self.requests: Counter[str] = Counter()
        self.behaviour: Behaviour = "pass"
        self.delay, self.status = 1.0, 503
        self.changed = threading.Event()
        self.lock = threading.Lock()
        self.open: set[socket.socket] = set()
        self._port = free_port()
        self._server: _Server | None = None
        self._listen()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def behave(
        self, behaviour: Behaviour, *, delay: float | None = None, status: int | None = None
    ) -> None:
        """From now on. `delay` (s) is for "slow", `status` for "status"; both are remembered."""
        if behaviour not in get_args(Behaviour):
            raise ValueError(f"'{behaviour}' is none of {', '.join(get_args(Behaviour))}.")
        with self.lock:
            self.delay = self.delay if delay is None else delay
            self.status = self.status if status is None else status
            self.behaviour = behaviour
            # Who waits holds the old event, which stays set.
            self.changed.set()
            self.changed = threading.Event()
        if behaviour == "refuse":
            self._unlisten()
        else:
            self._listen()

    def close(self) -> None:
        self.behave("refuse")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _listen(self) -> None:
        if self._server is None:
            self._server = _Server(self, self._port)
            threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def _unlisten(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
        with self.lock:
            for connection in self.open:
                _will_reset(connection)
                # Wakes the thread that reads from it, which then closes it.
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RD)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, proxy: MisbehavingProxy, port: int) -> None:
        self.proxy = proxy
        super().__init__(("127.0.0.1", port), _Handler)

    def shutdown_request(self, request: Any) -> None:
        """Without the polite end before it, a close may be a reset."""
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news here; a mistake of the proxy's own is."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One connection. What a behaviour does is in the method of its name."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.proxy = self.server.proxy
        with self.proxy.lock:
            self.proxy.open.add(self.connection)

    def finish(self) -> None:
        with self.proxy.lock:
            self.proxy.open.discard(self.connection)
        super().finish()

    def answer(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.proxy.lock:
            self.proxy.requests[self.path.partition("?")[0]] += 1
            self.changed, behaviour = self.proxy.changed, self.proxy.behaviour
        try:
            getattr(self, f"_{behaviour}")()
        except (OSError, http.client.HTTPException):
            self._reset()

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *args: Any) -> None:
        """Tests look at the counts."""

    def _pass(self) -> None:
        self._say(*self._from_node(self.body))

    def _reset(self) -> None:
        _will_reset(self.connection)
        self.close_connection = True

    _refuse = _reset

    def _hang(self) -> None:
        self.changed.wait()
        self._reset()

    def _slow(self) -> None:
        answer = self._from_node(self.body)
        self.changed.wait(self.proxy.delay)
        self._say(*answer)

    def _drip(self) -> None:
        status, kind, body = self._from_node(self.body)
        head = f"HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        for byte in head.encode() + body:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            if self.changed.wait(_DRIP):
                self._reset()
                return

    def _status(self) -> None:
        status, why = self.proxy.status, error(self.proxy.status)
        self._say_json({"error": {"root_cause": [why], **why}, "status": status}, status)

    def _garbage(self) -> None:
        self._say(200, "application/json; charset=UTF-8", b'\x00\xff{"took": 1, "hits": {"hi')

    def _empty(self) -> None:
        self._say_json({})

    def _html(self) -> None:
        self._say(200, "text/html", b"<!doctype html><title>Log in</title><h1>Log in</h1>")

    def _wrong_json(self) -> None:
        self._say_json(_WRONG)

    def _half_bulk(self) -> None:
        self._refuse_items(429, every=2)

    def _read_only(self) -> None:
        self._refuse_items(403, every=1)

    def _refuse_items(self, status: int, every: int) -> None:
        if not self.path.partition("?")[0].endswith("/_bulk"):
            self._pass()
            return
        said = refuse_items(self.body, status, every, lambda kept: self._from_node(kept)[2])
        self._say_json(said)

    def _from_node(self, body: bytes) -> tuple[int, str, bytes]:
        """Status, content type and body of the node's answer."""
        connection = http.client.HTTPConnection(*self.proxy.node, timeout=60)
        ours = {"host", "connection", "accept-encoding", "content-length"}
        headers = {name: value for name, value in self.headers.items() if name.lower() not in ours}
        try:
            connection.request(self.command, self.path, body or None, headers)
            answer = connection.getresponse()
            kind = answer.headers.get("Content-Type", "application/json")
            return answer.status, kind, answer.read()
        finally:
            connection.close()

    def _say_json(self, value: Any, status: int = 200) -> None:
        self._say(status, "application/json; charset=UTF-8", json.dumps(value).encode())

    def _say(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _will_reset(connection: socket.socket) -> None:
    """Closing it will send a reset."""
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
