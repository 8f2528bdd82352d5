"""The hub sees what changed beside what is public, and answers there."""

from datetime import time

import pytest
from django.urls import reverse
from wagtail.test.utils import WagtailTestUtils

from cms.models import SafeFields, ServicePage, ServicePageNeed, ServicePageSchedule
from directory.models import Area, Level
from tests.cms.confidential.editing import ADDRESS, service, tells
from tests.cms.moderation.steps import answer, edit, latest, live, look, public, submit

pytestmark = pytest.mark.django_db


def _sides(html: str) -> dict[str, tuple[str, str]]:
    """What stands left and right of each field."""
    rows = WagtailTestUtils.get_soup(html).select("table.nwd-sides tbody tr")
    found = {}
    for row in rows:
        label, left, right = (_text(cell) for cell in row.find_all(["th", "td"]))
        found[label] = (left, right)
    return found


def _text(cell) -> str:
    for part in cell.select("dt, dd, .nwd-tag"):
        part.append(" ")
    return " ".join(cell.get_text().split())


def test_the_public_words_stand_left_and_the_submitted_ones_right(heron, hub):
    before = live(heron.live).summary
    submit(heron.client, heron.live, summary="Somebody to talk to about money and rent.")
    sides = _sides(look(hub, heron.live))
    assert sides == {"Summary": (before, "Somebody to talk to about money and rent.")}


def test_what_differs_within_a_text_is_marked(heron, hub):
    heron.live.get_latest_revision().publish()
    submit(heron.client, heron.live, summary="Heron Trust secret plan")
    html = look(hub, heron.live)
    assert "Heron Trust secret <del>change</del>" in html
    assert "Heron Trust secret <ins>plan</ins>" in html


def test_needs_and_rows_are_compared_one_by_one(heron, hub):
    page = latest(heron.live)
    page.summary = live(heron.live).summary
    page.page_needs = [*page.page_needs.all(), ServicePageNeed(need_id="school-attendance")]
    rows = list(page.page_schedules.all())
    rows[0].closes_at = rows[0].closes_at.replace(hour=18)
    page.page_schedules = [
        *rows,
        ServicePageSchedule(byday="SA", opens_at=time(10), closes_at=time(12)),
    ]
    page.save_revision(user=heron.user)
    page.get_workflow().start(page, heron.user)
    sides = _sides(look(hub, heron.live))
    assert sides["Need new"][0] == "nothing"
    assert sides["Need new"][1].endswith("Main yes")
    assert "16:00" not in str(sides)  # opening hours are public at once


def test_rows_that_are_not_safe_show_their_old_and_new_words(heron, hub):
    SafeFields.objects.create(hours=False)
    page = latest(heron.live)
    row = page.page_schedules.get()
    row.closes_at = row.closes_at.replace(hour=18)
    page.page_schedules = [
        row,
        ServicePageSchedule(byday="SA", opens_at=time(10), closes_at=time(12)),
    ]
    page.save_revision(user=heron.user)
    page.get_workflow().start(page, heron.user)
    html = look(hub, heron.live)
    sides = _sides(html)
    assert "<del>16:00</del>" in html
    assert "<ins>18:00</ins>" in html
    assert "12:00" in sides["Opening hours new"][1]


def test_rows_that_only_got_another_key_are_no_change(heron, hub):
    page = latest(heron.live)
    for row in page.page_schedules.all():
        row.pk = None
    page.page_needs = [
        ServicePageNeed(need_id=row.need_id, main=row.main) for row in page.page_needs.all()
    ]
    page.save_revision(user=heron.user)
    page.get_workflow().start(page, heron.user)
    assert set(_sides(look(hub, heron.live))) == {"Summary"}


def test_areas_and_levels_show_each_name_that_comes_or_goes(heron, hub):
    page = latest(heron.live)
    page.areas = [
        Area.objects.get(code="E07000149"),
        Area.objects.exclude(code="E07000149").first(),
    ]
    page.levels = list(Level.objects.filter(code="universal"))
    page.save_revision(user=heron.user)
    page.get_workflow().start(page, heron.user)
    html = look(hub, heron.live)
    sides = _sides(html)
    assert sides["Areas that it serves"][0] == str(Area.objects.get(code="E07000149"))
    assert f"<ins>{page.areas.exclude(code='E07000149').get()}</ins>" in html
    assert f"<del>{Level.objects.get(code='emerging')}</del>" in html


def test_the_order_of_areas_in_the_database_is_no_change(heron, hub):
    page = latest(heron.live)
    page.levels = list(reversed(page.levels.order_by("pk")))
    page.save_revision(user=heron.user)
    page.get_workflow().start(page, heron.user)
    assert "Levels of need" not in _sides(look(hub, heron.live))


def test_of_a_first_submission_everything_is_new(heron, hub):
    submit(heron.client, heron.draft, phone="01632 960002")
    html = look(hub, heron.draft)
    assert "everything is new" in html
    sides = _sides(html)
    assert sides["Title"] == ("nothing", "Heron Trust secret draft")
    assert "09:30" in sides["Opening hours"][1]
    assert "Need" in sides
    assert "Areas that it serves" in sides
    assert all(left == "nothing" for left, _ in sides.values())


def test_dates_that_are_proposed_are_seen(heron, hub):
    submit(heron.client, heron.live, go_live_at="2040-02-01 09:00")
    assert "1 February 2040, 09:00" in str(_sides(look(hub, heron.live)))


def test_a_part_that_no_panel_shows_is_named(heron, hub):
    page = latest(heron.live)
    page.show_in_menus = True
    page.seo_title = "Not what the page says"
    page.save_revision(user=heron.user)
    page.get_workflow().start(page, heron.user)
    said = look(hub, heron.live)
    assert "Not what the page says" in said


def test_where_a_confidential_site_is_stays_hidden_from_editors(heron, hub, administrator):
    page = service(heron, confidential=True)
    submit(heron.client, page, summary="Changed", **{"page_sites-0-confidential": None})
    assert tells(look(hub, page)) == []
    assert "confidential" in look(hub, page)
    assert len(tells(look(administrator, page))) >= 1
    assert ADDRESS["address_1"] in look(administrator, page)


def test_whoever_may_not_publish_the_page_does_not_see_it(heron, otter, hub):
    submit(heron.client, heron.live)
    address = reverse("hub_review", args=[heron.live.pk])
    assert heron.client.get(address).status_code == 403
    assert otter.client.get(address).status_code == 403
    assert hub.get(reverse("hub_review", args=[10**6])).status_code == 404


def test_approving_makes_it_public(heron, hub):
    submit(heron.client, heron.live, summary="A better sentence")
    assert answer(hub, heron.live, "approve").status_code == 302
    assert public(heron.live)["summary"] == "A better sentence"
    assert not live(heron.live).workflow_in_progress


def test_sending_back_takes_a_word_of_why(heron, hub):
    submit(heron.client, heron.live, summary="Unclear")
    refused = answer(hub, heron.live, "reject", "  ")
    assert refused.status_code == 422
    assert "Say what should change" in refused.content.decode()
    assert live(heron.live).workflow_in_progress
    assert answer(hub, heron.live, "reject", "Say for whom it is.").status_code == 302
    assert live(heron.live).current_workflow_state.status == "needs_changes"
    assert public(heron.live)["summary"] != "Unclear"


def test_wagtails_own_way_of_sending_back_takes_one_too(heron, hub):
    submit(heron.client, heron.live, summary="Unclear")
    state = live(heron.live).current_workflow_task_state
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[heron.live.pk, "reject", state.pk]
    )
    hub.post(address, {"comment": " "})
    assert live(heron.live).workflow_in_progress
    hub.post(address, {"comment": "Say for whom it is."})
    assert live(heron.live).current_workflow_state.status == "needs_changes"


def test_what_was_not_seen_is_not_approved(heron, hub, administrator):
    submit(heron.client, heron.live, summary="Seen")
    seen = live(heron.live).latest_revision_id
    edit(administrator, heron.live, summary="Not seen")
    refused = answer(hub, heron.live, "approve", revision=seen)
    assert refused.status_code == 422
    assert "while you were looking" in refused.content.decode()
    assert live(heron.live).workflow_in_progress
    answer(hub, heron.live, "approve")
    assert public(heron.live)["summary"] == "Not seen"


def test_the_hub_edits_and_approves_what_a_partner_asked_for(heron, hub):
    submit(heron.client, heron.live, summary="Nearly")
    edit(hub, heron.live, summary="Right now")
    answer(hub, heron.live, "approve")
    assert public(heron.live)["summary"] == "Right now"


def test_somebody_of_the_partner_does_not_approve_for_it(heron, hub):
    submit(heron.client, heron.live, summary="Mine")
    hub.user.groups.add(heron.space.group)
    before = public(heron.live)["summary"]
    answer(hub, heron.live, "approve")
    assert public(heron.live)["summary"] == before


def test_somebody_of_a_partner_who_is_also_of_the_hub_does_not_publish(heron, hub):
    hub.user.groups.add(heron.space.group)
    before = public(heron.live)["summary"]
    edit(hub, heron.live, summary="Straight to the public", **{"action-publish": "1"})
    assert public(heron.live)["summary"] == before
    assert latest(heron.live).summary == "Straight to the public"


def test_an_answer_that_comes_too_late_is_said(heron, hub, administrator):
    submit(heron.client, heron.live, summary="A better sentence")
    answer(hub, heron.live, "approve")
    late = administrator.post(
        reverse("hub_review", args=[heron.live.pk]),
        {"answer": "reject", "comment": "No", "revision": live(heron.live).latest_revision_id},
        follow=True,
    )
    assert "Somebody has answered this already" in late.content.decode()
    assert public(heron.live)["summary"] == "A better sentence"


def test_what_cannot_go_live_is_said_and_still_waits(heron, hub):
    page = latest(heron.live)
    page.summary = "New"
    page.languages = "not codes"
    page.save_revision(user=heron.user, clean=False)
    page.get_workflow().start(page, heron.user)
    refused = answer(hub, heron.live, "approve")
    assert refused.status_code == 422
    assert "It cannot go live as it is" in refused.content.decode()
    assert live(heron.live).workflow_in_progress


def test_the_edit_page_and_the_dashboard_lead_to_it(heron, hub):
    submit(heron.client, heron.live, summary="A better sentence")
    address = reverse("hub_review", args=[heron.live.pk])
    assert (
        address
        in hub.get(reverse("wagtailadmin_pages:edit", args=[heron.live.pk])).content.decode()
    )
    assert address in hub.get(reverse("wagtailadmin_home")).content.decode()
    edited = heron.client.get(reverse("wagtailadmin_pages:edit", args=[heron.live.pk]))
    assert address not in edited.content.decode()


def test_looking_costs_a_known_number_of_queries(heron, hub, django_assert_max_num_queries):
    submit(heron.client, heron.live, summary="A better sentence")
    look(hub, heron.live)
    with django_assert_max_num_queries(60):
        look(hub, heron.live)


def test_only_services_that_a_partner_has_changed_are_reviewable(heron, hub):
    assert "Nothing of it waits" in look(hub, ServicePage.objects.exclude(pk=heron.live.pk).first())
