"""Small changes are public at once, as the hub's policy says; nothing else ever is."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageLogEntry

from cms.models import SafeFields, ServicePage, ServicePageHoliday, ServicePageSite
from cms.moderation.differences import content_of, differing
from cms.moderation.safe import PARTS, publish_safe, words_of
from directory.models import Area
from tests.cms.confidential.editing import service
from tests.cms.moderation.steps import answer, edit, latest, live, public, submit
from tests.cms.pages import add_partner, add_service

pytestmark = pytest.mark.django_db

#: A site that everybody sees, so that there is a row to change.
SITE = {
    "name": "The old forge",
    "address_1": "7 Quill Yard",
    "city": "Diss",
    "postal_code": "IP22 4AA",
}


@pytest.fixture
def page() -> ServicePage:
    return add_service(
        add_partner(),
        sites=(ServicePageSite(**SITE),),
        phone="01632 960001",
        assured_date=timezone.localdate() - timedelta(days=90),
    )


# What a change of each part of a service looks like, made from the model itself: a field that is
# added later is changed by these tests as well.


def _changed(name: str, value: Any) -> Any:
    """Another value for a part of a page, as a revision holds it."""
    if name == "page_holidays":
        day = timezone.localdate().isoformat()
        row = {"valid_from": day, "valid_to": day, "opens_at": None, "closes_at": None}
        return [{"pk": None, "sort_order": 0, "description": "", **row}]
    if isinstance(value, list):
        return _changed_list(value)
    if name == "assured_date":
        return timezone.localdate().isoformat()
    field = ServicePage._meta.get_field(name)
    if field.is_relation:
        return value
    if isinstance(field, models.UUIDField):
        return str(uuid.uuid4())
    if name in _SPECIAL:
        return _SPECIAL[name]
    if isinstance(field, models.DateTimeField):
        return (timezone.now() + timedelta(days=400)).isoformat()
    if isinstance(field, models.DateField):
        return (timezone.localdate() + timedelta(days=9)).isoformat()
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.IntegerField):
        return 7
    return f"{value}-x"


_SPECIAL = {
    "phone": "01632 960999",
    "email": "other@example.org",
    "website": "https://other.example.org/",
    "capacity": "limited",
    "languages": "en pl",
}


def _changed_list(value: list) -> list:
    """Rows with one of their fields changed; of several names, one fewer."""
    if not value or not isinstance(value[0], dict):
        return value[:-1]
    row = dict(value[0])
    if "closes_at" in row:
        row["closes_at"] = "17:45:00"
    elif "main" in row:
        row["main"] = not row["main"]
    else:
        row["city"] = "Elsewhere"
    return [row, *value[1:]]


def _changeable(page: ServicePage) -> list[str]:
    """Parts of a page that the change above makes different."""
    content = content_of(page)
    return sorted(
        name
        for name in content
        if name != "pk" and differing(content, content | {name: _any_change(name, content)})
    )


def _any_change(name: str, content: dict) -> Any:
    try:
        return _changed(name, content[name])
    except models.FieldDoesNotExist:
        return content[name]


@contextmanager
def _undone() -> Iterator[None]:
    """Whatever is done within is undone: one example does not change the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


ALL_PARTS = frozenset(PARTS.values())
#: What the hub decides on. That nothing has changed is public at once, whatever it decides.
POLICY = PARTS.keys() - {"still_right"}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_part_goes_live_but_those_that_the_policy_names(page, data):
    """Whatever is changed together, whatever the policy, and whatever an older draft says."""
    names = _changeable(page)
    assert set(names) > ALL_PARTS
    in_draft = data.draw(st.sets(st.sampled_from(names), max_size=4), "changed in an older draft")
    submitted = data.draw(st.sets(st.sampled_from(names), min_size=1), "changed and submitted")
    policy = data.draw(
        st.fixed_dictionaries(dict.fromkeys(sorted(POLICY), st.booleans())), "policy"
    )
    with _undone():
        SafeFields.objects.all().delete()
        SafeFields.objects.create(**policy)
        before = content_of(live(page))
        for changed in (in_draft, in_draft | submitted):
            content = before | {name: _changed(name, before[name]) for name in changed}
            live(page).with_content_json(content).save_revision(clean=False)
        wanted = content_of(latest(page))
        outcome = publish_safe(live(page), None)

        now = content_of(live(page))
        allowed = {part for field, part in PARTS.items() if policy.get(field, True)}
        assert differing(before, now) <= allowed & (in_draft | submitted)
        assert {PARTS[field] for field in outcome.fields} == differing(before, now)
        assert differing(wanted, content_of(latest(page))) == set()
        assert outcome.rest == bool(differing(now, wanted))
        assert live(page).has_unpublished_changes == outcome.rest


@pytest.mark.parametrize("field", sorted(POLICY))
def test_each_part_alone_is_public_at_once_if_the_hub_says_so(page, field):
    policy = dict.fromkeys(POLICY, False) | {field: True}
    SafeFields.objects.create(**policy)
    if field == "closed_until":  # a day that only a service that is closed can name
        ServicePage.objects.filter(pk=page.pk).update(capacity="closed")
    name, before = PARTS[field], content_of(live(page))
    changed = before | {name: _changed(name, before[name])}
    live(page).with_content_json(changed).save_revision()
    outcome = publish_safe(live(page), None)
    assert (outcome.fields, outcome.rest) == ((field,), False)
    assert differing(before, content_of(live(page))) == {name}
    assert not live(page).has_unpublished_changes


def test_a_partners_new_phone_number_is_public_when_it_submits(heron, hub, mailoutbox):
    heron.live.get_latest_revision().publish()
    said = submit(heron.client, heron.live, phone="01632 960123")
    assert public(heron.live)["phone"] == "01632 960123"
    page = live(heron.live)
    assert not page.workflow_in_progress
    assert not page.has_unpublished_changes
    assert mailoutbox == []
    told = heron.client.get(said.url).content.decode()
    assert "Public already: phone number. Nothing waits for the hub." in told


def test_it_is_in_the_history_with_who_and_what(heron, hub):
    submit(heron.client, heron.live, phone="01632 960123", waiting_weeks="3")
    entry = PageLogEntry.objects.get(page=heron.live.pk, action="cms.publish_safe")
    assert entry.user == heron.user
    assert sorted(entry.data["fields"]) == ["phone", "waiting_weeks"]
    shown = hub.get(reverse("wagtailadmin_pages:history", args=[heron.live.pk])).content.decode()
    assert "Went live at once: phone number, weeks to wait" in shown


def test_the_rest_of_a_change_waits_and_keeps_what_went_live(heron, hub):
    before = public(heron.live)["summary"]
    submit(heron.client, heron.live, phone="01632 960123", summary="A better sentence")
    assert public(heron.live)["phone"] == "01632 960123"
    assert public(heron.live)["summary"] == before
    page = live(heron.live)
    assert page.workflow_in_progress
    assert latest(page).summary == "A better sentence"
    answer(hub, heron.live, "approve")
    assert public(heron.live)["summary"] == "A better sentence"
    assert public(heron.live)["phone"] == "01632 960123"


def test_an_older_draft_does_not_slip_out_with_a_phone_number(heron):
    """The partner's latest draft says a secret; its person submits a phone number on top of it."""
    submit(heron.client, heron.live, phone="01632 960123")
    assert latest(heron.live).summary == "Heron Trust secret change"
    assert "secret" not in public(heron.live)["summary"]
    assert public(heron.live)["phone"] == "01632 960123"


def test_saving_a_draft_publishes_nothing(heron):
    edit(heron.client, heron.live, phone="01632 960123")
    assert public(heron.live)["phone"] == "01632 960001"


def test_what_goes_live_can_be_taken_back_by_the_hub(heron, hub):
    before = live(heron.live).live_revision
    submit(heron.client, heron.live, phone="01632 960123")
    before.publish(user=hub.user)
    assert public(heron.live)["phone"] == "01632 960001"


def test_new_opening_hours_are_public_once_and_approving_the_rest_keeps_them(heron, hub):
    rows = {
        "page_schedules-0-closes_at": "17:00",
        "page_schedules-TOTAL_FORMS": "2",
        "page_schedules-1-id": "",
        "page_schedules-1-byday": "SA",
        "page_schedules-1-opens_at": "10:00",
        "page_schedules-1-closes_at": "12:00",
        "page_schedules-1-ORDER": "2",
        "page_schedules-1-DELETE": "",
    }
    submit(heron.client, heron.live, summary="A better sentence", **rows)
    hours = public(heron.live)["schedules"]
    assert [row["closes_at"] for row in hours] == ["17:00", "12:00"]
    answer(hub, heron.live, "approve")
    assert public(heron.live)["schedules"] == hours
    assert live(heron.live).page_schedules.count() == 2


def test_the_hub_decides_what_is_safe(heron, administrator):
    address = reverse("wagtailsettings:edit", args=["cms", "safefields", SafeFields.load().pk])
    assert administrator.get(address).status_code == 200
    administrator.post(address, {"website": "on"})
    submit(heron.client, heron.live, phone="01632 960123", website="https://heron.example.org/")
    assert public(heron.live)["phone"] == "01632 960001"
    assert public(heron.live)["website"] == "https://heron.example.org/"


def test_editors_of_the_hub_and_partners_do_not_decide_it(heron, hub):
    address = reverse("wagtailsettings:edit", args=["cms", "safefields", SafeFields.load().pk])
    for client in (hub, heron.client):
        client.post(address, {"website": "on"})
    assert not SafeFields.load().website


@pytest.mark.parametrize(
    ("number", "at_once"),
    [
        ("01632 960123", True),
        ("+44 (0)1632 960123 ext 4", True),
        ("01632 960123, option 2", True),
        ("", True),
        ("ring the house at 7 Quill Yard", False),
        ("01632 960123 ask for Ola", False),
    ],
)
def test_only_a_number_is_a_safe_phone_number(page, number, at_once):
    page.phone = number
    page.save_revision()
    assert ("phone" in publish_safe(page, None).fields) is at_once


@pytest.mark.parametrize(
    ("days", "at_once"), [(-200, False), (-90, False), (-1, True), (0, True), (1, False)]
)
def test_only_a_later_day_that_has_come_is_still_right(page, days, at_once):
    page.assured_date = timezone.localdate() + timedelta(days=days)
    page.save_revision()
    assert ("still_right" in publish_safe(page, None).fields) is at_once


def test_that_nothing_has_changed_waits_for_nobody_whatever_the_hub_ticks(page):
    SafeFields.objects.create(**dict.fromkeys(POLICY, False))
    assert {field.name for field in SafeFields._meta.fields} - {"id"} == POLICY
    page.assured_date = timezone.localdate()
    page.phone = "01632 960123"
    page.save_revision()
    outcome = publish_safe(page, None)
    assert (outcome.fields, outcome.rest) == (("still_right",), True)
    assert live(page).assured_date == timezone.localdate()
    assert live(page).phone == "01632 960001"


def test_the_history_still_says_what_was_confirmed():
    assert words_of(["phone", "still_right"]) == (
        "phone number, “still right”: the date of confirmation"
    )


def test_contacts_of_a_service_with_a_confidential_site_are_looked_at(heron):
    SafeFields.objects.create(email=True, website=True)
    page = service(heron, confidential=True)
    submit(
        heron.client,
        page,
        phone="01632 960123",
        website="https://where.example.org/",
        waiting_weeks="3",
    )
    assert public(page)["phone"] == "01632 960001"
    assert public(page)["website"] == ""
    assert public(page)["waiting_weeks"] == 3


def test_a_site_is_never_safe(heron):
    page = service(heron)
    before = public(page)["locations"]
    submit(heron.client, page, **{"page_sites-0-city": "Elsewhere"})
    assert public(page)["locations"] == before
    assert live(page).workflow_in_progress


def test_of_a_service_that_is_not_public_nothing_goes_live(heron):
    submit(heron.client, heron.draft, phone="01632 960123")
    assert not live(heron.draft).live
    assert live(heron.draft).workflow_in_progress


def test_a_live_version_that_would_not_be_valid_is_left_alone(page):
    ServicePage.objects.filter(pk=page.pk).update(languages="not codes")
    page.phone = "01632 960123"
    page.save_revision()
    outcome = publish_safe(page, None)
    assert (outcome.fields, outcome.rest) == ((), True)
    assert live(page).phone == "01632 960001"


def test_a_proposed_date_does_not_hold_back_or_come_with_a_safe_change(heron):
    submit(heron.client, heron.live, phone="01632 960123", go_live_at="2040-02-01 09:00")
    assert public(heron.live)["phone"] == "01632 960123"
    assert live(heron.live).go_live_at is None
    assert latest(heron.live).go_live_at is not None
    assert live(heron.live).workflow_in_progress


def test_what_is_approved_for_a_later_day_stays_so(page):
    page.go_live_at = timezone.now() + timedelta(days=30)
    page.save_revision().publish()
    page = live(page)
    page.phone = "01632 960123"
    page.save_revision()
    assert publish_safe(page, None).fields == ()
    assert live(page).scheduled_revision is not None


def test_what_was_sent_back_may_come_again_with_a_safe_part(heron, hub):
    submit(heron.client, heron.live, summary="Unclear")
    answer(hub, heron.live, "reject", "Say for whom it is.")
    submit(heron.client, heron.live, summary="Clear", phone="01632 960123")
    assert public(heron.live)["phone"] == "01632 960123"
    assert live(heron.live).current_workflow_state.status == "in_progress"


def test_a_return_that_leaves_only_safe_changes_ends_the_review(heron, hub):
    page = live(heron.live)
    public_words = page.summary
    submit(heron.client, heron.live, summary="Unclear")
    answer(hub, heron.live, "reject", "Leave it as it was.")
    submit(heron.client, heron.live, summary=public_words, phone="01632 960123")
    page = live(heron.live)
    assert public(heron.live)["phone"] == "01632 960123"
    assert page.current_workflow_state is None
    assert not page.has_unpublished_changes


def test_holidays_are_safe_by_themselves(page):
    SafeFields.objects.create(hours=False)
    day = timezone.localdate()
    page.page_holidays = [ServicePageHoliday(valid_from=day, valid_to=day, description="Christmas")]
    page.areas = list(Area.objects.all()[:2])
    page.save_revision()
    outcome = publish_safe(page, None)
    assert outcome.fields == ("holidays",)
    assert outcome.rest
    assert live(page).page_holidays.get().description == "Christmas"


def test_submitting_nothing_but_a_hidden_address_leaves_nothing_to_wait_for(heron):
    page = service(heron)
    submit(heron.client, page, **{"page_sites-0-confidential": "on"})
    page.refresh_from_db()
    assert page.page_sites.get().confidential
    assert page.current_workflow_state is None
    assert not page.has_unpublished_changes
