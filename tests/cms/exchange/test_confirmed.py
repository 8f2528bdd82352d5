"""What a file makes public was confirmed: on the day it says, otherwise on the day it came."""

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from cms.editing.preview import RESULT, card_context
from cms.models import ServicePage
from directory.models import Listing
from tests.cms.exchange.files import NEW, add_complete, applied, planned, row_of, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


def _confirmed(row) -> list[tuple[str, str]]:
    return [(c.before, c.after) for c in row.changes if c.column == "Confirmed on"]


@pytest.mark.parametrize("cell", [{}, {"Confirmed on": ""}])
def test_a_new_service_of_the_hub_is_confirmed_today_and_the_preview_says_so(scope, today, cell):
    plan = planned(scope, NEW | cell)
    assert _confirmed(plan.rows[0]) == [("", today.isoformat())]
    applied(scope, NEW | cell)
    page = ServicePage.objects.get(title="Benefit checks")
    assert page.assured_date == today
    assert page.get_latest_revision_as_object().assured_date == today
    listing = Listing.objects.get(service_id=page.service_id)
    assert listing.assured_date == today


def test_a_new_service_of_a_partner_is_confirmed_today(as_heron, today):
    applied(as_heron, NEW)
    page = ServicePage.objects.get(title="Benefit checks")
    assert page.get_latest_revision_as_object().assured_date == today


def test_the_day_in_the_file_counts(scope):
    plan = planned(scope, NEW | {"Confirmed on": "2026-01-31"})
    assert _confirmed(plan.rows[0]) == [("", "2026-01-31")]
    wrong = planned(scope, NEW | {"Confirmed on": "31/02/2026"})
    assert [column for _, column, _ in said(wrong)] == ["Confirmed on"]


def test_a_draft_is_confirmed_when_it_is_handed_in(as_heron, heron, today):
    applied(as_heron, NEW, publish=False)
    page = ServicePage.objects.get(title="Benefit checks")
    assert page.get_latest_revision_as_object().assured_date is None
    row = row_of(as_heron, page) | {"Cost": "£2"}
    assert _confirmed(planned(as_heron, row, publish=False).rows[0]) == []
    applied(as_heron, row)
    page = ServicePage.objects.get(pk=page.pk)
    assert page.workflow_in_progress
    assert page.get_latest_revision_as_object().assured_date == today


def test_a_first_submission_whose_day_was_emptied_is_confirmed_today(as_heron, today):
    applied(as_heron, NEW | {"Confirmed on": "2026-01-31"}, publish=False)
    page = ServicePage.objects.get(title="Benefit checks")
    row = row_of(as_heron, page) | {"Confirmed on": ""}
    assert _confirmed(planned(as_heron, row).rows[0]) == [("2026-01-31", today.isoformat())]
    today_already = row_of(as_heron, page) | {"Confirmed on": today.isoformat()}
    applied(as_heron, today_already, publish=False)
    assert planned(as_heron, row).counts["unchanged"] == 1


def test_what_was_public_is_not_confirmed_by_a_change(scope, trust):
    page = add_complete(trust)
    assert page.assured_date is None
    applied(scope, row_of(scope, page) | {"Cost": "£2"})
    assert ServicePage.objects.get(pk=page.pk).assured_date is None


def test_an_unconfirmed_draft_brought_in_again_changes_nothing(as_heron, heron):
    assert heron.draft.assured_date is None
    assert planned(as_heron, row_of(as_heron, heron.draft)).counts["unchanged"] == 1


def test_the_card_among_results_says_that_nobody_has_confirmed_it_yet(trust, today):
    page = add_complete(trust)
    assert "Not confirmed yet: ring first" in _card(page)
    page.assured_date = today
    assert "confirmed" not in _card(page)
    page.assured_date = today.replace(year=today.year - 3, day=1)
    assert "Not confirmed since" in _card(page)


def _card(page: ServicePage) -> str:
    return render_to_string("cms/find/service.html", card_context(page, RESULT))
