"""Indexing as opensearch-py does it by itself: its own bulk of documents that are ready-made."""

from collections.abc import Iterator, Sequence
from typing import Any

from tests.benchmarks.opensearch_server import bare_client


def ready_documents() -> list[Any]:
    """Every listing with its document, made beforehand."""
    from directory.models import Listing
    from directory.search.opensearch import sync

    return list(sync.documents_of(Listing.objects.order_by("pk")))


def bulk_into(index: str, rows: Sequence[Any]) -> None:
    """Send the documents to an index that is there, in bulks as large as ours."""
    from opensearchpy.helpers import bulk

    from directory.search.opensearch.sync import CHUNK

    def actions() -> Iterator[dict[str, Any]]:
        for row in rows:
            yield {
                "_index": index, "_id": str(row.pk), "version": row.version,
                "version_type": "external_gte", "_source": row.document,
            }  # fmt: skip

    done, errors = bulk(
        bare_client(), actions(), chunk_size=CHUNK, stats_only=True, raise_on_error=False
    )
    assert done == len(rows) and not errors, f"{errors} of {len(rows)} documents were refused."


def new_index(name: str, rows: Sequence[Any], fields: dict[str, Any] | None = None) -> str:
    """An index with our mapping (and `fields`), filled, opened for searches and refreshed."""
    from directory.search.opensearch.mapping import index_body, serving_settings

    body = index_body()
    body["mappings"]["properties"] |= fields or {}
    client = bare_client()
    client.indices.delete(index=name, params={"ignore_unavailable": "true"})
    client.indices.create(index=name, body=body)
    bulk_into(name, rows)
    client.indices.put_settings(index=name, body=serving_settings())
    client.indices.refresh(index=name)
    return name


def merged_bytes(index: str) -> int:
    """What an index holds when it is one segment."""
    client = bare_client()
    client.indices.forcemerge(index=index, params={"max_num_segments": 1, "request_timeout": 600})
    client.indices.refresh(index=index)
    return int(client.indices.stats(index=index)["_all"]["primaries"]["store"]["size_in_bytes"])
