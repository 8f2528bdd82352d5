"""Names, aliases and ownership of indices.

Everybody reads and writes through the alias; an index that is being filled has an alias of its
own, through which writers reach it too. Writes ask for an alias, so that a name that is gone is
never made anew by accident, without our mapping.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from directory.search.opensearch.client import Unavailable
from directory.search.opensearch.mapping import APPLICATION, SCHEMA, TYPES

#: What `new_name` adds to an alias.
_MADE = r"-\d{14}-[0-9a-f]{6}"


class NotOurs(Unavailable):
    """The name is taken by an index that another program made."""


class OutOfDate(Unavailable):
    """There is no index, or its mapping is not today's: it has to be rebuilt."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index that exists. `schema`: of its settings and mapping, "" if it lacks a field of ours;
    `ours`: made by this program.
    """

    name: str
    schema: str
    ours: bool


def building_alias(alias: str) -> str:
    """The alias through which writers reach the index that is being filled."""
    return f"{alias}-building"


def new_name(alias: str, now: datetime | None = None) -> str:
    """A name that no index has had."""
    moment = (now or datetime.now(UTC)).strftime("%Y%m%d%H%M%S")
    return f"{alias}-{moment}-{secrets.token_hex(3)}"


def behind(server: OpenSearch, alias: str) -> Index | None:
    """The index behind an alias (or of that very name), None if there is none."""
    try:
        found = server.indices.get_mapping(index=alias)
    except NotFoundError:
        return None
    if len(found) != 1:
        raise NotOurs(
            f"'{alias}' stands for {len(found)} indices. Set OPENSEARCH_INDEX to a name of its own"
        )
    name, body = next(iter(found.items()))
    return _index(name, body)


def all_of(server: OpenSearch, alias: str) -> list[Index]:
    """Every index of ours whose name was made from this alias, the live one among them.

    Another hub's alias may begin with ours: only what `new_name` adds may follow.
    """
    made = re.compile(re.escape(alias) + _MADE)
    found = server.indices.get_mapping(index=f"{alias}-*")
    indices = [_index(name, body) for name, body in sorted(found.items()) if made.fullmatch(name)]
    return [index for index in indices if index.ours]


def current(server: OpenSearch, alias: str) -> Index:
    """The live index. Raises NotOurs, or OutOfDate when it is to be rebuilt."""
    index = behind(server, alias)
    if index is None:
        raise OutOfDate(f"there is no index '{alias}': run manage.py search_index rebuild")
    refuse_others(index, alias)
    if index.schema != SCHEMA:
        raise OutOfDate(
            f"index '{alias}' has another mapping than this version of the product: "
            "run manage.py search_index rebuild"
        )
    return index


def refuse_others(index: Index, alias: str) -> None:
    """Raise NotOurs if another program made `index`, or if it is no alias that can be moved."""
    if not index.ours or index.name == alias:
        raise NotOurs(
            f"'{alias}' belongs to other software. Set OPENSEARCH_INDEX to a name of its own"
        )


def move_alias(server: OpenSearch, alias: str, to: str, away_from: str | None) -> None:
    """Let readers and writers go to another index, in one step."""
    actions: list[dict[str, Any]] = [{"add": {"index": to, "alias": alias}}]
    if away_from and away_from != to:
        actions.append({"remove": {"index": away_from, "alias": alias}})
    server.indices.update_aliases(body={"actions": actions})


def _index(name: str, body: Mapping[str, Any]) -> Index:
    mapping = body.get("mappings", {})
    meta, fields = mapping.get("_meta", {}), mapping.get("properties", {})
    whole = all(fields.get(field, {}).get("type") == kind for field, kind in TYPES.items())
    return Index(
        name=name,
        schema=meta.get("schema", "") if whole else "",
        ours=meta.get("application") == APPLICATION,
    )
