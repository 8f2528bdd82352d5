"""Reading what OpenSearch answers, strictly: anything unexpected is `Unavailable`, not a guess."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from directory.search.opensearch.client import Unavailable

_NEED = "need:"


@dataclass(frozen=True, slots=True)
class Hit:
    """A listing that a search proposes, its score, and the needs of the query that it meets."""

    listing_id: int
    score: float
    needs: tuple[str, ...]


def hits_of_each(answer: Any, names: Sequence[str]) -> dict[str, list[Hit]]:
    """Hits by name of search, of the answer to one `_msearch`.

    Raises Unavailable when a search failed, ran out of time or did not reach every shard: an
    answer that lacks some services must not pass for a whole one.
    """
    try:
        responses = answer["responses"]
        if len(responses) != len(names):
            raise Unavailable("an answer of another shape than asked for")
        return {name: hits(response) for name, response in zip(names, responses, strict=True)}
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        raise Unavailable("an answer that cannot be read") from None


def hits(response: Mapping[str, Any]) -> list[Hit]:
    """Hits of one search. The listing is the last of the values sorted by."""
    return [
        Hit(
            listing_id=int(hit["sort"][-1]),
            score=float(hit.get("_score") or 0.0),
            needs=tuple(
                name.removeprefix(_NEED)
                for name in hit.get("matched_queries", ())
                if name.startswith(_NEED)
            ),
        )
        for hit in whole(response)
    ]


def whole(response: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What one search found, as it came. Raises Unavailable unless that is all there is."""
    if "error" in response:
        raise Unavailable(f"a search failed with status {int(response.get('status', 0))}")
    if response["timed_out"]:
        raise Unavailable("a search that did not finish")
    of_every_shard(response)
    found: list[dict[str, Any]] = response["hits"]["hits"]
    return found


def of_every_shard(response: Mapping[str, Any]) -> None:
    """Raise Unavailable if a shard is not in this answer of a search or a count.

    One that is nowhere, as in a red index, counts as neither successful nor failed.
    """
    shards = response["_shards"]
    if shards["failed"] or shards["successful"] < shards["total"]:
        raise Unavailable("an answer that lacks a part of the index")
