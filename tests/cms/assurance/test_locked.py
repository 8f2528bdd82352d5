"""Of a listing that the hub has locked nothing moves, also not the date of confirmation."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.assurance.links import link_to
from cms.models import ServicePage
from tests.cms.pages import add_partner, add_service
from tests.cms.partners.conftest import client_of, heron, roles  # noqa: F401

pytestmark = pytest.mark.django_db

OLD = date(2025, 1, 10)


def _locked(page: ServicePage, locked: bool = True) -> None:
    ServicePage.objects.filter(pk=page.pk).update(locked=locked)


def _assured(page: ServicePage) -> date | None:
    return ServicePage.objects.get(pk=page.pk).assured_date


def test_the_link_says_so_and_works_once_it_is_unlocked(client, settings):
    page = add_service(add_partner(), assured_date=OLD)
    path = link_to(page).removeprefix(settings.SITE_URL)
    _locked(page)
    for send in (client.get, client.post):
        response = send(path)
        assert response.status_code == 409
        assert "The hub has locked “Kingfisher casework”" in response.content.decode()
        assert "<form method" not in response.content.decode().split("<main")[1].split("</main")[0]
    assert _assured(page) == OLD
    _locked(page, False)
    assert client.post(path).status_code == 200
    assert _assured(page) == timezone.localdate()


def test_the_button_says_so(heron):  # noqa: F811
    ServicePage.objects.filter(pk=heron.live.pk).update(assured_date=OLD)
    _locked(heron.live)
    address = reverse("partner_still_right", args=[heron.live.pk])
    said = heron.client.post(address, follow=True).content.decode()
    assert "The hub has locked “Heron Trust live service”" in said
    assert _assured(heron.live) == OLD


def test_a_review_of_a_change_does_not_hold_it_back(heron):  # noqa: F811
    """A partner that has handed in something else still confirms what is public."""
    page = ServicePage.objects.get(pk=heron.live.pk)
    page.get_workflow().start(page, heron.user)
    heron.client.post(reverse("partner_still_right", args=[page.pk]))
    assert _assured(page) == timezone.localdate()
