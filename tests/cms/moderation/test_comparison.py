"""Whatever differs from what is public makes a row, also when both sides read alike."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from cms.models import AdvicePage, Photo, ServicePage, ServicePageSite
from cms.moderation.comparison import Change, compare
from cms.moderation.differences import content_of
from directory.models import Area
from tests.cms.confidential.editing import service
from tests.cms.confidential.test_photos import photo
from tests.cms.moderation.steps import edit, latest, live, look, submit
from tests.cms.moderation.test_reviews import _sides
from tests.cms.moderation.test_safe import SITE, _changeable, _changed
from tests.cms.pages import add_partner, add_service

pytestmark = pytest.mark.django_db

PHOTO, AREAS = "Photo", "Areas that it serves"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def _compared(before: ServicePage | AdvicePage, after: ServicePage | AdvicePage) -> list[Change]:
    return compare(before, after, lambda row, name: False)


def _photos(heron) -> tuple[Photo, Photo]:
    """Two of one name."""
    collection = heron.space.collection
    return (
        photo(collection, "Front door", description="A table of toys"),
        photo(collection, "Front door", description="A table of toys"),
    )


def _with_photo(page: ServicePage, picture: Photo) -> ServicePage:
    page = latest(page)
    page.photo, page.photo_shows_no_place = picture, True
    page.save_revision().publish()
    return live(page)


def test_every_part_that_can_be_changed_makes_a_row():
    page = add_service(
        add_partner(),
        sites=(ServicePageSite(**SITE),),
        assured_date=timezone.localdate() - timedelta(days=90),
    )
    before = content_of(live(page))
    names = _changeable(page)
    assert "areas" in names
    for name in names:
        changed = live(page).with_content_json(before | {name: _changed(name, before[name])})
        assert _compared(live(page), changed), name
    assert _compared(live(page), live(page)) == []


def test_another_photo_of_the_same_name_and_words_is_seen(heron, hub):
    one, other = _photos(heron)
    page = _with_photo(service(heron), one)
    submit(heron.client, page, photo=str(other.pk))
    html = look(hub, page)
    assert "Nothing differs" not in html
    left, right = _sides(html)[PHOTO]
    assert left == f"Front door: A table of toys (photo {one.pk})"
    assert right == f"Front door: A table of toys (photo {other.pk})"


def test_photos_are_shown_and_not_only_named(heron, hub):
    one, other = _photos(heron)
    page = _with_photo(service(heron), one)
    submit(heron.client, page, photo=str(other.pk))
    html = look(hub, page)
    for picture in (one, other):
        address = picture.get_rendition("max-330x330").url
        assert f'src="{address}"' in html
        assert hub.get(address).status_code == 200


def test_another_photo_ticked_again_beside_a_confidential_site_is_seen(heron, hub):
    """Saving takes the tick away, and ticking it again makes it the same as what is public."""
    one, other = _photos(heron)
    page = _with_photo(service(heron, confidential=True), one)
    edit(heron.client, page, photo=str(other.pk))
    submit(heron.client, page, photo_shows_no_place="on")
    assert latest(page).photo == other
    assert latest(page).photo_shows_no_place
    assert set(_sides(look(hub, page))) == {PHOTO}


def test_an_area_swapped_for_another_of_its_name_is_seen(heron):
    page = live(heron.live)
    area = page.areas.get()
    twin = Area.objects.create(code="X99", name=area.name, kind=area.kind)
    after = live(heron.live)
    after.areas = [twin]
    [change] = _compared(page, after)
    assert change.label == AREAS
    assert change.before == f"<del>{area.name} ({area.code})</del>"
    assert change.after == f"<ins>{area.name} (X99)</ins>"


def test_such_an_area_is_seen_also_beside_another_that_is_new(heron):
    page = live(heron.live)
    area = page.areas.get()
    twin = Area.objects.create(code="X99", name=area.name, kind=area.kind)
    new = Area.objects.create(code="X98", name="Zennor", kind=area.kind)
    after = live(heron.live)
    after.areas = [twin, new]
    [change] = _compared(page, after)
    assert change.before == f"<del>{area.name} ({area.code})</del>"
    assert change.after == f"<ins>{area.name} (X99)</ins>, <ins>Zennor</ins>"


def test_a_link_that_leads_elsewhere_under_the_same_words_is_seen():
    pages = [
        AdvicePage(
            title="Advice", body=f'<p>See <a href="https://{name}.example.org/">here</a></p>'
        )
        for name in ("one", "other")
    ]
    [change] = _compared(*pages)
    assert "<del>one</del>" in unescape(change.before)
    assert "<ins>other</ins>" in unescape(change.after)


def test_what_says_nothing_on_either_side_is_no_change(heron):
    after = live(heron.live)
    after.minimum_age, after.fees = None, ""
    assert _compared(live(heron.live), after) == []
