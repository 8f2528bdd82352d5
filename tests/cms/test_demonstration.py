"""The demonstration covers every need, is invented where it must be, and keeps what was edited."""

import re
import shutil
from io import StringIO

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command

from cms.models import HubPage, PartnerPage, ServicePage
from directory.models import Listing, Need

pytestmark = pytest.mark.django_db

FICTION = re.compile(r"^(01632 960\d{3}|07700 900\d{3})$")


def _demo() -> list[dict]:
    files = sorted((settings.FIXTURES_DIR / "demo" / "partners").glob("*.yaml"))
    return [yaml.safe_load(file.read_text()) for file in files]


def test_there_are_enough_partners_services_hubs_and_connectors():
    assert PartnerPage.objects.live().count() >= 27
    assert ServicePage.objects.live().count() >= 60
    assert Listing.objects.live().count() == ServicePage.objects.live().count()
    assert HubPage.objects.live().count() == 3
    assert sum(page.connectors.count() for page in HubPage.objects.all()) == 6


@pytest.mark.parametrize("reach", ["local", "anywhere"])
def test_every_need_has_two_services_near_and_far(reach):
    for need in Need.objects.all():
        live = Listing.objects.live().filter(listing_needs__need=need, listing_needs__weight=1.0)
        assert live.count() >= 2, need
        side = live.filter(national=reach == "anywhere")
        assert side.exists(), need


def test_local_contacts_are_from_the_ranges_for_fiction():
    for partner in _demo():
        for said in (partner, *partner["services"]):
            assert FICTION.match(said.get("phone") or "01632 960000"), said["name"]
            assert (said.get("email") or "@example.org").endswith("example.org"), said["name"]
            assert "example.org" in (said.get("website") or "example.org"), said["name"]


def test_loading_again_keeps_what_was_edited():
    page = ServicePage.objects.live().first()
    page.title = "Edited by its partner"
    page.save_revision().publish()
    count = ServicePage.objects.count()
    call_command("load_demo", stdout=StringIO())
    assert ServicePage.objects.count() == count
    assert ServicePage.objects.get(pk=page.pk).title == "Edited by its partner"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"needs": {}}, "needs"),
        ({"colour": "red"}, "colour"),
        ({"delivery": ["pigeon"]}, "delivery"),
        ({"id": "not-a-uuid"}, "id"),
        ({"areas": ["E99"]}, "E99"),
    ],
)
def test_a_wrong_file_is_refused_by_field_and_nothing_is_made(tmp_path, change, words):
    folder = tmp_path / "demo"
    shutil.copytree(settings.FIXTURES_DIR / "demo", folder)
    partner = _demo()[0]
    partner["id"] = "11111111-2222-4333-8444-555555555555"
    partner["slug"] = "another"
    partner["services"] = [{**partner["services"][0], "id": partner["id"], **change}]
    (folder / "partners" / "00-another.yaml").write_text(yaml.safe_dump(partner))
    before = PartnerPage.objects.count()
    with pytest.raises(CommandError, match=words):
        call_command("load_demo", folder=folder, stdout=StringIO())
    assert PartnerPage.objects.count() == before


def test_a_real_install_refuses_the_demonstration(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="DEMONSTRATION"):
        call_command("load_demo", stdout=StringIO())
