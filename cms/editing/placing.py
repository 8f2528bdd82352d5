"""Putting a site on the map from what its partner typed. Nothing is asked of anybody else."""

from dataclasses import dataclass

from directory.geography.place import Point
from directory.geography.resolve import resolve

_UNKNOWN = (
    "We know neither this postcode nor this town or village. Give latitude and longitude: the map "
    "on your phone shows them when you hold your finger on the place."
)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a site was put, None if nowhere, and what to tell its editor."""

    point: Point | None
    words: str


def by_postcode(postcode: str) -> Point | None:
    """The middle of a whole postcode that we know; the first half of one is no place to go to."""
    found = resolve(postcode)
    return found.point if found.kind == "postcode" else None


def find_place(postcode: str, town: str) -> Placed:
    """Where a site is by its postcode or, if we do not know that, by its town or village."""
    point = by_postcode(postcode)
    if point:
        return Placed(point, f"Put in the middle of postcode {postcode.strip().upper()}.")
    found = resolve(town)
    if found.kind == "settlement" and found.point:
        return Placed(
            found.point,
            f"We do not know the postcode, so it is in the middle of {found.name} for now. "
            "Change latitude and longitude if you know better.",
        )
    return Placed(None, _UNKNOWN)
