"""Bulk requests some of whose items are refused on the way: see tests.misbehaving_proxy."""

import json
from collections.abc import Callable, Iterator
from typing import Any

_TYPES = {
    403: "cluster_block_exception",
    429: "rejected_execution_exception",
    503: "no_shard_available_action_exception",
}


def refuse_items(
    body: bytes, status: int, every: int, send: Callable[[bytes], bytes]
) -> dict[str, Any]:
    """The answer to a bulk request where the last of each `every` items gets `status`.

    `send` takes the other items to the node, if there are any, and returns its answer.
    """
    items = list(_items(body))
    refused = set(range(every - 1, len(items), every))
    kept = b"".join(lines for at, (_, _, lines) in enumerate(items) if at not in refused)
    answered = iter(json.loads(send(kept))["items"] if kept else ())
    answers = [
        {action: {**target, "status": status, "error": error(status)}}
        if at in refused
        else next(answered)
        for at, (action, target, _) in enumerate(items)
    ]
    return {"took": 1, "errors": bool(refused), "items": answers}


def error(status: int) -> dict[str, str]:
    """As OpenSearch describes one."""
    kind = _TYPES.get(status, "null_pointer_exception")
    return {"type": kind, "reason": f"made up by the test, with status {status}"}


def _items(body: bytes) -> Iterator[tuple[str, dict[str, Any], bytes]]:
    """Action, target and lines of each item."""
    lines = iter(body.splitlines(keepends=True))
    for line in lines:
        [(action, said)] = json.loads(line).items()
        target = {name: said[name] for name in ("_index", "_id") if name in said}
        yield action, target, line + (b"" if action == "delete" else next(lines))
