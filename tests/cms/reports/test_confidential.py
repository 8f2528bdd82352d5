"""Which services have a confidential site everybody at the hub sees, where it is administrators."""

import pytest

from cms.models import ConfidentialAddress, ServicePage, ServicePageSite
from tests.cms.pages import add_partner, add_service
from tests.cms.reports.reading import column_of, page_of, rows_of, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("calm")]

NAME = "hub_report_confidential"
SECRETS = ("Quillfeather Court", "3 Rook Lane", "Little Hollow", "NR99 9ZZ")


@pytest.fixture
def refuge():
    site = ServicePageSite(
        confidential=True, name=SECRETS[0], address_1=SECRETS[1], city=SECRETS[2],
        postal_code=SECRETS[3],
    )  # fmt: skip
    public = ServicePageSite(name="The Old Mill", city="Diss")
    return add_service(add_partner(), "A safe place", sites=(site, public))


def test_an_administrator_sees_where_it_is(administrator, refuge):
    (row,) = rows_of(administrator, NAME)
    assert row["Service"] == "A safe place"
    assert row["Address"] == ", ".join(SECRETS)
    assert SECRETS[1] in page_of(administrator, NAME)


def test_an_editor_sees_that_there_is_one_and_not_where(hub, refuge):
    (row,) = rows_of(hub, NAME)
    assert row["Service"] == "A safe place"
    assert "Address" not in row
    said = [page_of(hub, NAME), page_of(hub, f"{NAME}_results"), str(row)]
    said += [str(cell.value) for cells in sheet_of(hub, NAME) for cell in cells]
    assert not any(secret in text for secret in SECRETS for text in said)


def test_asking_to_sort_or_filter_by_the_address_tells_an_editor_nothing(hub, refuge):
    for query in ({"ordering": "address"}, {"address": "Rook"}, {"ordering": "postal_code"}):
        assert len(rows_of(hub, NAME, **query)) == 1


def test_public_sites_are_not_in_it(administrator, refuge):
    assert "The Old Mill" not in page_of(administrator, NAME)


def test_the_filters(hub, refuge):
    partner = refuge.get_parent()
    assert len(rows_of(hub, NAME, partner=partner.pk, live="true")) == 1
    assert rows_of(hub, NAME, live="false") == []
    assert rows_of(hub, NAME, partner=add_partner("Otter Society").pk) == []


def _drafted(page: ServicePage, *sites: ServicePageSite) -> ServicePage:
    """The service with these sites in a draft."""
    draft = ServicePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.page_sites = list(sites)
    draft.save_revision()
    return ServicePage.objects.get(pk=page.pk)


@pytest.fixture
def refuge_in_a_draft():
    site = ServicePageSite(confidential=True, name=SECRETS[0], address_1=SECRETS[1])
    return _drafted(add_service(add_partner(), "Safe soon", sites=()), site)


def test_a_site_that_is_new_in_the_draft_of_a_live_service_is_in_it(
    administrator, hub, refuge_in_a_draft
):
    (row,) = rows_of(administrator, NAME)
    assert (row["Service"], row["State"]) == ("Safe soon", "In a draft")
    assert row["Address"] == ", ".join(SECRETS[:2])
    (row,) = rows_of(hub, NAME)
    assert row["State"] == "In a draft"
    assert not any(secret in str(row) or secret in page_of(hub, NAME) for secret in SECRETS)


def test_once_it_is_published_it_is_there_once(hub, refuge_in_a_draft):
    refuge_in_a_draft.get_latest_revision().publish()
    assert column_of(hub, NAME, "State") == ["Live"]


def test_a_service_with_one_of_each_has_a_row_for_each(administrator, refuge):
    kept = list(refuge.page_sites.all())
    _drafted(refuge, *kept, ServicePageSite(confidential=True, name="New house", sort_order=9))
    rows = rows_of(administrator, NAME)
    assert [(row["State"], row["Address"].split(", ")[0]) for row in rows] == [
        ("Live", SECRETS[0]),
        ("In a draft", "New house"),
    ]
    assert "<strong>2 rows</strong>" in page_of(administrator, NAME, live="true")


def test_a_site_that_was_taken_out_again_is_in_it_no_more(hub, refuge_in_a_draft):
    """Its address is held still, in case that an earlier version comes back."""
    assert ConfidentialAddress.objects.filter(page=refuge_in_a_draft).exists()
    _drafted(refuge_in_a_draft, ServicePageSite(name="The Old Mill"))
    assert rows_of(hub, NAME) == []
