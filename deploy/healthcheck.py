"""Whether the site in this container answers; the image's HEALTHCHECK runs it."""

import http.client
import os
import sys


def main() -> int:
    """0 when it does. It asks as the proxy does: under a name that is served, over TLS."""
    name = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".")
    headers = {"Host": name.replace("*", "") or "localhost", "X-Forwarded-Proto": "https"}
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)
    try:
        connection.request("GET", "/healthz", headers=headers)
        return int(connection.getresponse().status != 200)
    except (OSError, http.client.HTTPException):
        return 1


if __name__ == "__main__":
    sys.exit(main())
