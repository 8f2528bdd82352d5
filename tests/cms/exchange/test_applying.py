"""What is applied is as whole as if it had been written in the form, and all of it or none."""

import pytest
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from cms.exchange import bulk
from cms.exchange.applying import Moved, Refused, apply_file
from cms.exchange.comparing import plan_for
from cms.models import ConfidentialAddress, PartnerPage, ServicePage, ServicePageSite
from cms.moderation.differences import content_of, differing
from cms.projection import service_record
from directory.models import Listing, Site
from tests.cms.exchange.files import NEW, add_complete, applied, csv_of, planned, row_of, said

pytestmark = pytest.mark.django_db

FULL = NEW | {
    "Description": "Two lines\nof it.",
    "Main needs": "debt-advice; housing-options",
    "Also helps with": "domestic-abuse",
    "Youngest age": "16",
    "Levels of need": "universal; emerging",
    "At a site": "yes",
    "Free": "no",
    "Cost": "£2",
    "Languages": "en pl",
    "Opening hours": "MO-FR 09:00-17:00; SA 10:00-12:00",
    "Holidays": "2026-12-24 to 2027-01-02 closed Christmas",
    "How full it is": "There is a waiting list",
    "Waiting weeks": "6",
    "Confirmed on": "2026-11-20",
    "Site 1 name": "Hall",
    "Site 1 street": "1 Mere St",
    "Site 1 latitude": "52.37",
    "Site 1 longitude": "1.11",
    "Site 2 confidential": "yes",
    "Site 2 street": "9 Secret Lane",
}


def _named(name: str) -> ServicePage:
    return ServicePage.objects.get(title=name)


def test_a_new_service_is_live_and_found(scope):
    assert applied(scope, FULL).created == 1
    page = _named("Benefit checks")
    listing = Listing.objects.live().get(service_id=page.service_id)
    assert listing.url == "/directory/heron-trust/benefit-checks/"
    assert listing.organization.name == "Heron Trust"
    assert sorted(need.need_id for need in listing.listing_needs.all())[0] == "debt-advice"


def test_its_listing_is_what_its_page_says(scope, trust):
    applied(scope, FULL)
    page = _named("Benefit checks")
    listing = Listing.objects.get(service_id=page.service_id)
    before = (listing.document, listing.facets)
    page.save_revision().publish()
    listing.refresh_from_db()
    assert (listing.document, listing.facets) == before
    assert service_record(page).name == "Benefit checks"


def test_its_version_holds_all_of_it(scope):
    applied(scope, FULL)
    page = _named("Benefit checks")
    assert page.latest_revision_id == page.live_revision_id is not None
    newest = page.get_latest_revision_as_object()
    assert differing(content_of(page), content_of(newest)) == set()
    assert [row.byday for row in newest.page_schedules.all()] == ["MO TU WE TH FR", "SA"]
    assert {area.pk for area in newest.areas.all()} == {"E07000149"}
    assert newest.page_sites.count() == 2


def test_the_tree_is_sound_and_goes_on(scope, trust):
    add_complete(trust, "There before")
    applied(scope, *(NEW | {"Name": f"New {n}"} for n in range(40)))
    assert not any(Page.find_problems())
    trust = PartnerPage.objects.get(pk=trust.pk)
    assert trust.numchild == trust.get_children().count() == 41
    after = add_complete(trust, "There after")
    assert after.path == trust.get_last_child().path
    assert not any(Page.find_problems())


def test_pages_have_slugs_of_their_own(scope, trust):
    add_complete(trust, "Benefit: checks")
    applied(scope, NEW, NEW | {"Name": "Benefit, checks"}, NEW | {"Name": "!!!"})
    slugs = list(trust.get_children().order_by("path").values_list("slug", flat=True))
    assert slugs == ["benefit-checks", "benefit-checks-2", "benefit-checks-3", "service"]


def test_the_uses_of_a_need_are_known(scope):
    applied(scope, FULL)
    page = _named("Benefit checks")
    made = set(_references(page))
    ReferenceIndex.create_or_update_for_object(page)
    assert set(_references(page)) == made != set()


def _references(page):
    rows = ReferenceIndex.objects.filter(object_id=str(page.pk))
    return rows.values_list("to_content_type", "to_object_id", "model_path")


def test_it_is_edited_in_its_form_like_any_other(scope, administrator):
    applied(scope, FULL)
    page = _named("Benefit checks")
    edit = administrator.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'value="Hall"' in edit
    page = page.get_latest_revision_as_object()
    page.summary = "Edited"
    page.save_revision().publish()
    page = _named("Benefit checks")
    assert page.summary == "Edited"
    assert page.page_needs.count() == 3


def test_a_confidential_address_is_held_apart_from_the_first_moment(scope):
    applied(scope, FULL)
    page = _named("Benefit checks")
    held = ConfidentialAddress.objects.get(page=page)
    assert held.values["address_1"] == "9 Secret Lane"
    assert "Secret Lane" not in str(page.latest_revision.content)
    assert not Site.objects.filter(address__contains="Secret").exists()
    assert Listing.objects.get(service_id=page.service_id).sites.filter(confidential=True).exists()


def test_a_change_goes_live_with_its_history(scope, trust, administrator):
    page = add_complete(trust)
    before = page.revisions.count()
    applied(scope, row_of(scope, page) | {"Summary": "Another sentence."})
    page.refresh_from_db()
    assert (page.summary, page.has_unpublished_changes) == ("Another sentence.", False)
    assert page.revisions.count() == before + 1
    assert Listing.objects.get(service_id=page.service_id).document["summary"] == page.summary


def test_a_change_of_everything_leaves_nothing_behind(scope, trust):
    page = add_complete(trust, sites=(ServicePageSite(name="Old hall"),))
    applied(scope, FULL | {"Service id": str(page.service_id), "Name": "All new"})
    page = ServicePage.objects.get(pk=page.pk)
    assert sorted(need.need_id for need in page.page_needs.all()) == [
        "debt-advice", "domestic-abuse", "housing-options",
    ]  # fmt: skip
    assert [site.name for site in page.page_sites.all()] == ["Hall", ""]
    assert planned(scope, row_of(scope, page)).counts["unchanged"] == 1


def test_an_unchanged_row_writes_nothing(scope, trust):
    page = add_complete(trust)
    before = Revision.objects.count()
    assert applied(scope, row_of(scope, page)) == applied(scope, row_of(scope, page))
    assert Revision.objects.count() == before


def test_drafts_are_made_and_nothing_goes_live(scope, trust):
    page = add_complete(trust)
    row = row_of(scope, page) | {"Summary": "Another sentence."}
    applied(scope, row, {"Name": "Bare", "Partner": "Heron Trust"}, publish=False)
    page.refresh_from_db()
    assert page.summary != "Another sentence."
    assert page.get_latest_revision_as_object().summary == "Another sentence."
    bare = _named("Bare")
    assert (bare.live, bare.has_unpublished_changes) == (False, True)
    assert not Listing.objects.filter(service_id=bare.service_id).exists()


def test_a_draft_that_was_imported_is_finished_by_another_import(scope):
    applied(scope, {"Name": "Bare", "Partner": "Heron Trust"}, publish=False)
    row = row_of(scope, _named("Bare")) | {"Summary": "Now it says something."}
    applied(scope, row, publish=False)
    assert _named("Bare").get_latest_revision_as_object().summary == "Now it says something."
    assert _named("Bare").summary == "Now it says something."


def test_somebodys_draft_is_never_published_along(scope, trust):
    page = add_complete(trust)
    page.description = "Half a thought"
    page.save_revision()
    row = row_of(scope, page) | {"Summary": "Another sentence."}
    assert "not published, which this would publish too" in said(planned(scope, row))[0][2]
    applied(scope, row, publish=False)
    newest = ServicePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (newest.description, newest.summary) == ("Half a thought", "Another sentence.")
    assert not ServicePage.objects.get(pk=page.pk).description


def test_what_was_withdrawn_is_not_brought_back(scope, trust):
    page = add_complete(trust)
    row = row_of(scope, page) | {"Summary": "Another sentence."}
    page.unpublish()
    assert "It is not published" in said(planned(scope, row))[0][2]
    assert said(planned(scope, row_of(scope, page))) == []


def test_what_is_with_the_hub_or_locked_waits(heron, operator):
    page = heron.live
    row = row_of(operator.narrowed(heron.page), page) | {"Summary": "Another sentence."}
    page.get_workflow().start(page, heron.user)
    for publish in (True, False):
        plan = planned(operator.narrowed(heron.page), row, publish=publish)
        assert "with the hub for review" in said(plan)[0][2]
    ServicePage.objects.filter(pk=heron.draft.pk).update(locked=True)
    row = row_of(operator.narrowed(heron.page), heron.draft) | {"Summary": "Another sentence."}
    assert "locked" in said(planned(operator.narrowed(heron.page), row, publish=False))[0][2]


def test_all_or_nothing_when_a_row_is_refused(scope, trust):
    page = add_complete(trust)
    data = csv_of(row_of(scope, page) | {"Summary": "Changed"}, NEW, NEW | {"Name": ""})
    agreed = plan_for(data, scope, publish=True).fingerprint
    before = _state()
    with pytest.raises(Refused):
        apply_file(data, scope, publish=True, agreed=agreed, name="x")
    assert _state() == before


def test_all_or_nothing_when_writing_fails_half_way(scope, trust, monkeypatch):
    page = add_complete(trust)
    data = csv_of(row_of(scope, page) | {"Summary": "Changed"}, NEW)
    agreed = plan_for(data, scope, publish=True).fingerprint
    before = _state()
    monkeypatch.setattr(bulk, "_insert_revisions", _fail)
    with pytest.raises(ZeroDivisionError):
        apply_file(data, scope, publish=True, agreed=agreed, name="x")
    assert _state() == before


def _fail(*_):
    raise ZeroDivisionError


def _state():
    listings = Listing.objects.order_by("pk").values_list("name", "version", "document")
    pages = Page.objects.order_by("pk").values_list("title", "path", "latest_revision_id")
    return list(listings), list(pages), PageLogEntry.objects.count()


def test_a_page_edited_since_the_preview_stops_the_import(scope, trust):
    page = add_complete(trust)
    data = csv_of(row_of(scope, page) | {"Summary": "From the file"})
    agreed = plan_for(data, scope, publish=True).fingerprint
    page.summary = "By hand meanwhile"
    page.save_revision().publish()
    with pytest.raises(Moved) as moved:
        apply_file(data, scope, publish=True, agreed=agreed, name="x")
    assert moved.value.plan.rows[0].changes[0].before == "By hand meanwhile"
    assert ServicePage.objects.get(pk=page.pk).summary == "By hand meanwhile"


def test_nothing_is_published_below_a_partner_that_is_not(scope, trust):
    page = add_complete(trust)
    row = row_of(scope, page) | {"Cost": "£2"}
    trust.unpublish()
    narrowed = scope.narrowed(PartnerPage.objects.get(pk=trust.pk))
    wrong = said(planned(narrowed, row, NEW))
    assert [message for _, _, message in wrong] == [
        "Its partner's page is not published.",
        "The partner's page is not published.",
    ]


def test_the_queries_of_a_bulk_import_do_not_grow_with_what_a_service_has(
    scope, trust, django_assert_max_num_queries
):
    """A page saved and published by itself takes more than a hundred."""
    with django_assert_max_num_queries(60 + 100 * 6):
        applied(scope, *(FULL | {"Name": f"New {number}"} for number in range(100)))
