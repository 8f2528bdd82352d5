"""What stands before a node in the tests: it hears who asks, and may show a certificate."""

import http.client
import os
import shutil
import ssl
import subprocess
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import pytest

Reply = tuple[int, dict[str, str], bytes]
Answer = Callable[[dict[str, str], bytes], Reply | None]


class Front:
    """Passes everything on to a node, and keeps the headers of each request in `heard`.

    `answer`, where it is given, answers in place of the node, from headers and body of a request;
    None leaves that to the node.
    """

    def __init__(
        self,
        target: str,
        certificate: "Certificate | None" = None,
        answer: Answer | None = None,
    ) -> None:
        parts = urlsplit(target)
        self.node = (parts.hostname or "127.0.0.1", parts.port or 9200)
        self.heard: list[dict[str, str]] = []
        self.answer = answer
        self._server = _Server(self, certificate)
        self.port = self._server.server_address[1]
        self.scheme = "https" if certificate else "http"

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class Certificate:
    """A key and a certificate for it that only the key's owner vouches for."""

    def __init__(self, folder: Path, name: str = "IP:127.0.0.1") -> None:
        if not shutil.which("openssl"):
            if os.environ.get("CI") == "true":
                pytest.fail("openssl is not here, and on CI nothing may be skipped.")
            pytest.skip("openssl is not here, which makes the certificates.")
        self.file, self.key = folder / "certificate.pem", folder / "key.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
             "-subj", "/CN=test", "-addext", f"subjectAltName={name}",
             "-keyout", str(self.key), "-out", str(self.file)],
            check=True, capture_output=True,
        )  # fmt: skip

    def context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file, self.key)
        return context


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, front: Front, certificate: Certificate | None) -> None:
        self.front = front
        self.context = certificate.context() if certificate else None
        super().__init__(("127.0.0.1", 0), _Handler)

    def get_request(self) -> tuple[Any, Any]:
        connection, address = super().get_request()
        if self.context:
            # The handshake happens in the thread of the connection, where it may fail.
            connection = self.context.wrap_socket(
                connection, server_side=True, do_handshake_on_connect=False
            )
        return connection, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """That a client hangs up on a certificate is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    server: _Server

    def answer(self) -> None:
        front, headers = self.server.front, {k.lower(): v for k, v in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length") or 0))
        front.heard.append(headers)
        given = front.answer(headers, body) if front.answer else None
        status, kinds, said = given or self._node(body)
        self.send_response(status)
        for name, value in kinds.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    do_GET = do_POST = do_PUT = do_DELETE = answer

    def _node(self, body: bytes) -> Reply:
        connection = http.client.HTTPConnection(*self.server.front.node, timeout=60)
        try:
            kind = self.headers.get("Content-Type", "application/json")
            connection.request(self.command, self.path, body or None, {"Content-Type": kind})
            answer = connection.getresponse()
            kind = answer.headers.get("Content-Type", "application/json")
            return answer.status, {"Content-Type": kind}, answer.read()
        finally:
            connection.close()

    def log_message(self, *args: Any) -> None:
        """Tests look at what was heard."""
