"""Whatever is deleted, and however, the hub can bring it back for thirty days."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models.signals import pre_delete
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from cms.confidential.held import held_of
from cms.models import DeletedPage, PartnerPage, PartnerSpace, ServicePage
from cms.models.base import SitePage
from cms.moderation.differences import content_of, differing
from cms.partners.boundary import is_partner
from cms.partners.spaces import open_space
from cms.recovery.keeping import keep
from cms.recovery.restoring import RecoveryRefused, bring_back
from directory.models import Listing, Need, Outcome, Reach
from tests.cms.confidential.editing import ADDRESS, SECRETS, service
from tests.cms.pages import add_partner, add_service

pytestmark = pytest.mark.django_db


def _delete_view(page, client):
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))


def _bulk(page, client):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{address}?id={page.pk}")


def _unpublish_and_delete(page, client):
    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    _delete_view(page, client)


def _orm(page, client):
    ServicePage.objects.get(pk=page.pk).delete()


def _base_page(page, client):
    Page.objects.get(pk=page.pk).delete()


def _queryset(page, client):
    Page.objects.filter(pk=page.pk).delete()


def _specific_queryset(page, client):
    ServicePage.objects.filter(pk=page.pk).delete()


def _with_its_partner(page, client):
    page.get_parent().specific.delete()


WAYS = (
    _delete_view, _bulk, _unpublish_and_delete, _orm, _base_page, _queryset, _specific_queryset,
    _with_its_partner,
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__.strip("_"))
def test_it_can_be_brought_back_whichever_way_it_was_deleted(way, heron, administrator):
    before = ServicePage.objects.get(pk=heron.live.pk)
    content, draft = content_of(before), content_of(before.get_latest_revision_as_object())
    way(heron.live, administrator)
    assert not ServicePage.objects.filter(service_id=before.service_id).exists()
    assert not Listing.objects.live().filter(service_id=before.service_id).exists()

    page = bring_back(DeletedPage.objects.get(page_pk=before.pk))
    assert not page.live
    again = ServicePage.objects.get(service_id=before.service_id)
    assert differing(content, content_of(again)) == set()
    assert differing(draft, content_of(again.get_latest_revision_as_object())) == set()
    assert again.get_parent().title == "Heron Trust"
    assert not Listing.objects.live().filter(service_id=before.service_id).exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_published_again_it_is_found_under_the_same_id(heron, hub):
    before = Listing.objects.get(service_id=heron.live.service_id).document
    live = ServicePage.objects.get(pk=heron.live.pk).live_revision_id
    _orm(heron.live, None)
    bring_back(DeletedPage.objects.get())
    Revision.objects.get(pk=live).publish(user=hub.user)
    after = Listing.objects.live().get(service_id=heron.live.service_id).document
    assert after == before


def test_its_history_goes_on_where_it_ended(heron, administrator):
    revisions = list(heron.live.revisions.order_by("pk").values_list("pk", flat=True))
    entries = PageLogEntry.objects.filter(page=heron.live.pk).count()
    _delete_view(heron.live, administrator)
    page = bring_back(DeletedPage.objects.get(), by=administrator.user)
    assert list(page.revisions.order_by("pk").values_list("pk", flat=True)) == revisions
    actions = PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True)
    assert len(actions) > entries
    assert {"wagtail.delete", "cms.bring_back"} <= set(actions)
    shown = administrator.get(reverse("wagtailadmin_pages:history", args=[page.pk]))
    assert "Brought the deleted page back" in shown.content.decode()


def test_a_partner_deletes_its_own_draft_and_the_hub_brings_it_back(heron, hub):
    _delete_view(heron.draft, heron.client)
    kept = DeletedPage.objects.get()
    assert kept.deleted_by == heron.user
    assert not kept.was_live
    listed = hub.get(reverse("hub_deleted")).content.decode()
    assert "Heron Trust secret draft" in listed
    assert "heron@example.org" in listed
    said = hub.post(reverse("hub_bring_back", args=[kept.pk]), follow=True).content.decode()
    assert "is back as a draft" in said
    page = ServicePage.objects.get(service_id=heron.draft.service_id)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert heron.client.get(address).status_code == 200
    assert not DeletedPage.objects.exists()


def test_deleting_asks_first_and_says_until_when_it_can_be_undone(heron, hub):
    asked = hub.get(reverse("wagtailadmin_pages:delete", args=[heron.live.pk])).content.decode()
    assert "Are you sure" in asked
    until = timezone.localdate() + timedelta(days=30)
    assert f"the hub can bring it back until {until:%-d %B}" in asked
    assert ServicePage.objects.filter(pk=heron.live.pk).exists()
    assert not DeletedPage.objects.exists()


def test_partners_neither_see_nor_bring_back_what_was_deleted(heron, otter):
    _orm(otter.draft, None)
    kept = DeletedPage.objects.get()
    assert heron.client.get(reverse("hub_deleted")).status_code == 403
    assert heron.client.post(reverse("hub_bring_back", args=[kept.pk])).status_code == 403
    assert otter.client.get(reverse("hub_deleted")).status_code == 403
    assert DeletedPage.objects.exists()


def test_a_partner_with_all_its_services_comes_back_in_any_order(heron):
    ids = set(ServicePage.objects.child_of(heron.page).values_list("service_id", flat=True))
    heron.page.delete()
    assert DeletedPage.objects.count() == len(ids) + 1
    for kept in DeletedPage.objects.filter(page_type="cms.servicepage"):
        bring_back(kept)
    partner = PartnerPage.objects.get(title="Heron Trust")
    assert set(ServicePage.objects.child_of(partner).values_list("service_id", flat=True)) == ids
    assert not DeletedPage.objects.exists()


def test_people_of_a_partner_that_is_deleted_are_out_and_come_back_when_it_is_opened(heron):
    heron.page.delete()
    assert not is_partner(heron.user)
    for name in ("wagtailadmin_home", "wagtailadmin_explore_root", "wagtailimages:index"):
        assert heron.client.get(reverse(name)).status_code in (302, 403)
    address = reverse("wagtailadmin_api:images:listing")
    assert heron.client.get(address).status_code in (302, 401, 403)

    bring_back(DeletedPage.objects.get(page_type="cms.partnerpage"))
    space = PartnerSpace.objects.get(page__title="Heron Trust")
    assert space.closed is not None
    open_space("Heron Trust")
    assert is_partner(type(heron.user).objects.get(pk=heron.user.pk))
    address = reverse("wagtailadmin_pages:edit", args=[space.page_id])
    assert heron.client.get(address).status_code == 200


def test_a_slug_that_is_taken_by_now_gets_a_number(heron):
    slug = heron.live.slug
    _orm(heron.live, None)
    ServicePage.objects.filter(pk=heron.draft.pk).update(slug=slug)
    assert bring_back(DeletedPage.objects.get()).slug == f"{slug}-2"


def test_a_need_that_the_hub_has_taken_out_since_is_left_out(heron):
    need = Need.objects.create(code="gone-soon", name="Gone soon", outcome=Outcome.objects.first())
    page = add_service(heron.page, "Two needs", need=need.pk)
    _orm(page, None)
    need.delete()
    again = bring_back(DeletedPage.objects.get())
    assert list(again.specific.page_needs.all()) == []
    assert list(again.get_latest_revision_as_object().page_needs.all()) == []


def test_what_is_here_again_is_not_brought_back_twice(heron):
    _orm(heron.live, None)
    kept = DeletedPage.objects.get()
    ServicePage.objects.filter(pk=heron.draft.pk).update(service_id=heron.live.service_id)
    with pytest.raises(RecoveryRefused, match="is here already"):
        bring_back(kept)
    assert DeletedPage.objects.filter(pk=kept.pk).exists()


def test_a_partner_that_is_gone_for_good_is_asked_for_by_name(heron, hub):
    heron.page.delete()
    DeletedPage.objects.filter(page_type="cms.partnerpage").delete()
    kept = DeletedPage.objects.first()
    said = hub.post(reverse("hub_bring_back", args=[kept.pk]), follow=True).content.decode()
    assert "Open a space for a partner of that name" in said
    PartnerSpace.objects.all().delete()
    PartnerPage.objects.filter(title="Otter Society").delete()
    partner = add_partner("Heron Trust")
    assert bring_back(kept).get_parent().pk == partner.pk


def test_after_thirty_days_it_is_gone_for_good(heron, settings):
    _orm(heron.live, None)
    _orm(heron.draft, None)
    days = settings.DELETED_PAGES_KEPT_DAYS
    kept = DeletedPage.objects.get(page_pk=heron.live.pk)
    DeletedPage.objects.filter(pk=kept.pk).update(deleted=timezone.now() - timedelta(days=days + 1))
    call_command("tidy")
    assert [row.page_pk for row in DeletedPage.objects.all()] == [heron.draft.pk]
    assert days == 30


def test_the_address_of_a_confidential_site_comes_back_and_is_shown_in_no_list(
    heron, hub, administrator
):
    page = service(heron, confidential=True)
    _orm(page, None)
    for client in (hub, administrator):
        listed = client.get(reverse("hub_deleted")).content.decode()
        assert [word for word in SECRETS if word in listed] == []
    again = bring_back(DeletedPage.objects.get())
    (values,) = held_of(again).values()
    assert values["address_1"] == ADDRESS["address_1"]
    assert "Quillfeather" not in str(content_of(again))


def test_purging_takes_the_address_with_it(heron):
    page = service(heron, confidential=True)
    _orm(page, None)
    assert "Quillfeather" in str(DeletedPage.objects.get().beside)
    DeletedPage.objects.update(deleted=timezone.now() - timedelta(days=40))
    call_command("tidy")
    assert not DeletedPage.objects.exists()


def test_keeping_a_page_costs_a_known_number_of_queries(heron, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        keep(heron.live)


def test_every_kind_of_page_is_watched_and_no_index_row_is():
    """A row that somebody watches is read before it is deleted: an index has hundred thousands."""
    pages = [model for model in apps.get_models() if issubclass(model, SitePage)]
    assert ServicePage in pages
    assert all(pre_delete.has_listeners(model) for model in pages)
    assert not pre_delete.has_listeners(Reach)
