"""Editing in the Wagtail admin: what the hub can do, and what cannot be saved."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.models import PartnerPage, ServicePage
from directory.models import Listing
from tests.cms.pages import add_partner, add_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub(client):
    user = get_user_model().objects.create_superuser("editor", "editor@example.org", "secret")
    client.force_login(user)
    return client


def _form(**values):
    return nested_form_data(
        {
            "title": "Kingfisher casework",
            "slug": "kingfisher-casework",
            "summary": "Somebody to talk to.",
            "description": "",
            "page_needs": inline_formset([{"need": "debt-advice", "main": "on"}]),
            "page_sites": inline_formset([]),
            "page_schedules": inline_formset([]),
            "page_holidays": inline_formset([]),
            "areas": ["E07000149"],
            "languages": "en",
            "by_phone": "on",
            "phone": "01632 960001",
            "capacity": "open",
            "comments": inline_formset([]),
            "action-publish": "action-publish",
            **values,
        }
    )


def _create(hub, partner: PartnerPage, **values):
    return hub.post(f"/admin/pages/add/cms/servicepage/{partner.pk}/", _form(**values))


def test_a_service_written_in_the_admin_is_live(hub):
    response = _create(hub, add_partner())
    assert response.status_code == 302
    assert Listing.objects.live().filter(name="Kingfisher casework").exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"minimum_age": "18", "maximum_age": "11"}, "oldest age is below"),
        ({"title": "x" * 201}, "Keep the title to 200 characters"),
        ({"slug": "x" * 91}, "Keep the slug to 90 characters"),
        ({"waiting_weeks": "40000"}, "520 weeks at most"),
        ({"languages": "English"}, "two-letter codes"),
        ({"page_needs": inline_formset([])}, "at least 1"),
        ({"minimum_age": "400"}, "less than or equal to 120"),
        (
            {"page_schedules": inline_formset(
                [{"byday": "MO XX", "opens_at": "09:00", "closes_at": "10:00"}])},
            "XX is not a day",
        ),
        (
            {"page_sites": inline_formset([{"latitude": "52.3", "longitude": ""}])},
            "both latitude and longitude",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_published(hub, values, words):
    partner = add_partner()
    response = _create(hub, partner, **values)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not ServicePage.objects.child_of(partner).exists()


def test_unpublishing_and_deleting_in_the_admin_take_the_service_out(hub):
    partner = add_partner()
    one, other = add_service(partner, "One"), add_service(partner, "Other")
    hub.post(f"/admin/pages/{one.pk}/unpublish/")
    hub.post(f"/admin/pages/{other.pk}/delete/")
    assert not Listing.objects.live().filter(name__in=["One", "Other"]).exists()


def test_moving_in_the_admin_changes_the_partner(hub):
    page, other = add_service(add_partner()), add_partner("Acorn Trust")
    hub.post(f"/admin/pages/{page.pk}/move/{other.pk}/confirm/")
    listing = Listing.objects.get(service_id=page.service_id)
    assert listing.organization.name == "Acorn Trust"


def test_a_preview_of_a_draft_shows_the_draft_and_publishes_nothing(hub):
    page = add_service(add_partner(), publish=False)
    response = hub.get(f"/admin/pages/{page.pk}/view_draft/")
    assert response.status_code == 200
    assert "Kingfisher casework" in response.content.decode()
    assert not Listing.objects.filter(service_id=page.service_id).exists()


def test_the_privacy_setting_that_a_listing_could_not_follow_is_not_offered(hub):
    page = add_service(add_partner())
    response = hub.get(f"/admin/pages/{page.pk}/privacy/")
    assert "password" not in response.content.decode().lower() or response.status_code >= 300
