"""What it would cost to index the shape of each district that a service declares.

`python -m tests.benchmarks.shape_cost [SIZE …]`: 5,000 services unless told, half of which declare
a district. Those that we have no shape of are given one of Norfolk's. OpenSearch refuses these as
they stand, because generalised outlines cross themselves, so the points are put in order around
their middle: as many points, and no crossing.
"""

import json
import statistics
import time
from dataclasses import replace
from functools import cache
from math import atan2
from typing import Any
from zlib import crc32

from tests.benchmarks.opensearch_server import opensearch, remove_indices
from tests.benchmarks.own_directory import apart, filled, sizes

SIZES = (5_000,)
PASSES = 3
FIELD = {"shape": {"type": "geo_shape"}}


def main() -> None:
    with opensearch() as settings:
        if settings is None:
            return
        for size in sizes(SIZES):
            with filled(size):
                apart(_compare, **settings)
                apart(remove_indices, **settings)


def _compare() -> None:
    from django.conf import settings
    from opensearchpy.exceptions import RequestError

    from tests.benchmarks.raw_index import merged_bytes, new_index, ready_documents

    name = f"{settings.OPENSEARCH_INDEX}-shapes"
    try:
        new_index(name, [], FIELD)
    except RequestError:
        print("Not measured: this OpenSearch has no geo_shape (the tests' own has no such module).")
        return
    plain = ready_documents()
    shaped = [_with_shapes(row) for row in plain]
    number = len(plain)
    new_index(name, shaped, FIELD)  # warms the node up
    rates: dict[str, list[float]] = {"without": [], "with": []}
    for _ in range(PASSES):
        for how, rows in (("without", plain), ("with", shaped)):
            started = time.perf_counter()
            new_index(name, rows, FIELD)
            rates[how].append(number / (time.perf_counter() - started))
    held = {
        how: merged_bytes(new_index(name, rows, FIELD)) / number
        for how, rows in (("without", plain), ("with", shaped))
    }
    for how in rates:
        rate = statistics.median(rates[how])
        print(f"  {how:<8} shapes {rate:6,.0f} documents a second, {held[how]:7,.0f} bytes each")
    slower = statistics.median(rates["with"]) / statistics.median(rates["without"])
    print(
        f"  with ÷ without: {slower:.2f} of the speed, {held['with'] / held['without']:.1f} times"
    )


def _with_shapes(row: Any) -> Any:
    areas = [t.removeprefix("area:") for t in row.document["reach"] if t.startswith("area:")]
    if not areas:
        return row
    return replace(row, document=row.document | {"shape": [_shape(code) for code in areas]})


def _shape(code: str) -> dict[str, Any]:
    shapes = _shapes()
    return shapes.get(code) or list(shapes.values())[crc32(code.encode()) % len(shapes)]


@cache
def _shapes() -> dict[str, dict[str, Any]]:
    from django.conf import settings

    path = settings.FIXTURES_DIR / "places" / "districts.geojson"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {f["properties"]["code"]: _around_the_middle(f["geometry"]) for f in features}


def _around_the_middle(geometry: dict[str, Any]) -> dict[str, Any]:
    """The outer points of polygons as one polygon, one point for each thousandth of the way."""
    one = geometry["type"] == "Polygon"
    polygons = [geometry["coordinates"]] if one else geometry["coordinates"]
    points = [point for polygon in polygons for point in polygon[0]]
    along = statistics.mean(point[0] for point in points)
    up = statistics.mean(point[1] for point in points)
    by_angle = {round(atan2(y - up, x - along), 3): [x, y] for x, y in points}
    ring = [by_angle[angle] for angle in sorted(by_angle)]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


if __name__ == "__main__":
    main()
