"""Opening and closing on a day: a partner proposes it, the hub approves it, a timer does it."""

from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.utils import timezone

from directory.models import Listing
from tests.cms.moderation.steps import answer, live, public, submit

pytestmark = pytest.mark.django_db

OPENS, CLOSES = "2040-02-01 09:00", "2040-06-30 18:00"


def _on(day: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(day))


def _timer_at(moment: datetime) -> None:
    """The timer's command, run at another time."""
    with patch("django.utils.timezone.now", return_value=moment):
        call_command("publish_scheduled")


def _is_found(page) -> bool:
    return Listing.objects.live().filter(service_id=page.service_id).exists()


def test_a_service_opens_on_its_day(heron, hub):
    submit(heron.client, heron.draft, phone="01632 960002", go_live_at=OPENS)
    answer(hub, heron.draft, "approve")
    assert not _is_found(heron.draft)
    _timer_at(_on(OPENS) - timedelta(minutes=1))
    assert not _is_found(heron.draft)
    _timer_at(_on(OPENS) + timedelta(minutes=1))
    assert _is_found(heron.draft)
    assert live(heron.draft).live


def test_a_change_of_a_live_service_comes_on_its_day(heron, hub):
    before = public(heron.live)["summary"]
    submit(heron.client, heron.live, go_live_at=OPENS, summary="From February on: mornings too")
    answer(hub, heron.live, "approve")
    assert public(heron.live)["summary"] == before
    _timer_at(_on(OPENS) + timedelta(minutes=1))
    assert public(heron.live)["summary"] == "From February on: mornings too"


def test_a_service_closes_on_its_day(heron, hub):
    submit(heron.client, heron.live, expire_at=CLOSES)
    _timer_at(_on(CLOSES) + timedelta(minutes=1))
    assert _is_found(heron.live)  # nobody has approved it yet
    answer(hub, heron.live, "approve")
    assert _is_found(heron.live)
    _timer_at(_on(CLOSES) - timedelta(minutes=1))
    assert _is_found(heron.live)
    _timer_at(_on(CLOSES) + timedelta(minutes=1))
    assert not _is_found(heron.live)
    assert live(heron.live).expired


def test_what_a_partner_proposes_without_approval_never_opens(heron):
    submit(heron.client, heron.draft, phone="01632 960002", go_live_at=OPENS)
    _timer_at(_on(OPENS) + timedelta(days=1))
    assert not _is_found(heron.draft)


def test_the_partner_is_told_that_it_goes_public_later(
    heron, hub, mailoutbox, django_capture_on_commit_callbacks
):
    submit(heron.client, heron.draft, phone="01632 960002", go_live_at=OPENS)
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answer(hub, heron.draft, "approve")
    assert "on the day that it is planned for" in mailoutbox[0].body
