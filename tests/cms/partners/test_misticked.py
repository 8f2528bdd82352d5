"""A partner's person who was put into the hub's groups as well is bound as a partner."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.admin.models import EditingSession

from cms.models import PartnerPage, ServicePage
from cms.partners.boundary import ALLOWED
from cms.partners.roles import ADMINISTRATORS, EDITORS
from cms.partners.spaces import close_space, open_space
from directory.models import Listing
from tests.cms.moderation.steps import edit, latest, submit
from tests.cms.partners.test_boundary import _OWN_ACCOUNT, _addresses, _said
from tests.cms.test_admin import _create

pytestmark = pytest.mark.django_db


@pytest.fixture
def misticked(heron):
    """Heron Trust's browser, its person in both groups of the hub as well."""
    heron.user.groups.add(*Group.objects.filter(name__in=(EDITORS, ADMINISTRATORS)))
    return heron.client


@pytest.fixture
def reviewed(otter):
    """Another partner's service while the hub looks at it: reviewers may open it."""
    submit(otter.client, otter.draft, phone="01632 960001")
    assert ServicePage.objects.get(pk=otter.draft.pk).workflow_in_progress
    return otter.draft


def _is_there(partner) -> set[int]:
    pages = partner.page.get_descendants(inclusive=True)
    return set(pages.values_list("pk", flat=True))


# What it does goes live when the hub says so.


def test_a_new_service_of_theirs_is_a_draft_whatever_they_ask_for(misticked, heron, client):
    assert _create(misticked, heron.page).status_code == 302
    page = ServicePage.objects.child_of(heron.page).get(title="Kingfisher casework")
    assert not page.live
    assert not Listing.objects.live().filter(service_id=page.service_id).exists()
    assert client.get(page.get_url()).status_code == 404


def test_what_they_change_is_a_draft_and_can_be_submitted(misticked, heron):
    before = Listing.objects.get(service_id=heron.live.service_id).document
    edit(misticked, heron.live, summary="At once", **{"action-publish": "1"})
    assert latest(heron.live).summary == "At once"
    submit(misticked, heron.live, summary="In turn")
    assert Listing.objects.get(service_id=heron.live.service_id).document == before
    assert ServicePage.objects.get(pk=heron.live.pk).workflow_in_progress


def test_their_own_service_is_closed_to_them_while_the_hub_looks_at_it(misticked, heron):
    submit(heron.client, heron.live, summary="News")
    response = misticked.get(reverse("wagtailadmin_pages:edit", args=[heron.live.pk]))
    assert response.context["locked_for_user"]
    for action in ("approve", "reject"):
        assert f'data-workflow-action-name="{action}"' not in _said(response)


# A partner's own page is not its to delete, so nobody gets out of the space that binds them.


def test_what_is_live_is_not_theirs_to_delete(misticked, heron):
    before = _is_there(heron)
    misticked.post(reverse("wagtailadmin_pages:delete", args=[heron.live.pk]))
    assert _is_there(heron) == before


@pytest.mark.parametrize("ask", ["get", "post"])
def test_a_partners_page_that_is_empty_and_not_public_is_not_theirs_to_delete(
    ask, misticked, heron
):
    ServicePage.objects.get(pk=heron.live.pk).delete()
    ServicePage.objects.get(pk=heron.draft.pk).delete()
    page = PartnerPage.objects.get(pk=heron.page.pk)
    page.unpublish()
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])
    assert getattr(misticked, ask)(address).status_code == 403
    assert _is_there(heron) == {page.pk}
    assert misticked.get(reverse("wagtailadmin_reports:site_history")).status_code == 403


def test_nor_is_it_for_a_partner_who_is_in_no_other_group(heron):
    page = open_space("Teal Circle").page
    page.space.group.user_set.add(heron.user)
    page.unpublish()
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])
    assert heron.client.post(address).status_code == 403
    assert PartnerPage.objects.filter(pk=page.pk).exists()


def test_the_hub_deletes_it_and_a_partner_its_own_draft(heron, hub):
    heron.client.post(reverse("wagtailadmin_pages:delete", args=[heron.draft.pk]))
    assert not ServicePage.objects.filter(pk=heron.draft.pk).exists()
    page = open_space("Teal Circle").page
    hub.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not PartnerPage.objects.filter(pk=page.pk).exists()


# Of other partners they learn nothing.


#: What is asked of views that list or search.
QUERIES = ("", "?q=secret", "?q=secret&search_all=1", "?fields=*&search=secret&limit=20")
LISTING = ("explore", "search", "api", "chooser", "home", "history")


def test_no_view_that_is_theirs_tells_of_another_partner(misticked, heron, otter, reviewed):
    """Asked for with what is their own, with what is the other's, and searching everywhere."""
    telling = []
    for name in sorted(name for name in ALLOWED if not name.startswith(_OWN_ACCOUNT)):
        for address in dict.fromkeys(_addresses(name, heron) + _addresses(name, otter)):
            for query in QUERIES if any(word in name for word in LISTING) else ("",):
                said = _said(misticked.get(address + query, follow=True))
                if "Otter" in said or "otter@example.org" in said:
                    telling.append((name, address + query))
    assert telling == []


def test_the_way_down_to_their_pages_shows_no_other(misticked, heron, otter):
    directory = heron.page.get_parent()
    for name in ("wagtailadmin_explore", "wagtailadmin_explore_results"):
        for query in QUERIES:
            address = reverse(name, args=[directory.pk]) + query
            assert "Otter" not in _said(misticked.get(address, follow=True)), address


def test_a_review_of_another_partner_opens_nothing(misticked, otter, reviewed):
    session = EditingSession.objects.create(
        user=otter.user,
        content_type=ContentType.objects.get_for_model(ServicePage),
        object_id=str(reviewed.pk),
        last_seen_at=ServicePage.objects.get(pk=reviewed.pk).latest_revision_created_at,
    )
    ping = reverse(
        "wagtailadmin_editing_sessions:ping", args=["cms", "servicepage", reviewed.pk, session.pk]
    )
    assert misticked.post(ping).status_code == 404
    for name in ("edit", "view_draft", "history"):
        address = reverse(f"wagtailadmin_pages:{name}", args=[reviewed.pk])
        assert misticked.get(address).status_code == 403


def _pictures(client) -> str:
    """What is shown to somebody who chooses a picture or adds one."""
    return client.get(reverse("wagtailimages_chooser:choose")).json()["html"]


def test_pictures_are_put_among_ones_own(misticked, heron, otter):
    assert 'type="file"' in _pictures(misticked)
    assert str(otter.space.collection) not in _pictures(misticked)


# Where it ends.


def test_a_space_that_is_closed_gives_no_right_beside_one_that_is_open(misticked, heron, otter):
    otter.space.group.user_set.add(heron.user)
    assert str(otter.space.collection) in _pictures(misticked)
    close_space(otter.space)
    assert str(otter.space.collection) not in _pictures(misticked)


def test_who_is_of_the_hub_alone_publishes_as_before(hub, heron):
    assert _create(hub, heron.page).status_code == 302
    assert ServicePage.objects.child_of(heron.page).get(title="Kingfisher casework").live
