"""Whatever language the database sorts by, what answers are made from comes in one order."""

import uuid

import pytest

from directory.geography.gazetteer import gazetteer
from directory.models import Area, Helpline, Hub, LoadedFixture, Place
from directory.reference import current_reference

pytestmark = pytest.mark.django_db

#: In the order of their characters. A British dictionary would begin with a-hub, B hub.
NAMES = ["B hub", "Z hub", "a hub", "a-hub", "ahub", "Ä hub"]


def test_hubs_come_by_name():
    Hub.objects.all().delete()
    for name in reversed(NAMES):
        Hub.objects.create(id=uuid.uuid4(), name=name, phone="01632 960000")
    assert [hub.name for hub in current_reference().hubs] == NAMES


def test_lines_of_one_position_come_by_code():
    codes = ["a-line", "a-lines", "aline", "b"]
    for code in reversed(codes):
        Helpline.objects.create(
            code=code, name=code, kind="helpline", position=1, source_date="2026-01-01"
        )
    found = [line.code for line in current_reference().helplines]
    assert [code for code in found if code in codes] == codes


def test_namesakes_come_by_what_tells_them_apart_and_areas_by_name():
    for name in reversed(NAMES):
        Place.objects.create(
            kind="settlement", key="quince", name="Quince", detail=name, latitude=52, longitude=1
        )
        Area.objects.create(code=uuid.uuid4().hex, name=name, kind="parish", parent_id="E07000149")
    LoadedFixture.objects.filter(name=LoadedFixture.PLACES).update(digest="changed")
    names = gazetteer()
    assert [place.detail for place in names.named("quince")] == NAMES
    about = names.areas_about("E07000149")
    rows = dict(Area.objects.values_list("code", "name"))
    assert [rows[code] for code in about if rows[code] in NAMES] == NAMES
