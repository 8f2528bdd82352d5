"""The codes that a file may name, with their names: read once for a whole file."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.models import Area, Level, Need, PresentedNeed


@dataclass(frozen=True, slots=True)
class Known:
    """Names by code, in the order in which people see them."""

    needs: Mapping[str, str]
    presented_needs: Mapping[str, str]
    levels: Mapping[str, str]
    areas: Mapping[str, str]


def known() -> Known:
    """Four queries."""
    return Known(
        needs=dict(Need.objects.values_list("code", "name")),
        presented_needs=dict(PresentedNeed.objects.values_list("slug", "name")),
        levels=dict(Level.objects.values_list("code", "name")),
        areas=dict(Area.objects.values_list("code", "name")),
    )
