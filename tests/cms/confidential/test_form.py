"""Who sees the address of a confidential site in the form, and what saving does to it."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Revision

from cms.confidential import may_see_address
from cms.confidential.held import held_of
from cms.models import ConfidentialAddress, ServicePage
from cms.partners.spaces import add_member, close_space
from directory.models import Site
from tests.cms.confidential.editing import (
    ADDRESS,
    STREET,
    edit,
    latest,
    live,
    service,
    shown,
    tells,
)

pytestmark = pytest.mark.django_db

ROW = "page_sites-0"


def _address(page: ServicePage) -> dict:
    (values,) = held_of(page).values()
    return values


@pytest.fixture
def superuser(db):
    return get_user_model().objects.create_superuser("root", "root@example.org", "secret")


class TestWhoMaySee:
    def test_the_owning_partner_and_hub_administrators(self, heron, administrator, superuser):
        page = service(heron, confidential=True)
        for user in (heron.user, administrator.user, superuser):
            assert may_see_address(user, page)

    def test_neither_hub_editors_nor_other_partners_nor_anybody_else(self, heron, otter, hub, rf):
        from django.contrib.auth.models import AnonymousUser

        page = service(heron, confidential=True)
        for user in (hub.user, otter.user, AnonymousUser(), None):
            assert not may_see_address(user, page)

    def test_an_administrator_in_a_partners_group_is_bound_as_that_partner(
        self, heron, otter, administrator
    ):
        page, other = service(heron, confidential=True), service(otter, confidential=True)
        administrator.user.groups.add(heron.space.group)
        assert may_see_address(administrator.user, page)
        assert not may_see_address(administrator.user, other)

    def test_somebody_of_two_partners_sees_those_of_both(self, heron, otter):
        page, other = service(heron, confidential=True), service(otter, confidential=True)
        add_member(otter.space, heron.user.email)
        assert may_see_address(heron.user, page)
        assert may_see_address(heron.user, other)

    def test_nobody_of_a_partner_that_is_closed_nor_an_account_that_is(self, heron):
        page = service(heron, confidential=True)
        heron.user.is_active = False
        assert not may_see_address(heron.user, page)
        heron.user.is_active = True
        close_space(heron.space)
        assert not may_see_address(heron.user, page)

    def test_the_partner_before_a_new_service_has_a_page(self, heron, otter):
        assert may_see_address(heron.user, heron.page)
        assert not may_see_address(heron.user, otter.page)


class TestWhatIsKept:
    def test_the_address_is_held_once_and_in_no_page_and_no_revision(self, heron):
        page = service(heron, confidential=True)
        assert _address(page) == ADDRESS
        for row in (*live(page).page_sites.all(), *latest(page).page_sites.all()):
            assert row.confidential
            assert (row.name, row.address_1, row.postal_code, row.latitude) == ("", "", "", None)
        assert not tells(str([revision.content for revision in Revision.objects.all()]))

    def test_the_database_refuses_a_confidential_row_with_an_address(self, heron):
        from django.db import IntegrityError, transaction

        row = live(service(heron, confidential=True)).page_sites.get()
        for name, value in ADDRESS.items():
            with pytest.raises(IntegrityError), transaction.atomic():
                type(row).objects.filter(pk=row.pk).update(**{name: value})

    def test_every_field_of_a_site_is_part_of_its_address_or_harmless(self, heron):
        """A field that is added to sites must be held, and refused by the database."""
        from cms.confidential.fields import address_fields

        assert {field.name for field in address_fields()} == set(ADDRESS)

    def test_a_copy_of_the_page_does_not_take_the_address_with_it(self, heron, otter):
        page = service(heron, confidential=True)
        copy = live(page).copy(to=otter.page, update_attrs={"slug": "copy"})
        assert held_of(copy) == {}
        assert not tells(str(copy.get_latest_revision().content))

    def test_a_service_is_not_mirrored_by_an_alias(self, heron, otter, hub):
        """A mirror would go on showing what the service itself hides."""
        page = service(heron)
        data = {"new_title": "x", "new_slug": "x", "new_parent_page": otter.page.pk, "alias": "on"}
        hub.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
        assert not ServicePage.objects.filter(alias_of=page).exists()

    def test_deleting_the_page_deletes_the_address(self, heron):
        live(service(heron, confidential=True)).delete()
        assert not ConfidentialAddress.objects.filter(values__address_1=STREET).exists()


class TestTheForm:
    def test_the_partner_and_administrators_see_the_address_in_the_form(self, heron, administrator):
        page = service(heron, confidential=True)
        for client in (heron.client, administrator):
            assert len(tells(shown(client, page))) == 4

    def test_a_hub_editor_sees_that_it_is_confidential_and_no_more(self, heron, hub):
        said = shown(hub, service(heron, confidential=True))
        assert "Confidential: only the partner and hub administrators see the address." in said
        assert not tells(said)

    def test_an_editor_who_saves_and_publishes_keeps_the_address(self, heron, hub):
        page = service(heron, confidential=True)
        edit(hub, page, summary="By the editor", **{"action-publish": "1"})
        assert live(page).summary == "By the editor"
        assert _address(page) == ADDRESS
        assert Site.objects.get(listing__service_id=page.service_id).confidential

    @pytest.mark.parametrize("publish", [True, False], ids=["live", "draft only"])
    def test_a_forged_form_of_an_editor_neither_changes_nor_shows_it(self, publish, heron, hub):
        page = service(heron, confidential=True, publish=publish)
        forged = {f"{ROW}-{name}": "1" for name in ADDRESS}
        edit(hub, page, **forged, **{f"{ROW}-confidential": None, "action-publish": "1"})
        assert _address(page) == ADDRESS
        assert [row.confidential for row in latest(page).page_sites.all()] == [True]
        assert not tells(shown(hub, page))
        assert Site.objects.get(listing__service_id=page.service_id).confidential

    def test_an_editor_who_saves_a_draft_that_was_never_live_keeps_its_site(self, heron, hub):
        """Its row has no key yet; it is known by the id of the place."""
        page = service(heron, publish=False)
        draft = latest(page)
        draft.page_sites = list(draft.page_sites.all())
        (row,) = draft.page_sites.all()
        row.pk, row.confidential, row.address_1 = None, True, STREET
        draft.save_revision(user=heron.user)
        edit(hub, page, summary="By the editor")
        edit(hub, page, summary="Again")
        (row,) = latest(page).page_sites.all()
        assert row.confidential
        assert held_of(page)[row.location_id]["address_1"] == STREET

    def test_the_partner_changes_a_hidden_address_and_nobody_hears_of_it(self, heron, hub):
        page = service(heron, confidential=True)
        edit(heron.client, page, **{f"{ROW}-address_1": "9 Otherwise Lane"})
        assert _address(page) == ADDRESS | {"address_1": "9 Otherwise Lane"}
        assert "Otherwise" not in str(latest(page).serializable_data())
        assert "Otherwise" in shown(heron.client, page)
        assert "Otherwise" not in shown(hub, page)

    def test_the_partner_can_empty_it(self, heron):
        page = service(heron, confidential=True)
        edit(heron.client, page, **{f"{ROW}-{name}": "" for name in ADDRESS})
        assert not tells(str(held_of(page)))
        assert not tells(shown(heron.client, page))

    @pytest.mark.parametrize(("sites", "questions"), [(True, 1), (False, 0)])
    def test_a_service_with_no_confidential_site_costs_one_question_at_most(
        self, sites, questions, heron
    ):
        page = service(heron) if sites else heron.live
        page.save_revision(user=heron.user)
        page = latest(page)
        with CaptureQueriesContext(connection) as queries:
            page.save_revision(user=heron.user)
        asked = [query["sql"] for query in queries if "cms_confidentialaddress" in query["sql"]]
        assert len(asked) == questions
