"""The door through which delivery hubs change."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from django.db import transaction

from directory.geography.areas import AreaNode, AreaTree
from directory.models import Area, Hub
from directory.records import HubRecord


@transaction.atomic
def publish_hub(record: HubRecord) -> Hub:
    """Make `record` the public state of its hub."""
    values = asdict(record)
    values["areas"] = list(record.areas)
    values["connectors"] = [asdict(connector) for connector in record.connectors]
    values["within"] = _above(record.areas)
    hub, _ = Hub.objects.update_or_create(id=values.pop("id"), defaults=values)
    return hub


def _above(codes: Sequence[str]) -> list[str]:
    """The areas that `codes` lie in, most local first, without themselves."""
    rows = Area.objects.values_list("code", "name", "kind", "parent_id")
    tree = AreaTree(AreaNode(code, name, kind, parent or "") for code, name, kind, parent in rows)
    return [code for code in tree.closure(codes) if code not in codes]


def withdraw_hub(hub_id: UUID) -> bool:
    """Take a hub out of every answer. Returns False if there was none."""
    deleted, _ = Hub.objects.filter(id=hub_id).delete()
    return bool(deleted)
