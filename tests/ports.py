"""Ports for servers that a test stops and starts again at the same address."""

import random
import socket

#: Below the range that outgoing connections take theirs from, so that nothing moves in meanwhile.
_RANGE = range(20_000, 32_000)


def free_port() -> int:
    """A loopback port that nobody listens on and that no outgoing connection will take."""
    for port in random.Random().sample(_RANGE, 100):
        with socket.socket() as probe:
            # What Java and http.server do too: a port whose last connections linger is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"No port from {_RANGE.start} to {_RANGE.stop} is free. Stop what listens there.")
