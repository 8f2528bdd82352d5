"""What a typed place was understood as."""

from dataclasses import dataclass
from typing import Literal

PlaceStatus = Literal["found", "ambiguous", "unknown", "none"]


@dataclass(frozen=True, slots=True)
class Point:
    """WGS 84, degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class ResolvedPlace:
    """A place as everything after it needs it.

    `areas`: codes of the areas it lies in with all their ancestors, most local first; when
    `exact` is False (an outcode, namesakes) they are the areas it may lie in.
    `status` "none": nothing was typed; "unknown": not recognised, `suggestions` may help. Both
    mean a search without a place, never an error.
    """

    status: PlaceStatus
    name: str = ""
    kind: str = ""
    point: Point | None = None
    areas: tuple[str, ...] = ()
    exact: bool = True
    suggestions: tuple[str, ...] = ()

    @property
    def located(self) -> bool:
        """Whether anything about where it lies is known."""
        return bool(self.areas) or self.point is not None


NOWHERE = ResolvedPlace(status="none")
