"""Administrators change the shared language, editors read it, nobody else sees it."""

import pytest
from django.urls import reverse

from directory.models import Area, Helpline, Level, Need, Outcome, Phrase, PresentedNeed
from tests.cms.vocabulary.forms import NEW, add

pytestmark = pytest.mark.django_db

TABLES = {
    "need": Need,
    "presented": PresentedNeed,
    "phrase": Phrase,
    "outcome": Outcome,
    "level": Level,
    "area": Area,
    "line": Helpline,
}
READING = ("index", "index_results", "inspect", "usage", "history", "history_results")
CHANGING = ("add", "edit", "delete")


def _addresses(views):
    for table, model in TABLES.items():
        row = model.objects.first()
        for view in views:
            one = [] if view in ("index", "index_results", "add") else [row.pk]
            yield reverse(f"vocabulary_{table}:{view}", args=one)


def test_an_administrator_opens_every_page(administrator):
    for address in _addresses(READING + CHANGING):
        assert administrator.get(address).status_code == 200, address


def test_an_editor_reads_and_does_not_change(hub):
    for address in _addresses(READING):
        assert hub.get(address).status_code == 200, address
    for address in _addresses(CHANGING):
        for ask in (hub.get, hub.post):
            assert ask(address).status_code in (302, 403), address
    assert Need.objects.filter(pk="debt-advice").exists()


def test_a_partner_and_a_stranger_see_nothing(heron, client):
    for address in [*_addresses(READING + CHANGING), reverse("vocabulary_hubs")]:
        for ask in (heron.client.get, heron.client.post):
            assert ask(address).status_code == 403, address
        for ask in (client.get, client.post):
            assert ask(address).status_code == 302, address


def test_an_editor_finds_no_button_that_leads_nowhere(hub):
    listed = hub.get(reverse("vocabulary_need:index")).content.decode()
    history = hub.get(reverse("vocabulary_need:history", args=["debt-advice"])).content.decode()
    for page in (listed, history):
        for view in CHANGING:
            assert f"/language/needs/{'new' if view == 'add' else view}/" not in page


@pytest.mark.parametrize("table", NEW)
def test_an_administrator_adds_a_row_of_every_table(administrator, table):
    before = TABLES[table].objects.count()
    response = add(administrator, table)
    assert response.status_code == 302
    assert TABLES[table].objects.count() == before + 1


def test_the_menu_is_for_the_hub(administrator, hub, heron):
    home = reverse("wagtailadmin_home")
    for client, shown in ((administrator, True), (hub, True), (heron.client, False)):
        assert ("/admin/language/needs/" in client.get(home).content.decode()) is shown


def test_the_hubs_are_a_step_away(administrator):
    page = administrator.get(reverse("vocabulary_hubs"), follow=True)
    assert "Diss" in page.content.decode()
