"""Reading postcodes as they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.geography.postcodes import postcode_of, read_end, read_inside, read_whole


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("NR18 1AA", "NR18 1AA"),
        ("nr181aa", "NR18 1AA"),
        ("NR18  1AA", "NR18 1AA"),
        ("N R18 1AA", "NR18 1AA"),
        ("nr18-1aa.", "NR18 1AA"),
        ("NR18 IAA", "NR18 1AA"),
        ("NRI8 1AA", "NR18 1AA"),
        ("1P22 4AB", "IP22 4AB"),
        ("NR18 0Q8", None),
        ("NR1 OAA", "NR1 0AA"),
        ("M1 1AE", "M1 1AE"),
        ("W1A 0AX", "W1A 0AX"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("GIR 0AA", "GIR 0AA"),
        ("BT1 5GS", "BT1 5GS"),
        ("NR18 0", "NR18 0"),
        ("NR18 0Q", "NR18 0"),
        ("NR1 8", "NR1 8"),
        ("NR18", "NR18"),
        ("nr1", "NR1"),
        ("Diss", None),
        ("SOL ILL", None),
        ("12345", None),
        ("", None),
    ],
)
def test_the_likeliest_reading(typed, name):
    readings = read_whole(typed)
    assert (readings[0].name if readings else None) == name


def test_a_code_without_a_space_can_be_an_outcode_or_a_sector():
    assert [r.name for r in read_whole("NR18") if not r.slips] == ["NR18", "NR1 8"]


def test_the_proper_shape_comes_before_slips():
    slips = [reading.slips for reading in read_whole("NR10 0OO")]
    assert slips == sorted(slips)


@pytest.mark.parametrize("text", ["NR18", "NR18 OAA", "Diss", ""])
def test_only_a_whole_postcode_in_its_proper_shape_is_one(text):
    assert postcode_of(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("12 High Street, Diss IP22 4AB", ["IP22 4AB"]),
        ("12 High Street, Diss, ip224ab, Norfolk", ["IP22 4AB"]),
        ("Diss IP22 4AB please", ["IP22 4AB"]),
        ("Diss IP2Z 4AB", ["IP2Z 4AB"]),
        ("Flat 2, Diss", []),
        ("go so ill", []),
    ],
)
def test_postcodes_inside_a_text(text, names):
    assert [reading.name for reading in read_inside(text)] == names


@pytest.mark.parametrize(
    ("text", "before", "name"),
    [
        ("Diss IP22", "Diss ", "IP22"),
        ("Diss, ip22 4", "Diss, ", "IP22 4"),
        ("Diss (IP22)", "Diss (", "IP22"),
        ("Flat B2", "Flat B2", None),
        ("Diss", "Diss", None),
        ("ßß NR1", "ßß NR1", None),
    ],
)
def test_an_outcode_at_the_end_is_split_off(text, before, name):
    rest, reading = read_end(text)
    assert (rest, reading and reading.name) == (before, name)


@given(st.text(alphabet="AONRIL0189 '-\0é", max_size=40))
def test_anything_can_be_read_without_an_error(text):
    for reading in [*read_whole(text), *read_inside(text)]:
        assert reading.key == reading.key.lower()
        assert len(reading.inward) in (0, 1, 3)
    read_end(text)
