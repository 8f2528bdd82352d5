"""Writing a service: a draft may be incomplete, what is submitted may not."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset

from cms.completeness import missing, share
from cms.models import ServicePage
from directory.models import Listing
from tests.cms.moderation.steps import edit
from tests.cms.pages import add_partner, add_service
from tests.cms.test_admin import _create, hub  # noqa: F401

pytestmark = pytest.mark.django_db

BARE = {"by_phone": "", "phone": "", "summary": "", "page_needs": inline_formset([])}


def test_a_draft_may_be_incomplete(hub):  # noqa: F811
    partner = add_partner()
    response = _create(hub, partner, **BARE, **{"action-publish": ""})
    assert response.status_code == 302
    page = ServicePage.objects.child_of(partner).get()
    assert not page.live


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"by_phone": ""}, "Tick at least one way"),
        ({"phone": ""}, "Say how people start"),
        ({"in_person": "on"}, "Add the site below"),
        ({"summary": ""}, "This field is required"),
    ],
)
def test_what_is_published_says_what_is_missing(hub, values, words):  # noqa: F811
    partner = add_partner()
    response = _create(hub, partner, **values)
    assert words in response.content.decode()
    assert not ServicePage.objects.child_of(partner).exists()


def test_a_new_service_counts_as_confirmed_on_the_day_it_is_handed_in(hub):  # noqa: F811
    partner = add_partner()
    assert _create(hub, partner, assured_date="").status_code == 302
    assert ServicePage.objects.child_of(partner).get().assured_date == timezone.localdate()


def test_a_draft_confirms_nothing(hub):  # noqa: F811
    partner = add_partner()
    _create(hub, partner, assured_date="", **{"action-publish": ""})
    assert ServicePage.objects.child_of(partner).get().assured_date is None


def test_publishing_a_change_confirms_nothing_by_itself(hub):  # noqa: F811
    page = add_service(add_partner(), phone="01632 960001")
    edit(hub, page, summary="Somebody to talk to about debts.", **{"action-publish": "1"})
    page.refresh_from_db()
    assert page.summary == "Somebody to talk to about debts."
    assert page.assured_date is None


def test_a_confidential_site_is_a_site(hub):  # noqa: F811
    site = inline_formset([{"confidential": "on"}])
    response = _create(hub, add_partner(), in_person="on", page_sites=site)
    assert response.status_code == 302
    assert Listing.objects.live().filter(name="Kingfisher casework").exists()


def test_the_form_says_how_full_the_listing_is_and_what_to_do_next(hub):  # noqa: F811
    page = add_service(add_partner())
    said = hub.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert f"{round(100 * share(page))}% filled" in said
    assert f"Next: {missing(page)[0]}" in said


def test_what_counts_for_the_editor_is_what_counts_for_the_rank():
    page = add_service(add_partner(), how_to_access="Ring us", phone="01632 960001")
    facets = Listing.objects.get(service_id=page.service_id).facets
    assert facets["completeness"] == pytest.approx(share(page))


@pytest.mark.parametrize(
    "tab",
    ["What it is", "Who it is for", "Where", "When", "How to get it", "How full it is", "Pledge"],
)
def test_the_form_is_in_tabs(hub, tab):  # noqa: F811
    page = add_service(add_partner())
    said = hub.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert tab in said
