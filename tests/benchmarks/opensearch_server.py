"""The OpenSearch that benchmarks ask: the one of OPENSEARCH_URL, or a node of full speed."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.opensearch import Missing, Node


@contextmanager
def opensearch(line: str = "os2") -> Iterator[dict[str, str] | None]:
    """The settings of a product that uses it, with an index of its own; None, having said why not.

    A search may take ten seconds: a benchmark is to see the slow ones too.
    """
    given, node = os.environ.get("OPENSEARCH_URL"), None
    if not given:
        try:
            node = Node.start(line, full_speed=True)
        except Missing as missing:
            print(f"Not measured beside OpenSearch: {missing}")
            yield None
            return
    try:
        yield {
            "OPENSEARCH_URL": node.url if node else str(given),
            "OPENSEARCH_INDEX": f"benchmark-{secrets.token_hex(4)}",
            "OPENSEARCH_TIMEOUT": "10",
        }
    finally:
        if node:
            node.stop()


def bare_client() -> Any:
    """What anybody would use: opensearch-py as it comes, with time enough for bulks."""
    from django.conf import settings
    from opensearchpy import OpenSearch

    return OpenSearch(settings.OPENSEARCH_URL, timeout=60)


def remove_indices() -> None:
    """Delete what was made under the index's name."""
    from django.conf import settings

    names = list(bare_client().indices.get(index=f"{settings.OPENSEARCH_INDEX}*"))
    if names:
        bare_client().indices.delete(index=",".join(names))
