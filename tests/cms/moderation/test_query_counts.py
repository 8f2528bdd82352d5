"""How often approving a change, and the list of a partner's services, ask the database at most."""

import json

import pytest
from django.urls import reverse

from cms.exchange import bulk
from cms.models import ServicePage
from tests.cms.moderation.steps import answer, live, public, submit

pytestmark = pytest.mark.django_db

#: Publishing, the public record, its index and the mail together.
MOST_TO_APPROVE = 230
MOST_TO_EXPLORE = 42
CHANGED = "Somebody to talk to about money and rent."


@pytest.fixture
def hundred(heron):
    """Heron Trust with 100 services, which are brought in together as an import does."""
    content = json.loads(heron.live.to_json())
    del content["service_id"]
    more = [content | {"title": f"Service {n}", "slug": f"service-{n}"} for n in range(98)]
    bulk.create(heron.page, more, live=True)
    assert ServicePage.objects.child_of(heron.page).count() == 100
    return heron


def test_approving_a_change_takes_few_queries_among_a_hundred_services(
    hundred, hub, django_assert_max_num_queries, django_capture_on_commit_callbacks
):
    submit(hundred.client, hundred.draft, phone="01632 960001")
    answer(hub, hundred.draft, "approve")  # What processes hold in memory is read.
    submit(hundred.client, hundred.live, summary=CHANGED)
    seen = live(hundred.live).latest_revision_id
    with (
        django_assert_max_num_queries(MOST_TO_APPROVE),
        django_capture_on_commit_callbacks(execute=True),
    ):
        answer(hub, hundred.live, "approve", revision=seen)
    assert public(hundred.live)["summary"] == CHANGED


def test_the_explorer_of_a_partner_takes_few_queries_for_a_hundred_services(
    hundred, django_assert_max_num_queries
):
    address = reverse("wagtailadmin_explore", args=[hundred.page.pk])
    hundred.client.get(address)  # What processes hold in memory is read.
    with django_assert_max_num_queries(MOST_TO_EXPLORE):
        assert hundred.client.get(address).status_code == 200
