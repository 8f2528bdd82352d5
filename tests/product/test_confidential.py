"""A hidden address is hidden everywhere, and so is how far it is."""

import json
import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from wagtail.models import Page

from directory.models import Listing, Need, Site
from matching.contract import as_json
from matching.enquiry import Enquiry
from matching.pipeline import answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("model")]


def _hidden_sites() -> list[dict]:
    files = sorted((settings.FIXTURES_DIR / "demo" / "partners").glob("*.yaml"))
    partners = [yaml.safe_load(Path(file).read_text()) for file in files]
    return [
        site
        for partner in partners
        for service in partner["services"]
        for site in service["sites"] or ()
        if site.get("confidential")
    ]


@pytest.fixture(scope="module")
def secrets() -> re.Pattern[str]:
    """The addresses and points that must never be seen."""
    sites = _hidden_sites()
    assert len(sites) >= 4
    words = {"Quillfeather", "NR99"}
    for site in sites:
        words |= {site["address_1"], str(site["latitude"]), str(site["longitude"])}
    return re.compile("|".join(re.escape(word) for word in sorted(words)))


def test_what_must_not_be_seen_is_held_in_one_place(secrets):
    from cms.models import ConfidentialAddress, ServicePageSite

    held = ConfidentialAddress.objects.all()
    assert held.count() == len(_hidden_sites())
    assert all(secrets.search(row.values["address_1"]) for row in held)
    hidden = ServicePageSite.objects.filter(confidential=True)
    assert hidden.count() == held.count()


def test_no_other_row_of_the_site_holds_it(secrets):
    """No page, no revision, no line of the history."""
    tables = connection.introspection.table_names()
    for table in (name for name in tables if name.startswith(("cms_", "wagtail"))):
        if table == "cms_confidentialaddress":
            continue
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                assert not secrets.search(repr(row)), table


def test_no_row_of_the_directory_holds_it(secrets):
    tables = [t for t in connection.introspection.table_names() if t.startswith("directory_")]
    for table in tables:
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            if table == "directory_place":
                continue
            for row in cursor.fetchall():
                assert not secrets.search(repr(row)), table


def test_no_answer_holds_it(secrets):
    for need in Need.objects.values_list("code", flat=True):
        for place in ("Diss", "Wymondham", "NR18 0QB", None):
            said = json.dumps(as_json(answer(Enquiry(needs=(need,), place=place, limit=50))))
            assert not secrets.search(said), (need, place)


def test_a_service_with_hidden_sites_only_shows_no_distance():
    hidden = set(
        Site.objects.filter(confidential=True).values_list("listing__service_id", flat=True)
    ) - set(Site.objects.filter(confidential=False).values_list("listing__service_id", flat=True))
    assert hidden
    seen = set()
    for need in Need.objects.values_list("code", flat=True):
        for service in answer(Enquiry(needs=(need,), place="Diss", limit=50)).services:
            if service.id in {str(pk) for pk in hidden}:
                seen.add(service.id)
                assert service.distance_km is None
                assert not [reason for reason in service.reasons if "km" in reason]
    assert seen


def test_no_page_of_the_site_holds_it(client, secrets):
    pages = [page for page in Page.objects.live() if page.get_url()]
    assert len(pages) > 100
    for page in pages:
        response = client.get(page.get_url(), follow=True)
        assert response.status_code == 200, page
        assert not secrets.search(response.content.decode()), page


def test_no_result_page_or_redirect_holds_it(client, secrets):
    for need in Need.objects.values_list("code", flat=True):
        response = client.post("/find/", {"needs": [need], "place": "Diss", "text": ""})
        assert response.status_code == 200
        assert not secrets.search(response.content.decode())
    for service_id in Listing.objects.live().values_list("service_id", flat=True):
        response = client.get(f"/services/{service_id}/", follow=True)
        assert not secrets.search(response.content.decode())


def test_no_command_prints_it(capsys, secrets):
    call_command("match", needs := "", need=["domestic-abuse"], place="Diss", limit=50)
    printed = capsys.readouterr().out
    assert "DOMESTIC ABUSE" in printed.upper(), needs
    assert not secrets.search(printed)
