"""Distances over the ground, as the crow flies."""

from dataclasses import dataclass
from math import asin, cos, degrees, pi, radians, sin, sqrt

from directory.geography.place import Point

#: Mean radius of the Earth (IUGG R1), km.
EARTH_RADIUS_KM = 6371.0088


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance in km by the haversine formula (R. W. Sinnott, Sky & Telescope 1984).

    Within 0.5 % of the true distance, the Earth being no sphere.
    """
    north, south = radians(a.latitude), radians(b.latitude)
    half = sin((south - north) / 2) ** 2
    half += cos(north) * cos(south) * sin(radians(b.longitude - a.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the map, degrees."""

    south: float
    west: float
    north: float
    east: float

    def __contains__(self, point: Point) -> bool:
        return (
            self.south <= point.latitude <= self.north and self.west <= point.longitude <= self.east
        )


def bounding_box(centre: Point, radius_km: float) -> Box:
    """The smallest rectangle that holds the circle, a hair wider so that rounding loses nothing.

    Formula: J. P. Matuschek, "Finding points within a distance". The longitude is not wrapped at
    180°, which no place of the United Kingdom comes near.
    """
    angle = radius_km / EARTH_RADIUS_KM
    reach = degrees(angle) + 1e-9
    south, north = centre.latitude - reach, centre.latitude + reach
    if south <= -90 or north >= 90 or angle >= pi / 2:
        return Box(max(south, -90.0), -180.0, min(north, 90.0), 180.0)
    width = degrees(asin(min(1.0, sin(angle) / cos(radians(centre.latitude))))) + 1e-9
    return Box(south, centre.longitude - width, north, centre.longitude + width)
