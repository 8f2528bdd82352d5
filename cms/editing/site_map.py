"""A small map of our own: outlines of districts, towns and villages, and the sites of a service.

It is drawn from the rows that searches use too, so that nothing is asked of anybody else's server.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Any

from directory.geography.distance import Box, bounding_box, distance_km
from directory.geography.place import Point
from directory.models import Area, Place

WIDTH, HEIGHT = 640, 420
#: Kilometres around the sites that are shown at least.
_AROUND_KM = 7.0
#: Names are left out where they would lie on each other: units of the drawing.
_NAME_HEIGHT, _LETTER = 16, 7.2
_MOST_NAMES = 40
#: From the middle of a pin to what it does not cover.
_PIN = 18


@dataclass(frozen=True, slots=True)
class Pin:
    """A site to draw. `words`: what lies nearest, for those who do not see the map."""

    number: int
    name: str
    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Town:
    """A town or village on the map; `named` if there is room for its name, `beside` the dot."""

    name: str
    x: float
    y: float
    named: bool
    beside: int


@dataclass(frozen=True, slots=True)
class SiteMap:
    """What the template draws, in units of the drawing. `outlines` are SVG paths with names."""

    outlines: tuple[tuple[str, str], ...]
    towns: tuple[Town, ...]
    pins: tuple[Pin, ...]
    width: int = WIDTH
    height: int = HEIGHT


def site_map(sites: Sequence[tuple[str, Point]]) -> SiteMap | None:
    """A map of named points, None without any (two queries)."""
    if not sites:
        return None
    window = _Window.around([point for _, point in sites])
    near = list(
        Place.objects.filter(
            kind=Place.Kind.SETTLEMENT,
            latitude__range=(window.box.south, window.box.north),
            longitude__range=(window.box.west, window.box.east),
        ).order_by("name")
    )
    shapes = Area.objects.filter(kind=Area.Kind.DISTRICT, boundary__isnull=False).order_by("name")
    return SiteMap(
        outlines=tuple((area.name, _path(area.boundary, window)) for area in shapes),
        towns=tuple(_towns(near, [point for _, point in sites], window)),
        pins=tuple(
            Pin(number, name, *window.place(point), _nearest(point, near))
            for number, (name, point) in enumerate(sites, start=1)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Window:
    """The part of the world that is drawn, flat: over a few miles nobody sees the difference."""

    box: Box

    @classmethod
    def around(cls, points: Sequence[Point]) -> "_Window":
        boxes = [bounding_box(point, _AROUND_KM) for point in points]
        south, north = min(b.south for b in boxes), max(b.north for b in boxes)
        west, east = min(b.west for b in boxes), max(b.east for b in boxes)
        squeeze = cos(radians((south + north) / 2))
        wide, high = (east - west) * squeeze, north - south
        # The shorter side grows until the window has the shape of the drawing.
        more_wide = max(0.0, high * WIDTH / HEIGHT - wide) / squeeze / 2
        more_high = max(0.0, wide * HEIGHT / WIDTH - high) / 2
        return cls(Box(south - more_high, west - more_wide, north + more_high, east + more_wide))

    def place(self, point: Point) -> tuple[float, float]:
        """Where a point lies in the drawing: x to the right, y down."""
        box = self.box
        return (
            round((point.longitude - box.west) / (box.east - box.west) * WIDTH, 1),
            round((box.north - point.latitude) / (box.north - box.south) * HEIGHT, 1),
        )


def _path(boundary: dict[str, Any], window: _Window) -> str:
    """A GeoJSON Polygon or MultiPolygon as an SVG path."""
    parts = boundary["coordinates"]
    polygons = parts if boundary["type"] == "MultiPolygon" else [parts]
    rings = (ring for polygon in polygons for ring in polygon)
    return "".join(
        "M" + "L".join("{:g} {:g}".format(*window.place(Point(lat, lon))) for lon, lat, *_ in ring)
        + "Z"
        for ring in rings
    )  # fmt: skip


def _towns(places: Sequence[Place], sites: Sequence[Point], window: _Window) -> Iterator[Town]:
    """Settlements, those near the sites named first, and only where names leave each other room."""
    taken: list[tuple[float, float, float]] = []
    pins = [window.place(site) for site in sites]
    by_distance = sorted(
        places,
        key=lambda place: min(
            distance_km(Point(place.latitude, place.longitude), site) for site in sites
        ),
    )
    for place in by_distance:
        x, y = window.place(Point(place.latitude, place.longitude))
        covered = any(hypot(x - pin_x, y - pin_y) < _PIN for pin_x, pin_y in pins)
        beside = _PIN if covered else 7
        right = x + beside + _LETTER * len(place.name)
        free = right < WIDTH and all(
            abs(y - other_y) > _NAME_HEIGHT or right < left or x > end
            for left, end, other_y in taken
        )
        named = free and len(taken) < _MOST_NAMES
        if named:
            taken.append((x, right, y))
        yield Town(place.name, x, y, named, beside)


def _nearest(point: Point, places: Sequence[Place]) -> str:
    if not places:
        return "far from any town or village that we know"
    km, name = min(
        (distance_km(Point(place.latitude, place.longitude), point), place.name) for place in places
    )
    return f"in {name}" if km < 0.5 else f"{km:.1f} km from the middle of {name}"
