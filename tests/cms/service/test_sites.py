"""Where a site is: found by its postcode, drawn on a map of our own, and never if confidential."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from cms.editing.placing import find_place
from cms.editing.site_map import HEIGHT, WIDTH, site_map
from cms.models import ServicePage, ServicePageSite
from directory.geography.place import Point
from directory.models import Place
from tests.cms.pages import add_partner, add_service
from tests.cms.test_admin import _create, hub  # noqa: F401

pytestmark = pytest.mark.django_db

WYMONDHAM = Point(52.5707, 1.1157)


@pytest.fixture
def postcode() -> Place:
    return Place.objects.filter(kind="postcode", key__startswith="nr18").order_by("key")[0]


def test_a_site_with_a_postcode_is_put_on_the_map_when_it_is_saved(hub, postcode):  # noqa: F811
    partner = add_partner()
    rows = inline_formset([{"name": "Larkmoor House", "postal_code": postcode.name}])
    answer = hub.post(
        f"/admin/pages/add/cms/servicepage/{partner.pk}/", _form_with(rows), follow=True
    )
    site = ServicePage.objects.child_of(partner).get().page_sites.get()
    assert (site.latitude, site.longitude) == (postcode.latitude, postcode.longitude)
    assert "Larkmoor House is on the map in the middle of its postcode" in answer.content.decode()


def _form_with(rows):
    from tests.cms.test_admin import _form

    return _form(in_person="on", page_sites=rows)


def test_a_point_that_somebody_gave_is_left_where_it_is(hub, postcode):  # noqa: F811
    partner = add_partner()
    row = {"postal_code": postcode.name, "latitude": "52.5", "longitude": "1.2"}
    _create(hub, partner, in_person="on", page_sites=inline_formset([row]))
    site = ServicePage.objects.child_of(partner).get().page_sites.get()
    assert (site.latitude, site.longitude) == (52.5, 1.2)


def test_half_a_postcode_puts_nothing_on_the_map_and_that_is_said(hub):  # noqa: F811
    partner = add_partner()
    rows = inline_formset([{"name": "Larkmoor House", "postal_code": "NR18"}])
    answer = hub.post(
        f"/admin/pages/add/cms/servicepage/{partner.pk}/", _form_with(rows), follow=True
    )
    assert ServicePage.objects.child_of(partner).get().page_sites.get().latitude is None
    assert "Larkmoor House is on no map yet" in answer.content.decode()


def test_a_confidential_site_is_never_put_on_a_map(postcode):
    site = ServicePageSite(confidential=True, postal_code=postcode.name)
    site.clean()
    assert site.latitude is None


def test_a_place_is_found_by_postcode_then_by_town_and_otherwise_it_is_said(postcode):
    assert find_place(postcode.name.lower(), "").point == Point(
        postcode.latitude, postcode.longitude
    )
    town = find_place("", "Wymondham")
    assert town.point
    assert "in the middle of Wymondham for now" in town.words
    nowhere = find_place("ZZ99 9ZZ", "Atlantis")
    assert nowhere.point is None
    assert "Give latitude and longitude" in nowhere.words


def test_the_form_is_told_the_point_and_its_words(heron, postcode):
    address = reverse("service_find_place", args=[heron.live.pk])
    found = heron.client.post(address, {"postal_code": postcode.name, "city": ""}).json()
    assert found["latitude"] == pytest.approx(postcode.latitude, abs=1e-5)
    assert postcode.name in found["words"]


def test_the_map_shows_the_pins_inside_it_with_what_lies_around(django_assert_num_queries):
    with django_assert_num_queries(2):
        drawn = site_map([("One", WYMONDHAM), ("Two", Point(52.376, 1.109))])
    assert [pin.number for pin in drawn.pins] == [1, 2]
    assert all(0 < pin.x < WIDTH and 0 < pin.y < HEIGHT for pin in drawn.pins)
    assert drawn.pins[0].y < drawn.pins[1].y
    assert "Wymondham" in drawn.pins[0].words
    assert "Diss" in drawn.pins[1].words
    assert "South Norfolk" in [name for name, _ in drawn.outlines]
    assert any(town.named for town in drawn.towns)
    assert not any(town.x < 0 or town.x > WIDTH for town in drawn.towns)


@pytest.mark.parametrize("point", [Point(0, 0), Point(89.5, 10), Point(-60, 179.9)])
def test_a_point_far_away_is_drawn_too(point):
    assert "far from any town" in site_map([("Slip", point)]).pins[0].words


def test_the_form_draws_what_is_typed_and_leaves_out_what_is_no_point(heron):
    address = reverse("service_map", args=[heron.live.pk])
    data = {
        "name": ["<b>One", "Two"], "latitude": ["52.57", "north"], "longitude": ["1.11", "east"],
        "hidden": "1",
    }  # fmt: skip
    said = heron.client.post(address, data).content.decode()
    assert "&lt;b&gt;One" in said
    assert "Two" not in said
    assert "Confidential sites are on no map" in said
    for odd in ("nan", "inf", "1e400", "", "91"):
        answer = heron.client.post(address, {"name": "x", "latitude": odd, "longitude": "1"})
        assert "No site is on the map yet" in answer.content.decode()


def test_the_map_of_a_saved_service_holds_no_confidential_site(hub):  # noqa: F811
    sites = (
        ServicePageSite(name="Open house", latitude=52.57, longitude=1.11),
        ServicePageSite(confidential=True),
    )
    page = add_service(add_partner(), sites=sites)
    said = hub.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert said.count('class="nwd-map__pin"') == 1
    assert "Confidential sites are on no map" in said
