"""Distances and boxes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.geography.distance import bounding_box, distance_km
from directory.geography.place import Point

DISS, NORWICH = Point(52.3768, 1.1091), Point(52.6278, 1.2983)
POINTS = st.builds(Point, st.floats(49, 61.5), st.floats(-9, 2.5))


def test_a_known_distance_is_within_half_a_percent():
    assert distance_km(DISS, NORWICH) == pytest.approx(30.7, rel=0.005)


def test_a_degree_of_latitude_is_a_sixtieth_of_sixty_nautical_miles():
    assert distance_km(Point(52, 1), Point(53, 1)) == pytest.approx(111.2, abs=0.1)


def test_the_other_side_of_the_earth_is_half_its_girth():
    assert distance_km(Point(0, 0), Point(0, 180)) == pytest.approx(20_015, abs=1)


@given(POINTS, POINTS)
def test_distance_is_the_same_both_ways_and_nothing_to_itself(a, b):
    assert distance_km(a, b) == pytest.approx(distance_km(b, a))
    assert distance_km(a, a) == 0


@given(POINTS, POINTS, st.floats(0.1, 200))
def test_whatever_is_within_the_radius_is_in_the_box(centre, point, radius):
    if distance_km(centre, point) <= radius:
        assert point in bounding_box(centre, radius)


@pytest.mark.parametrize("latitude", [89.95, -89.95])
def test_a_box_round_a_pole_goes_all_the_way_round(latitude):
    box = bounding_box(Point(latitude, 10), 50)
    assert (box.west, box.east) == (-180, 180)
    assert -90 <= box.south < box.north <= 90
