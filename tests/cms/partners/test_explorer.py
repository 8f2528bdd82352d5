"""A partner's list of its services costs the same whatever their number."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cms.pages import add_service

pytestmark = pytest.mark.django_db


def _queries(partner) -> int:
    address = reverse("wagtailadmin_explore", args=[partner.page.pk])
    partner.client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert partner.client.get(address).status_code == 200
    return len(asked)


def test_its_queries_do_not_grow_with_live_services(heron):
    before = _queries(heron)
    for number in range(6):
        add_service(heron.page, f"Another service {number}")
    assert _queries(heron) == before


def test_what_is_live_is_not_the_partners_to_delete_and_a_draft_is(heron):
    assert not heron.live.permissions_for_user(heron.user).can_delete()
    assert heron.draft.permissions_for_user(heron.user).can_delete()
