"""The address of a confidential site: told to, and changed by, who may know it."""

import pytest

from cms.models import ConfidentialAddress, ServicePage, ServicePageSite
from tests.cms.exchange.files import add_complete, applied, exported, planned, row_of, said

pytestmark = pytest.mark.django_db

SECRET = {"name": "Refuge", "address_1": "9 Secret Lane", "city": "Diss", "postal_code": "IP22 9ZZ"}


@pytest.fixture
def page(heron) -> ServicePage:
    site = ServicePageSite(confidential=True, latitude=52.1234, longitude=1.4321, **SECRET)
    return add_complete(heron.page, "Heron refuge", phone="01632 960009", sites=(site,))


def _held(page) -> dict:
    return ConfidentialAddress.objects.get(page=page).values


@pytest.mark.parametrize(
    ("who", "told"),
    [("as_heron", True), ("as_administrator", True), ("operator", True), ("as_editor", False)],
)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_export_tells_it_to_those_who_may_know(page, who, told, form, request):
    import io
    import zipfile

    data = exported(request.getfixturevalue(who), form)
    if form == "xlsx":
        archive = zipfile.ZipFile(io.BytesIO(data))
        data = b"".join(archive.read(name) for name in archive.namelist())
    text = data.decode()
    assert ("Secret Lane" in text and "52.1234" in text) is told


def test_an_editor_of_the_hub_changes_the_rest_and_the_address_stays(page, as_editor):
    row = row_of(as_editor, page)
    assert row["Site 1 street"] == row["Site 1 name"] == "confidential"
    applied(as_editor, row | {"Cost": "£2"})
    assert ServicePage.objects.get(pk=page.pk).fees == "£2"
    assert _held(page)["address_1"] == "9 Secret Lane"


@pytest.mark.parametrize(
    "change",
    [
        {"Site 1 confidential": "no"},
        {"Site 1 street": "1 Mere St"},
        {"Site 1 latitude": ""},
        dict.fromkeys(
            [f"Site 1 {part}" for part in ("confidential", "name", "street", "town or village",
             "postcode", "latitude", "longitude")], ""),
    ],
    ids=["shown", "moved", "half", "removed"],
)  # fmt: skip
def test_an_editor_of_the_hub_does_not_change_what_they_cannot_see(page, as_editor, change):
    plan = planned(as_editor, row_of(as_editor, page) | change)
    assert plan.rows[0].action == "refused"
    assert "You may not see this address" in said(plan)[0][2]
    assert "Secret" not in str(plan.rows[0].as_json())


def test_an_administrator_corrects_it_and_it_stays_hidden(page, as_administrator):
    row = row_of(as_administrator, page) | {
        "Site 1 street": "10 Secret Lane",
        "Site 1 latitude": "",
    }
    applied(as_administrator, row | {"Site 1 longitude": ""})
    assert _held(page)["address_1"] == "10 Secret Lane"
    assert _held(page)["latitude"] is None
    assert "Secret Lane" not in str(ServicePage.objects.get(pk=page.pk).latest_revision.content)
    applied(as_administrator, row_of(as_administrator, page) | {"Site 1 street": ""})
    assert _held(page)["address_1"] == ""


def test_an_administrator_makes_it_public_as_in_the_form(page, as_administrator):
    applied(as_administrator, row_of(as_administrator, page) | {"Site 1 confidential": "no"})
    site = ServicePage.objects.get(pk=page.pk).page_sites.get()
    assert (site.confidential, site.address_1) == (False, "9 Secret Lane")
    assert not ConfidentialAddress.objects.filter(page=page).exists()


def test_ticking_it_hides_the_address_at_once(heron, as_heron):
    page = add_complete(
        heron.page, "Open house", phone="01632 960009", sites=(ServicePageSite(**SECRET),)
    )
    applied(as_heron, row_of(as_heron, page) | {"Site 1 confidential": "yes", "Cost": "£2"})
    assert not ServicePageSite.objects.filter(page=page, address_1__contains="Secret").exists()
    assert _held(page)["address_1"] == "9 Secret Lane"
