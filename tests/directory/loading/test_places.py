"""Loading the map: all or nothing, and every problem with its place."""

import shutil
import time
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from directory.loading.digest import digest_of
from directory.loading.errors import MOST, FixtureError, FixtureProblem
from directory.loading.places import load_places
from directory.models import Area, LoadedFixture, Place

pytestmark = pytest.mark.django_db

SHIPPED = settings.FIXTURES_DIR / "places"
AREAS = """code,name,kind,parent,valid_from,valid_to,source
land,Land,country,,,,
shire,Shire,county,land,,,
east,East,district,shire,2001-04-01,2028-03-31,
west,West,district,shire,,,
hub,Hub locality,locality,east,,,
"""
SETTLEMENTS = """name,alt,detail,latitude,longitude,areas,source
Thorpe St. Mary,Thorpe|Torp,East,52.4,1.1,hub,made up
"""
POSTCODES = """postcode,latitude,longitude,areas
zz1 1aa,52.4,1.1,hub
ZZ1 1AB,52.5,1.2,west
"""
OUTCODES = """outcode,latitude,longitude,lads,countries
ZZ1,52.45,1.15,E07999999,land
ZZ2,52.45,1.15,E07999999,land
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    for name, text in {
        "areas.csv": AREAS,
        "settlements.csv": SETTLEMENTS,
        "postcodes.csv": POSTCODES,
        "outcodes.csv": OUTCODES,
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def silent(message: str) -> None:
    """Nobody listens."""


def _problems(folder) -> list[tuple[str, int, str]]:
    before = (Place.objects.count(), Area.objects.count())
    with pytest.raises(FixtureError) as caught:
        load_places(folder, silent)
    assert (Place.objects.count(), Area.objects.count()) == before
    return [(problem.file, problem.row, problem.field) for problem in caught.value.problems]


def test_places_are_replaced_and_areas_added(folder):
    before = Area.objects.count()
    loaded = load_places(folder, silent)
    assert (loaded.areas, loaded.settlements, loaded.postcodes, loaded.outcodes) == (5, 1, 2, 2)
    assert Area.objects.count() == before + 5
    assert set(Place.objects.values_list("key", flat=True)) == {
        "thorpe st mary", "thorpe", "torp", "zz11aa", "zz11ab", "zz1", "zz2",
    }  # fmt: skip


def test_ancestors_follow_from_the_areas(folder):
    load_places(folder, silent)
    assert Place.objects.get(key="zz11aa").areas == ["hub", "east", "shire", "land"]


def test_another_name_leads_to_the_settlement(folder):
    load_places(folder, silent)
    assert Place.objects.get(key="torp").name == "Thorpe St. Mary"


def test_an_outcode_may_lie_wherever_one_of_its_postcodes_does(folder):
    load_places(folder, silent)
    outcode = Place.objects.get(key="zz1")
    assert set(outcode.areas) == {"hub", "east", "west", "E07999999", "shire", "land"}
    assert not outcode.exact
    assert Place.objects.get(key="zz2").exact


def test_an_area_keeps_its_dates_and_takes_new_ones(folder):
    load_places(folder, silent)
    (folder / "areas.csv").write_text(AREAS.replace("2028-03-31", ""), encoding="utf-8")
    assert str(Area.objects.get(code="east").valid_to) == "2028-03-31"
    load_places(folder, silent)
    assert Area.objects.get(code="east").valid_to is None


def test_the_same_files_are_not_loaded_twice_unless_forced(folder):
    load_places(folder, silent)
    Place.objects.filter(key="zz2").delete()
    assert load_places(folder, silent).unchanged
    assert not Place.objects.filter(key="zz2").exists()
    assert not load_places(folder, silent, force=True).unchanged
    assert Place.objects.filter(key="zz2").exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "row", "field"),
    [
        ("areas.csv", "shire,Shire,county,land", "shire,Shire,realm,land", 3, "kind"),
        ("areas.csv", "west,West,district,shire", "west,West,district,nowhere", 5, "parent"),
        ("areas.csv", "shire,Shire,county,land", "shire,Shire,county,east", 3, "parent"),
        ("areas.csv", "west,West", "east,West", 5, "code"),
        ("areas.csv", "2028-03-31", "1999-01-01", 4, "row"),
        ("areas.csv", "2028-03-31", "soon", 4, "valid_to"),
        ("settlements.csv", "52.4,1.1", "1.1,52.4", 2, "latitude"),
        ("settlements.csv", "Thorpe St. Mary,", ",", 2, "name"),
        ("settlements.csv", "hub", "pub", 2, "areas"),
        ("postcodes.csv", "zz1 1aa", "zz1", 2, "postcode"),
        ("postcodes.csv", "ZZ1 1AB", "ZZ1 1AA", 3, "postcode"),
        ("postcodes.csv", "west", "wild", 3, "areas"),
        ("outcodes.csv", "ZZ2", "ZZ1", 3, "outcode"),
        ("outcodes.csv", "ZZ2,52.45,1.15,E07999999", "ZZ2,52.45,1.15,east", 3, "lads"),
        ("outcodes.csv", "ZZ2", "2ZZ", 3, "outcode"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(folder, file, old, new, row, field):
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert (file, row, field) in _problems(folder)


def test_the_problems_of_all_files_are_told_at_once(folder):
    (folder / "areas.csv").write_text(AREAS.replace("county", "realm"), encoding="utf-8")
    (folder / "postcodes.csv").unlink()
    (folder / "districts.geojson").write_text("{", encoding="utf-8")
    assert {file for file, _, _ in _problems(folder)} == {
        "areas.csv", "postcodes.csv", "districts.geojson",
    }  # fmt: skip


def test_a_boundary_needs_its_area(folder):
    (folder / "districts.geojson").write_text(
        '{"features": [{"properties": {"code": "moon"}, "geometry": {"type": "Polygon",'
        ' "coordinates": [[[1, 52], [2, 52], [1, 53], [1, 52]]]}}]}',
        encoding="utf-8",
    )
    assert _problems(folder) == [("districts.geojson", 0, "code")]


def test_no_more_problems_are_listed_than_help():
    error = FixtureError(FixtureProblem("a.csv", row, "x", "wrong") for row in range(2, 202))
    assert (len(error.problems), error.found) == (MOST, 200)
    assert str(error).splitlines()[0] == "a.csv, line 2, x: wrong"
    assert str(error).splitlines()[-1] == "and 150 more"


def test_the_command_says_what_is_wrong(folder):
    (folder / "outcodes.csv").unlink()
    with pytest.raises(CommandError, match=r"outcodes\.csv"):
        call_command("load_places", folder=folder, stdout=StringIO())


def test_the_command_says_what_it_did(folder):
    out = StringIO()
    call_command("load_places", folder=folder, stdout=out)
    assert "Loaded 5 areas, 1 settlements, 2 postcodes and 2 outcodes" in out.getvalue()
    call_command("load_places", folder=folder, stdout=out)
    assert "up to date" in out.getvalue()


def test_a_digest_follows_names_and_contents(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("1", encoding="utf-8")
    before = digest_of([one, two])
    assert digest_of([two, one]) == before
    two.write_text("2", encoding="utf-8")
    assert digest_of([one, two]) != before
    assert digest_of([one], layout=2) != digest_of([one])


def test_the_shipped_map_is_loaded_whole_in_seconds():
    begun = time.perf_counter()
    loaded = load_places(SHIPPED, silent, force=True)
    assert time.perf_counter() - begun < 60
    assert (loaded.postcodes, loaded.outcodes) == (35_878, 3_078)
    assert LoadedFixture.objects.filter(name=LoadedFixture.PLACES).exists()


def test_every_shipped_settlement_lies_in_a_district_a_county_and_a_country():
    kinds = dict(Area.objects.values_list("code", "kind"))
    for areas in Place.objects.filter(kind="settlement").values_list("areas", flat=True):
        assert {"district", "county", "country"} <= {kinds[code] for code in areas}


def test_every_shipped_district_of_the_boundaries_has_one():
    assert Area.objects.exclude(boundary=None).count() == 7


def test_the_shipped_files_copied_are_the_same_files(tmp_path):
    shutil.copytree(SHIPPED, tmp_path / "copy")
    assert load_places(tmp_path / "copy", silent).unchanged
