"""Where to turn next: by danger, by place, by need, and never nowhere."""

from dataclasses import replace

import pytest

from directory.geography.place import NOWHERE
from directory.geography.resolve import resolve
from directory.reference import current_reference
from matching.answer import LevelOfNeed
from matching.routes import COUNCIL_FINDER, hub_for, next_step, urgent_route
from matching.safeguarding import NOTHING_READ, Signs
from matching.understood import Understood
from tests.matching.prospects import need

pytestmark = pytest.mark.django_db

LEVEL = LevelOfNeed("emerging", True, "")


def understood(*codes: str, **signs: object) -> Understood:
    danger = Signs(True, 0.9, ("x",), "unknown", "abuse")
    found = replace(danger, **signs) if signs else NOTHING_READ
    return Understood(tuple(need(code) for code in codes), (), LEVEL, found, "")


@pytest.mark.parametrize(
    ("place", "who", "kind", "name", "route"),
    [
        ("Diss", "child", "abuse", "Children", "safeguarding"),
        ("Diss", "adult", "abuse", "Adult", "safeguarding"),
        ("SW1A 1AA", "child", "abuse", "NSPCC", "safeguarding"),
        ("Diss", "adult", "self_harm", "111", "safeguarding"),
        ("Diss", "unknown", "medical", "999", "emergency"),
        ("Diss", "unknown", "immediate", "999", "emergency"),
        (None, "unknown", "missing", "", "safeguarding"),
    ],
)
def test_danger_goes_to_the_line_for_who_is_in_danger_and_where(place, who, kind, name, route):
    found = urgent_route(understood(who=who, kind=kind), resolve(place), current_reference())
    assert found.kind == route
    assert name.lower() in f"{found.name} {found.phone}".lower()
    assert found.phone or found.url


def test_danger_goes_before_hub_and_need():
    asked = understood("debt-advice", kind="medical")
    assert next_step(asked, resolve("Diss"), current_reference(), ()).kind == "emergency"


def test_without_signs_there_is_no_urgent_route():
    assert urgent_route(understood("debt-advice"), resolve("Diss"), current_reference()) is None


def test_what_nobody_covers_is_taken_to_the_hub_by_name():
    route = next_step(understood("nuisance"), resolve("Diss"), current_reference(), ("nuisance",))
    assert route.kind == "hub"
    assert current_reference().needs["nuisance"].plain_name in route.why


def test_without_a_place_the_line_is_for_the_first_need():
    route = next_step(understood("debt-advice"), NOWHERE, current_reference(), ())
    assert (route.kind, route.name) == ("helpline", "National Debtline")


def test_without_place_and_need_any_hub_is_a_door():
    assert next_step(understood(), NOWHERE, current_reference(), ()).kind == "hub"


def test_without_hubs_and_lines_the_council_finder_is_left():
    empty = replace(current_reference(), hubs=(), helplines=())
    asked = understood("debt-advice", kind="medical")
    assert next_step(asked, resolve("Diss"), empty, ()) == COUNCIL_FINDER


def test_a_place_outside_every_hub_has_no_hub():
    assert hub_for(resolve("ZE1"), current_reference().hubs) is None
