"""A version that goes live on a later day is not changed under the hands of who approved it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.exchange.scope import scope_of
from cms.models import ServicePage
from tests.cms.confidential.editing import its_time_has_come
from tests.cms.exchange.files import add_complete, planned, row_of, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(heron) -> ServicePage:
    """A live service with a change that the hub has approved for next month."""
    page = add_complete(heron.page)
    page.summary = "From next month on"
    page.go_live_at = timezone.now() + timedelta(days=30)
    page.save_revision().publish()
    return ServicePage.objects.get(pk=page.pk)


@pytest.mark.parametrize("publish", [True, False])
def test_a_file_leaves_it_alone_and_says_what_to_do(page, as_editor, as_heron, publish):
    ways_out = {as_editor: "cancel that in its form first", as_heron: "ask the hub"}
    for scope, way_out in ways_out.items():
        row = row_of(scope, page) | {"Summary": "Another sentence."}
        [(_, column, words)] = said(planned(scope, row, publish=publish))
        assert column == "Status"
        assert "goes live on a later day" in words
        assert way_out in words


def test_a_row_that_changes_nothing_of_it_is_no_fault(page, as_editor):
    assert said(planned(as_editor, row_of(as_editor, page))) == []


def test_other_services_are_changed_meanwhile(page, as_editor, heron):
    other = add_complete(heron.page, "Another service")
    row = row_of(as_editor, other) | {"Summary": "Another sentence."}
    assert said(planned(as_editor, row)) == []


def test_when_its_day_has_come_it_may_be_changed_again(page, heron):
    its_time_has_come()
    scope = scope_of(heron.user)
    row = row_of(scope, page) | {"Summary": "Another sentence."}
    assert said(planned(scope, row)) == []
