"""The form of a service: quick in any directory, and what is wrong is said where it is."""

from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset

from cms.models import (
    ConfidentialAddress,
    ServicePage,
    ServicePageNeed,
    ServicePageSchedule,
    ServicePageSite,
)
from cms.partners.roles import ADMINISTRATORS, EDITORS, make_roles
from cms.partners.spaces import add_member, open_space
from directory.models import Listing
from tests.cms.pages import add_partner, add_service
from tests.cms.partners.conftest import _hub
from tests.cms.test_admin import _create, hub  # noqa: F401

pytestmark = pytest.mark.django_db

#: Of the form of a service, whoever opens it.
MOST_QUERIES = 60


def _queries(client, page) -> int:
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.get(address)  # What processes hold in memory is read.
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def _full(partner, title="Full", rows=1, confidential=False) -> ServicePage:
    site = {"confidential": confidential, "longitude": 1.1}
    page = add_service(
        partner,
        title,
        sites=tuple(
            ServicePageSite(name=f"Site {n}", latitude=52.5 + n / 100, **site) for n in range(rows)
        ),
    )
    needs = ("debt-advice", "revenue-and-benefits", "housing-options", "family-support")
    page.page_needs = [ServicePageNeed(need_id=code) for code in needs[:rows]]
    page.page_schedules = [
        ServicePageSchedule(byday="MO", opens_at=time(9), closes_at=time(10)) for _ in range(rows)
    ]
    page.save_revision().publish()
    return page


class Everybody:
    """A browser for each role, and a service in each state with several rows of everything."""

    def __init__(self) -> None:
        make_roles()
        space = open_space("Grebe Trust")
        user = add_member(space, "grebe@example.org").user
        partner = Client()
        partner.force_login(user)
        self.clients = {
            "partner": partner,
            "editor": _hub(Client, EDITORS, "editor"),
            "administrator": _hub(Client, ADMINISTRATORS, "administrator"),
        }
        self.pages = {
            "live": _full(space.page, "Live", rows=4),
            "in review": _full(space.page, "In review", rows=4),
            "confidential": _full(space.page, "Confidential", rows=4, confidential=True),
        }
        waiting = self.pages["in review"]
        waiting.summary = "Somebody to talk to about money and rent."
        waiting.save_revision(user=user)
        waiting.get_workflow().start(waiting, user)


@pytest.fixture(scope="class")
def everybody(django_db_setup, django_db_blocker) -> Iterator[Everybody]:
    """Made once for all roles and states."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Everybody()
        transaction.set_rollback(True)


class TestWhoeverOpensIt:
    @pytest.mark.parametrize("role", ["partner", "editor", "administrator"])
    @pytest.mark.parametrize("state", ["live", "in review", "confidential"])
    def test_the_form_takes_few_queries_in_every_state(self, role, state, everybody):
        assert _queries(everybody.clients[role], everybody.pages[state]) <= MOST_QUERIES

    def test_the_states_are_what_they_are_called(self, everybody):
        waiting, hidden = everybody.pages["in review"], everybody.pages["confidential"]
        assert ServicePage.objects.get(pk=waiting.pk).workflow_in_progress
        assert ConfidentialAddress.objects.filter(page_id=hidden.pk).count() == 4
        assert Listing.objects.live().filter(name__in=["Live", "Confidential"]).count() == 2


def test_the_queries_do_not_grow_with_the_services_or_the_rows(heron):
    few, many = _full(heron.page, "Few"), _full(heron.page, "Many", rows=4)
    first = _queries(heron.client, few)
    for number in range(12):
        add_service(heron.page, f"Other {number}")
    assert _queries(heron.client, few) == first
    assert _queries(heron.client, many) == first


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"closed_until": "2030-01-03"}, "Choose “Closed to new people”"),
        (
            {"by_phone": "", "home_visit": "on"},
            "Nobody would find it: choose the areas",
        ),
        (
            {"by_phone": "", "in_person": "on",
             "page_sites": inline_formset([{"confidential": "on"}])},
            "Nobody would find it: choose the areas",
        ),
        (
            {"page_holidays": inline_formset(
                [{"valid_from": "2027-01-03", "valid_to": "2027-01-01"}])},
            "It ends before it begins",
        ),
        (
            {"page_holidays": inline_formset(
                [{"valid_from": "2027-01-03", "valid_to": "2027-01-03", "opens_at": "09:00"}])},
            "Give both times",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_or_missing_is_said_beside_the_field(hub, values, words):  # noqa: F811
    partner = add_partner()
    said = _create(hub, partner, **values).content.decode()
    assert words in said
    assert not ServicePage.objects.child_of(partner).exists()


def test_a_site_on_the_map_is_enough_to_be_found(hub):  # noqa: F811
    site = inline_formset([{"latitude": "52.57", "longitude": "1.11"}])
    answer = _create(hub, add_partner(), by_phone="", in_person="on", page_sites=site)
    assert answer.status_code == 302


def test_all_that_is_filled_in_is_live(hub):  # noqa: F811
    until = timezone.localdate() + timedelta(days=40)
    answer = _create(
        hub, add_partner(), capacity="closed", closed_until=until.isoformat(),
        self_referral="on", next_steps="We ring back.", pledge="Within two days.",
        languages="pl en",
        page_schedules=inline_formset(
            [{"byday": "TH MO", "opens_at": "09:00", "closes_at": "12:00"}]
        ),
        page_holidays=inline_formset(
            [{"valid_from": str(until), "valid_to": str(until), "description": "Fair"}]
        ),
    )  # fmt: skip
    assert answer.status_code == 302
    document = Listing.objects.live().get(name="Kingfisher casework").document
    assert document["closed_until"] == until.isoformat()
    assert document["self_referral"] is True
    assert document["languages"] == ["en", "pl"]
    assert document["schedules"][0]["byday"] == ["MO", "TH"]
    assert document["holidays"][0]["description"] == "Fair"


def test_the_form_shows_the_hours_in_words(hub):  # noqa: F811
    page = add_service(add_partner())
    said = hub.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Monday and Tuesday, 9:30am to 4pm" in said


def test_the_lengths_that_read_best_are_said_without_javascript_too(hub):  # noqa: F811
    page = add_service(add_partner())
    said = hub.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Up to 60 characters read best" in said
    assert "Up to 160 characters read best; 300 are kept" in said
    assert 'data-good-length="60"' in said
