"""Where to turn next: by danger, by place, by need, and never nowhere."""

from dataclasses import replace

import pytest

from directory.geography.place import NOWHERE
from directory.geography.resolve import resolve
from directory.reference import current_reference
from matching.answer import LevelOfNeed
from matching.enquiry import Member
from matching.languages import languages
from matching.routes import COUNCIL_FINDER, hub_for, next_step
from matching.safeguarding import NOTHING_READ, Signs
from matching.understood import Understood
from matching.urgent_routes import urgent_route
from tests.matching.prospects import need

pytestmark = pytest.mark.django_db

LEVEL = LevelOfNeed("emerging", True, "")


def understood(*codes: str, **signs: object) -> Understood:
    danger = Signs(True, ("x",), "unknown", "abuse")
    found = replace(danger, **signs) if signs else NOTHING_READ
    return Understood(tuple(need(code) for code in codes), (), LEVEL, found, "")


@pytest.mark.parametrize(
    ("place", "who", "kind", "name", "route"),
    [
        ("Diss", "child", "abuse", "Children", "safeguarding"),
        ("Diss", "adult", "abuse", "Adult", "safeguarding"),
        ("Diss", "adult", "domestic_abuse", "Leeway", "safeguarding"),
        ("SW1A 1AA", "adult", "domestic_abuse", "0808 2000 247", "safeguarding"),
        ("SW1A 1AA", "unknown", "domestic_abuse", "0808 2000 247", "safeguarding"),
        ("Diss", "child", "domestic_abuse", "Children", "safeguarding"),
        ("SW1A 1AA", "adult", "honour", "Karma Nirvana", "safeguarding"),
        ("SW1A 1AA", "adult", "exploitation", "Modern Slavery", "safeguarding"),
        ("SW1A 1AA", "adult", "missing", "101", "safeguarding"),
        ("Diss", "child", "missing", "101", "safeguarding"),
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


def test_a_practitioner_is_given_the_line_for_professionals_and_the_public_is_not():
    child, lines = understood(who="child", kind="abuse"), current_reference()
    found = urgent_route(child, resolve("Diss"), lines, "practitioner")
    assert found.phone == "0344 800 8021"
    assert "0344 800 8020" in found.why
    assert urgent_route(child, resolve("Diss"), lines).phone == "0344 800 8020"
    assert urgent_route(child, resolve("SW1A 1AA"), lines, "practitioner").name == "NSPCC Helpline"


def test_a_child_that_asks_for_itself_is_given_a_line_for_children():
    child, lines = understood(who="child", kind="abuse"), current_reference()
    alone = [Member("young person", 14)]
    assert urgent_route(child, resolve("SW1A 1AA"), lines, "resident", alone).name == "Childline"
    assert "Children" in urgent_route(child, resolve("Diss"), lines, "resident", alone).name
    itself = understood(who="child", kind="abuse", child_writes=True)
    assert urgent_route(itself, resolve("SW1A 1AA"), lines).name == "Childline"
    home = [Member("parent", 40), *alone]
    assert "NSPCC" in urgent_route(child, resolve("SW1A 1AA"), lines, "resident", home).name


@pytest.mark.parametrize("who", ["child", "adult", "unknown"])
@pytest.mark.parametrize("place", ["Diss", "SW1A 1AA", None])
def test_an_urgent_route_says_first_what_to_do_in_danger_and_when_it_is_open(who, place):
    found = urgent_route(understood(who=who, kind="self_harm"), resolve(place), current_reference())
    assert found.why.startswith("What you wrote may mean that somebody is at risk. In danger now")
    assert found.why.endswith("Open: day and night.")


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


@pytest.mark.parametrize(
    ("place", "name", "where"),
    [
        ("King's Lynn", "Norfolk Fire and Rescue", "around King’s Lynn"),
        ("SW1A 1AA", "Fire Kills", "anywhere"),
    ],
)
def test_a_local_line_is_not_said_to_help_anywhere(place, name, where):
    route = next_step(understood("fire-safety"), resolve(place), current_reference(), ())
    assert route.name.startswith(name)
    assert f"It helps people {where} with this" in route.why.replace("'", "’")


def test_the_hub_is_said_to_be_theirs_only_where_that_is_known():
    lines = current_reference()
    sure = next_step(understood("nuisance"), resolve("Diss"), lines, ())
    assert "It is the early help hub for Diss" in sure.why
    assert "Open: Monday to Friday" in sure.why
    assert "community connector" in sure.why
    for place in ("South Norfolk", "Fritton"):
        unsure = next_step(understood("nuisance"), resolve(place), lines, ())
        assert unsure.kind == "hub"
        assert "This hub or one near it is yours" in unsure.why
        assert "connector" not in unsure.why


@pytest.mark.parametrize("need_code", ["positive-activities", "fire-safety", "nuisance", None])
def test_beside_another_language_the_route_can_be_rung(need_code):
    asked = understood(*[need_code] if need_code else [])
    asked = replace(asked, language=languages()["pl"])
    route = next_step(asked, resolve("SW1A 1AA"), current_reference(), ())
    assert route.phone
    assert "say “Polish, please”" in route.why


def test_a_line_that_takes_only_texts_is_not_given_as_a_number_to_ring():
    only = tuple(line for line in current_reference().helplines if line.code == "shout")
    lines = replace(current_reference(), helplines=only, hubs=())
    route = next_step(understood("adult-mental-health"), NOWHERE, lines, ())
    assert route.phone == ""
    assert "By text message: 85258." in route.why


def test_who_will_ring_is_not_guessed_for_a_practitioner():
    asked, child = understood("debt-advice"), [Member("child", 15)]
    lines = current_reference()
    assert next_step(asked, NOWHERE, lines, (), child).name == "Stop Loan Sharks"
    assert next_step(asked, NOWHERE, lines, (), child, "practitioner").name == "National Debtline"


def test_a_line_for_the_place_goes_before_a_national_one():
    asked, lines = understood("domestic-abuse"), current_reference()
    assert "Leeway" in next_step(asked, resolve("King's Lynn"), lines, ()).name
    assert "Refuge" in next_step(asked, NOWHERE, lines, ()).name


@pytest.mark.parametrize(
    ("ages", "name"),
    [
        ((), "National Debtline"),
        ((34, 6), "National Debtline"),
        ((6,), "National Debtline"),
        ((34,), "National Debtline"),
        ((None,), "National Debtline"),
        ((15,), "Stop Loan Sharks"),
    ],
)
def test_a_child_alone_is_not_sent_to_a_line_for_adults(ages, name):
    household = [Member("somebody", age) for age in ages]
    asked = understood("debt-advice")
    assert next_step(asked, NOWHERE, current_reference(), (), household).name == name


def test_an_adult_is_not_sent_to_a_line_for_children():
    asked = understood("youth-mental-health")
    both = tuple(
        line for line in current_reference().helplines if line.code in ("childline", "shout")
    )
    lines = replace(current_reference(), helplines=both)
    assert next_step(asked, NOWHERE, lines, ()).name == "Childline"
    assert next_step(asked, NOWHERE, lines, (), [Member("parent", 41)]).name == "Shout"


def test_where_every_line_is_for_others_one_is_named_all_the_same():
    only = tuple(line for line in current_reference().helplines if line.serves == "adult")
    lines = replace(current_reference(), helplines=only)
    route = next_step(understood("debt-advice"), NOWHERE, lines, (), [Member("child", 15)])
    assert route.name == "National Debtline"


def test_without_place_and_need_any_hub_is_a_door():
    assert next_step(understood(), NOWHERE, current_reference(), ()).kind == "hub"


def test_without_hubs_and_lines_the_council_finder_is_left():
    empty = replace(current_reference(), hubs=(), helplines=())
    asked = understood("debt-advice", kind="medical")
    assert next_step(asked, resolve("Diss"), empty, ()) == COUNCIL_FINDER


def test_a_place_outside_every_hub_has_no_hub():
    assert hub_for(resolve("ZE1"), current_reference().hubs) is None
