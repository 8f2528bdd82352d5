"""A partner exchanges its own services and no others, and publishes nothing by it."""

import pytest
from django.core.exceptions import PermissionDenied

from cms.exchange.scope import may_exchange, scope_of
from cms.models import ServicePage
from cms.partners.spaces import add_member, close_space
from directory.models import Listing
from tests.cms.exchange.files import NEW, applied, exported, planned, row_of, said
from tests.cms.partners.test_moderation import _moderate

pytestmark = pytest.mark.django_db


def test_its_export_holds_its_own_services_alone(as_heron, otter):
    text = exported(as_heron).decode()
    assert "Heron Trust secret draft" in text
    assert "Otter" not in text


def test_anothers_service_and_one_that_is_not_there_are_refused_in_the_same_words(as_heron, otter):
    there = planned(as_heron, {"Service id": str(otter.live.service_id), "Summary": "Mine"})
    nowhere = planned(
        as_heron, {"Service id": "11111111-1111-4111-8111-111111111111", "Summary": "Mine"}
    )
    assert said(there) == said(nowhere)
    assert "no such service of yours" in said(there)[0][2]
    assert there.rows[0].as_json() == nowhere.rows[0].as_json()


def test_it_adds_nothing_to_another_partner(as_heron, otter):
    there = planned(as_heron, NEW | {"Partner": "Otter Society"})
    nowhere = planned(as_heron, NEW | {"Partner": "Nobody At All"})
    assert said(there) == said(nowhere)
    assert said(there)[0][1] == "Partner"
    assert "Otter" not in said(nowhere)[0][2]


def test_what_it_adds_waits_for_the_hub(as_heron, heron, hub):
    assert applied(as_heron, NEW).created == 1
    page = ServicePage.objects.get(title="Benefit checks")
    assert (page.live, page.workflow_in_progress, page.owner) == (False, True, heron.user)
    assert not Listing.objects.filter(service_id=page.service_id).exists()
    _moderate(hub, page, "approve")
    assert Listing.objects.live().filter(service_id=page.service_id).exists()


def test_what_it_changes_waits_for_the_hub(as_heron, heron, hub):
    row = row_of(as_heron, heron.live) | {"Name": "Another name"}
    applied(as_heron, row)
    page = ServicePage.objects.get(pk=heron.live.pk)
    assert page.title != "Another name"
    assert page.workflow_in_progress
    _moderate(hub, page, "approve")
    assert ServicePage.objects.get(pk=page.pk).title == "Another name"


def test_drafts_wait_for_nobody(as_heron, heron):
    applied(as_heron, row_of(as_heron, heron.live) | {"Name": "Another name"}, publish=False)
    page = ServicePage.objects.get(pk=heron.live.pk)
    assert not page.workflow_in_progress
    assert page.get_latest_revision_as_object().title == "Another name"


def test_what_was_sent_back_is_submitted_again_by_a_file(as_heron, heron, hub):
    applied(as_heron, row_of(as_heron, heron.live) | {"Name": "First try"})
    _moderate(hub, heron.live, "reject", "Say it plainer.")
    applied(as_heron, row_of(as_heron, heron.live) | {"Name": "Second try"})
    assert ServicePage.objects.get(pk=heron.live.pk).workflow_in_progress


def test_what_is_with_the_hub_is_not_changed_under_its_hands(as_heron, heron):
    applied(as_heron, row_of(as_heron, heron.live) | {"Name": "First"})
    plan = planned(as_heron, row_of(as_heron, heron.live) | {"Name": "Second"})
    assert "with the hub for review" in said(plan)[0][2]


def test_who_is_bound_as_a_partner_has_a_partners_scope(heron, otter, hub):
    hub.user.groups.add(heron.space.group)
    scope = scope_of(hub.user)
    assert (scope.hub, [partner.pk for partner in scope.partners]) == (False, [heron.page.pk])


def test_somebody_of_two_partners_reaches_both(heron, otter):
    add_member(otter.space, heron.user.email)
    text = exported(scope_of(heron.user)).decode()
    assert "Otter Society live service" in text
    assert said(planned(scope_of(heron.user), NEW | {"Partner": ""}))[0][1] == "Partner"


def test_a_closed_partner_exchanges_nothing(heron, otter):
    close_space(heron.space)
    assert not may_exchange(heron.user)
    with pytest.raises(PermissionDenied):
        scope_of(heron.user)


def test_a_user_without_a_role_exchanges_nothing(django_user_model, db):
    user = django_user_model.objects.create_user("practitioner")
    assert not may_exchange(user)
    with pytest.raises(PermissionDenied):
        scope_of(user)
