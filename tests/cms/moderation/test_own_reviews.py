"""What somebody of the hub has submitted is made public by somebody else, or not at all."""

import pytest
from django.urls import reverse

from tests.cms.moderation.steps import answer, edit, latest, live, public, submit

pytestmark = pytest.mark.django_db

PUBLISH = {"action-publish": "1"}


def test_publishing_what_one_has_submitted_is_refused_and_what_was_typed_is_kept(
    heron, hub, administrator
):
    submit(hub, heron.live, summary="By the editor")
    response = edit(hub, heron.live, summary="By the editor, again", **PUBLISH)
    assert not public(heron.live)["summary"].startswith("By the editor")
    assert latest(heron.live).summary == "By the editor, again"
    assert live(heron.live).workflow_in_progress
    said = hub.get(response.url).content.decode()
    assert "so somebody else approves it: administrator@example.org." in said
    assert "What you changed is kept as a draft." in said


def test_nor_is_there_a_button_for_it(heron, hub, administrator):
    form = reverse("wagtailadmin_pages:edit", args=[heron.live.pk])
    button = 'name="action-publish"'
    assert button in hub.get(form).content.decode()
    submit(hub, heron.live, summary="By the editor")
    assert button not in hub.get(form).content.decode()
    assert button in administrator.get(form).content.decode()


def test_who_is_bound_as_a_partner_has_no_button_for_it_on_the_form_for_a_new_page(
    heron, hub, administrator
):
    form = reverse(
        "wagtailadmin_pages:add", args=["cms", "servicepage", heron.live.get_parent().pk]
    )
    assert 'name="action-publish"' in administrator.get(form).content.decode()
    administrator.user.groups.add(heron.space.group)
    said = administrator.get(form).content.decode()
    assert 'name="action-submit"' in said
    assert 'name="action-publish"' not in said


def test_when_nobody_else_may_approve_it_that_is_said(heron, hub):
    submit(hub, heron.live, summary="By the editor")
    response = edit(hub, heron.live, summary="By the editor, again", **PUBLISH)
    assert "nobody else of the hub may approve it" in hub.get(response.url).content.decode()


def test_who_is_bound_as_the_partner_is_not_named(heron, hub, administrator):
    administrator.user.groups.add(heron.space.group)
    submit(hub, heron.live, summary="By the editor")
    response = edit(hub, heron.live, summary="By the editor, again", **PUBLISH)
    assert "nobody else of the hub may approve it" in hub.get(response.url).content.decode()


def test_after_it_was_sent_back_it_is_not_published_by_who_asked_either(heron, hub, administrator):
    submit(hub, heron.live, summary="By the editor")
    answer(administrator, heron.live, "reject", "Say for whom it is.")
    edit(hub, heron.live, summary="By the editor, again", **PUBLISH)
    assert not public(heron.live)["summary"].startswith("By the editor")


def test_superusers_do_not_publish_what_they_have_submitted_either(
    heron, hub, client, django_user_model
):
    client.force_login(django_user_model.objects.create_superuser("root", "root@example.org", "x"))
    submit(client, heron.live, summary="By the superuser")
    edit(client, heron.live, summary="By the superuser", **PUBLISH)
    assert public(heron.live)["summary"] != "By the superuser"


def test_somebody_else_of_the_hub_publishes_it(heron, hub, administrator):
    submit(hub, heron.live, summary="By the editor")
    edit(administrator, heron.live, summary="By the administrator", **PUBLISH)
    assert public(heron.live)["summary"] == "By the administrator"


def test_the_hubs_direct_edits_are_not_reviewed(heron, hub):
    edit(hub, heron.live, summary="By the editor", **PUBLISH)
    assert public(heron.live)["summary"] == "By the editor"


def _publish_in_bulk(browser, page, **ticked):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return browser.post(f"{address}?id={page.pk}&next={reverse('wagtailadmin_home')}", ticked)


def test_ticking_it_in_a_list_publishes_it_no_more_than_its_form(heron, hub, administrator):
    submit(hub, heron.live, summary="By the editor")
    response = _publish_in_bulk(hub, heron.live)
    assert public(heron.live)["summary"] != "By the editor"
    said = hub.get(response.url).content.decode()
    assert "so somebody else approves it: administrator@example.org." in said
    _publish_in_bulk(administrator, heron.live)
    assert public(heron.live)["summary"] == "By the editor"


def test_nor_does_ticking_the_page_above_it_with_all_below(heron, hub, administrator):
    submit(hub, heron.draft, phone="01632 960001")
    _publish_in_bulk(hub, heron.page, include_descendants="on")
    assert not live(heron.draft).live
    _publish_in_bulk(administrator, heron.page, include_descendants="on")
    assert live(heron.draft).live


def test_other_pages_are_published_from_a_list_as_ever(heron, hub):
    submit(hub, heron.draft, phone="01632 960001")
    _publish_in_bulk(hub, heron.live)
    assert public(heron.live)["summary"] == "Heron Trust secret change"
    _publish_in_bulk(hub, heron.page)
    assert not live(heron.draft).live
