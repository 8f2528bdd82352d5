"""Words of the site that the hub edits: they count at once, and cost one query a page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.models import HomePage, HubIndexPage, SiteTexts

pytestmark = pytest.mark.django_db


def _address() -> str:
    row = SiteTexts.objects.first() or SiteTexts.objects.create()
    return reverse("wagtailsettings:edit", args=["cms", "sitetexts", row.pk])


def _save(client, **values):
    held = {
        field.name: getattr(SiteTexts.in_force(), field.name)
        for field in SiteTexts._meta.fields
        if field.name != "id"
    }
    return client.post(_address(), held | values)


def test_without_a_row_the_site_says_what_it_came_with(client):
    SiteTexts.objects.all().delete()
    HomePage.objects.update(intro="")
    HubIndexPage.objects.update(intro="")
    start = client.get("/").content.decode()
    assert "Find help near you</h1>" in start
    assert "Tell us once. We find the people near you who can help." in start
    assert "A hub is a place to ring or walk into." in client.get("/hubs/").content.decode()
    assert "Ask any <a" in client.get("/privacy/").content.decode()
    assert not SiteTexts.objects.exists(), "looking at a page writes nothing"


def test_what_the_hub_writes_is_on_every_page_at_the_next_request(administrator, client, model):
    HomePage.objects.update(intro="")
    assert (
        _save(
            administrator,
            start_heading="Help in Larkmoor",
            start_intro="Say it in your words.",
            notice="Our phones are closed on Friday.",
            phone="01632 960123",
            phone_hours="Monday to Friday",
            footer="Run by Larkmoor Council.",
            privacy_contact="Ask the hub's manager.",
        ).status_code
        == 302
    )
    start = client.get("/").content.decode()
    assert "Help in Larkmoor" in start
    assert "Say it in your words." in start
    assert "Ask the hub&#x27;s manager." in client.get("/privacy/").content.decode()
    for address in ("/", "/privacy/", "/hubs/", "/directory/", "/find/?need=debt-advice", "/no/"):
        page = client.get(address).content.decode()
        for words in ("Our phones are closed", 'href="tel:01632960123"', "Run by Larkmoor Council"):
            assert words in page, (address, words)


@pytest.mark.parametrize("address", ["/", "/find/?need=debt-advice", "/hubs/", "/privacy/", "/no/"])
def test_a_page_asks_for_the_texts_once(client, address, model):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert sum("cms_sitetexts" in query["sql"] for query in queries) == 1


def test_what_is_written_is_text_and_not_markup(administrator, client):
    _save(administrator, notice="<script>alert(1)</script>")
    assert "<script>alert" not in client.get("/").content.decode()


def test_a_phone_that_cannot_be_rung_is_refused(administrator):
    assert "That cannot be rung" in _save(administrator, phone="ask Ann").content.decode()
    assert "Give the number" in _save(administrator, phone_hours="always").content.decode()


def test_only_administrators_edit_the_texts(hub, heron, administrator):
    assert administrator.get(_address()).status_code == 200
    assert hub.get(_address()).status_code in (302, 403)
    assert heron.client.get(_address()).status_code == 403
    assert _save(hub, notice="Mine").status_code in (302, 403)
    assert SiteTexts.in_force().notice == ""
