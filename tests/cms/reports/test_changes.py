"""What was done to partners and services, by whom."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry

from cms.assurance.confirming import confirm
from cms.models import HomePage
from tests.cms.dashboard.submitting import send_back, submit
from tests.cms.pages import add_partner, add_service
from tests.cms.reports.reading import rows_of

pytestmark = pytest.mark.django_db

NAME = "hub_report_changes"


def test_who_did_what_is_said_the_latest_first(hub):
    partner = add_partner()
    page = add_service(partner, "Kingfisher casework")
    confirm(page, timezone.localdate(), by=hub.user)
    first = rows_of(hub, NAME)[0]
    assert first["Page"] == "Kingfisher casework"
    assert first["Partner"] == partner.title
    assert first["What was done"] == "Confirmed that it is still right"
    assert first["By"] == "editor"


def test_the_filters(hub):
    one, other = add_partner("Heron Trust"), add_partner("Otter Society")
    page = add_service(one, "Of the herons")
    add_service(other, "Of the otters")
    confirm(page, timezone.localdate(), by=hub.user)
    assert {row["Partner"] for row in rows_of(hub, NAME, partner=one.pk)} == {"Heron Trust"}
    (confirmed,) = rows_of(hub, NAME, action="cms.confirm", partner=one.pk)
    assert confirmed["Page"] == "Of the herons"
    assert len(rows_of(hub, NAME, user=hub.user.pk)) == 1
    today = timezone.localdate()
    tomorrow, yesterday = today + timedelta(days=1), today - timedelta(days=1)
    query = {"partner": one.pk}
    assert rows_of(hub, NAME, timestamp_from=tomorrow.isoformat(), **query) == []
    assert rows_of(hub, NAME, timestamp_to=yesterday.isoformat(), **query) == []
    assert rows_of(hub, NAME, timestamp_from=today.isoformat(), **query)


def test_a_comment_to_the_partner_is_shown(hub, heron):
    send_back(submit(heron.live, heron.user), hub.user, "Say for whom it is.")
    comments = {row["Comment"] for row in rows_of(hub, NAME, partner=heron.page.pk)}
    assert any("Say for whom it is." in comment for comment in comments)


def test_what_was_deleted_stays_in_the_list(hub):
    page = add_service(add_partner(), "Soon gone")
    page.delete()
    found = [row for row in rows_of(hub, NAME) if row["Page"].startswith("Soon gone")]
    assert found
    assert {row["Page"] for row in found} == {"Soon gone (deleted)"}


def test_other_pages_are_not_in_it(hub):
    home = HomePage.objects.get()
    home.save_revision(user=hub.user, log_action=True)
    assert PageLogEntry.objects.filter(page=home).exists()
    assert home.title not in {row["Page"] for row in rows_of(hub, NAME)}
