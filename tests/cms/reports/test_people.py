"""Partners and their people."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.models import Invitation
from cms.partners.spaces import add_member, close_space
from tests.cms.dashboard.submitting import submit
from tests.cms.pages import add_partner, add_service
from tests.cms.reports.reading import page_of, rows_of

pytestmark = pytest.mark.django_db

NAME = "hub_report_people"


def test_a_partner_with_its_person_and_its_services(administrator, heron):
    heron.user.last_login = timezone.now() - timedelta(days=3)
    heron.user.save()
    (row,) = rows_of(administrator, NAME, partner=heron.page.pk)
    assert row["Person"] == "heron@example.org"
    assert row["State"] == "Has logged in"
    assert row["Last log-in"] == (timezone.localdate() - timedelta(days=3)).isoformat()
    # A live service with a change that is a draft, and a draft that was never live.
    assert (row["Live services"], row["Drafts"], row["Waiting for the hub"]) == ("1", "2", "0")


def test_what_waits_for_the_hub_is_counted(administrator, heron):
    submit(heron.live, heron.user)
    (row,) = rows_of(administrator, NAME, partner=heron.page.pk)
    assert row["Waiting for the hub"] == "1"


def _states(client, partner) -> dict[str, str]:
    found = rows_of(client, NAME, partner=partner.pk)
    return {row["Person"]: row["State"] for row in found}


def test_how_far_an_invitation_has_come(administrator, heron):
    heron.user.last_login = None
    heron.user.save()
    add_member(heron.space, "ola@example.org")
    Invitation.objects.filter(user__email="ola@example.org").update(sent=timezone.now())
    assert _states(administrator, heron.page) == {
        "heron@example.org": "The invitation did not go out",
        "ola@example.org": "Invited, has not come yet",
    }


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("unsent", {"heron@example.org"}),
        ("pending", {"ola@example.org"}),
        ("came", {"eve@example.org"}),
        ("none", set()),
        ("closed", set()),
    ],
)
def test_the_filter_by_state(administrator, heron, state, found):
    heron.user.last_login = None
    heron.user.save()
    for email in ("ola@example.org", "eve@example.org"):
        add_member(heron.space, email)
    Invitation.objects.exclude(user=heron.user).update(sent=timezone.now())
    eve = heron.space.group.user_set.get(email="eve@example.org")
    eve.last_login = timezone.now()
    eve.save()
    rows = rows_of(administrator, NAME, partner=heron.page.pk, state=state)
    assert {row["Person"] for row in rows} == found


def test_a_partner_without_a_space_or_without_people_is_there(administrator):
    page = add_partner("Without a space")
    add_service(page)
    (row,) = rows_of(administrator, NAME, partner=page.pk, state="none")
    assert (row["Person"], row["Live services"]) == ("nobody", "1")


def test_a_closed_space_is_said(administrator, heron):
    close_space(heron.space)
    assert set(_states(administrator, heron.page).values()) == {"The space is closed"}
    assert len(rows_of(administrator, NAME, partner=heron.page.pk, state="closed")) == 1


def test_somebody_in_two_partners_is_in_both(administrator, heron, otter):
    add_member(otter.space, heron.user.email)
    assert heron.user.email in _states(administrator, heron.page)
    assert heron.user.email in _states(administrator, otter.page)


def test_each_row_leads_to_the_partner(administrator, heron):
    said = page_of(administrator, NAME, partner=heron.page.pk)
    assert f'href="/admin/partners/{heron.space.pk}/"' in said
