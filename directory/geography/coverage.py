"""Whether a service covers a place: one rule, which every engine and every page asks."""

from dataclasses import dataclass
from math import floor
from typing import Literal

from directory.geography.distance import bounding_box, distance_km
from directory.geography.place import Point, ResolvedPlace

CoverageKind = Literal[
    "national", "area", "near", "remote", "anywhere", "unstated", "outside_area", "too_far"
]

#: A cell of the grid that coverage tokens name, degrees: about 17 km each way in England.
CELL_LATITUDE, CELL_LONGITUDE = 0.15, 0.25


@dataclass(frozen=True, slots=True)
class ServiceReach:
    """What a service says about where it reaches.

    `areas`: codes of the areas it declares; `sites`: its public points; `remote`: given by phone
    or online; `reach_km`: how far from a site it serves when it declares no area.
    """

    national: bool
    areas: tuple[str, ...]
    sites: tuple[Point, ...]
    remote: bool
    reach_km: float = 16.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """The verdict. `distance_km`: to the nearest public site, one decimal, None if unknown.

    `exact` False: so it is for all that is known of the place, but the place is only roughly known.
    """

    covered: bool
    kind: CoverageKind
    distance_km: float | None
    exact: bool


def covers(reach: ServiceReach, place: ResolvedPlace) -> Coverage:
    """Whether a service covers a place, and why.

    A declared area decides: a near site outside it does not count. A service is never lost for
    want of a site or of a place.
    """
    distance = _nearest_km(reach.sites, place.point)
    covered, kind = _verdict(reach, place, distance)
    return Coverage(
        covered=covered,
        kind=kind,
        distance_km=None if distance is None else round(distance, 1),
        exact=kind in ("national", "remote") or (place.located and place.exact),
    )


def _verdict(
    reach: ServiceReach, place: ResolvedPlace, distance: float | None
) -> tuple[bool, CoverageKind]:
    if reach.national:
        return True, "national"
    if not place.located:
        return True, "anywhere"
    if reach.areas:
        inside = any(code in place.areas for code in reach.areas)
        return (True, "area") if inside else (False, "outside_area")
    if distance is not None and distance <= reach.reach_km:
        return True, "near"
    if reach.remote:
        return True, "remote"
    if distance is None:
        return True, "unstated"
    return False, "too_far"


def _nearest_km(sites: tuple[Point, ...], point: Point | None) -> float | None:
    if point is None or not sites:
        return None
    return min(distance_km(site, point) for site in sites)


def reach_tokens(reach: ServiceReach) -> tuple[str, ...]:
    """What an engine indexes a service under, so that a place it covers shares a token with it.

    `any`; `national`; `remote` (or nothing stated); `area:<code>`; `cell:<row>:<column>` for every
    cell that may lie within reach of a site; `sited` for services known by their sites alone; and
    `site:<row>:<column>`, the cell of a site of a service that declares its areas.
    """
    tokens = ["any"]
    if reach.national:
        tokens.append("national")
    elif reach.areas:
        tokens += [f"area:{code}" for code in reach.areas]
        tokens += ["site:{}:{}".format(*_cell(site)) for site in reach.sites]
    else:
        if reach.remote or not reach.sites:
            tokens.append("remote")
        if reach.sites:
            tokens.append("sited")
        for site in reach.sites:
            tokens += _cells_within(site, reach.reach_km)
    return tuple(dict.fromkeys(tokens))


def place_tokens(place: ResolvedPlace, beyond: bool = False) -> tuple[str, ...]:
    """What to ask an engine for, most local first: a superset of the services covering `place`.

    `beyond` adds, at the end, services in the cell of the place or next to it that may just miss:
    out of reach (`cell`), or with a declared area that leaves the place out (`site`).
    """
    if not place.located:
        return ("any",)
    tokens = [f"area:{code}" for code in place.areas]
    if place.point is None:
        tokens.append("sited")
    else:
        tokens.append("cell:{}:{}".format(*_cell(place.point)))
    tokens += ["remote", "national"]
    if beyond and place.point is not None:
        row, column = _cell(place.point)
        around = [(row + down, column + along) for down in (0, -1, 1) for along in (0, -1, 1)]
        tokens += [f"{kind}:{r}:{c}" for kind in ("site", "cell") for r, c in around]
    return tuple(dict.fromkeys(tokens))


def _cell(point: Point) -> tuple[int, int]:
    return floor(point.latitude / CELL_LATITUDE), floor(point.longitude / CELL_LONGITUDE)


def _cells_within(site: Point, radius_km: float) -> list[str]:
    box = bounding_box(site, radius_km)
    first_row, first_column = _cell(Point(box.south, box.west))
    last_row, last_column = _cell(Point(box.north, box.east))
    return [
        f"cell:{row}:{column}"
        for row in range(first_row, last_row + 1)
        for column in range(first_column, last_column + 1)
    ]
