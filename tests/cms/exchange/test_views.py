"""Import and export in the admin."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cms.exchange import batches
from cms.models import ImportBatch, ServicePage
from tests.cms.exchange.files import NEW, book_of, csv_of, row_of, xlsx_of

pytestmark = pytest.mark.django_db


def _upload(browser, data: bytes, then: str = "publish", name: str = "mine.csv", **values):
    file = SimpleUploadedFile(name, data)
    address = reverse("services_exchange")
    return browser.post(address, {"file": file, "then": then, **values}, follow=True)


def _said(response) -> str:
    if getattr(response, "streaming", False):
        return b"".join(response.streaming_content).decode(errors="replace")
    return response.content.decode()


def _batch() -> ImportBatch:
    return ImportBatch.objects.get()


def _apply(browser, batch):
    return browser.post(reverse("services_import_apply", args=[batch.pk]), follow=True)


@pytest.mark.parametrize("make", [csv_of, xlsx_of])
def test_a_file_is_looked_at_and_then_applied(hub, heron, make):
    shown = _said(_upload(hub, make(NEW)))
    assert "1 created" in shown
    assert "Benefit checks" in shown
    assert not ServicePage.objects.filter(title="Benefit checks").exists()
    assert "1 added, 0 changed." in _said(_apply(hub, _batch()))
    assert ServicePage.objects.get(title="Benefit checks").live
    assert not ImportBatch.objects.exists()


def test_three_faults_are_told_with_row_and_column_and_nothing_can_be_applied(hub, heron):
    data = csv_of(
        NEW | {"Confirmed on": "31/02/2026"},
        NEW | {"Name": "B", "Main needs": "debt-advise"},
        NEW | {"Name": "C", "E-mail": "nobody"},
    )
    shown = _said(_upload(hub, data))
    assert "3 rows are refused" in shown
    for words in ("Confirmed on", "31/02/2026", "Did you mean debt-advice", "valid email address"):
        assert words in shown
    assert reverse("services_import_apply", args=[_batch().pk]) not in shown
    assert "cannot be taken" in _said(_apply(hub, _batch()))
    assert not ServicePage.objects.filter(title__in=["Benefit checks", "B", "C"]).exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x89PNG\x00\xff"])
def test_a_file_that_is_no_table_is_refused_and_forgotten(hub, heron, data):
    response = _upload(hub, data)
    assert response.status_code == 200
    assert any(words in _said(response) for words in ("empty", "save it as .xlsx"))
    assert not ImportBatch.objects.exists()


def test_what_partners_typed_is_shown_as_text(hub, heron):
    name = "<script>alert(1)</script>"
    shown = _said(_upload(hub, csv_of(NEW | {"Name": name})))
    assert name not in shown
    assert "&lt;script&gt;" in shown


def test_a_preview_is_shown_to_nobody_else(hub, heron, otter, administrator):
    _upload(heron.client, csv_of(row_of_own(heron)))
    for browser in (hub, otter.client, administrator):
        for name in ("services_import", "services_import_apply", "services_import_discard"):
            ask = browser.get if name == "services_import" else browser.post
            said = _said(ask(reverse(name, args=[_batch().pk]), follow=True))
            assert "Heron Trust live" not in said
    assert ImportBatch.objects.count() == 1


def row_of_own(partner) -> dict[str, str]:
    from cms.exchange.scope import scope_of

    return row_of(scope_of(partner.user), partner.live) | {"Cost": "£2"}


def test_what_nobody_looked_at_is_not_applied(hub, heron):
    file = SimpleUploadedFile("mine.csv", csv_of(NEW))
    hub.post(reverse("services_exchange"), {"file": file, "then": "publish"})
    _apply(hub, _batch())
    assert not ServicePage.objects.filter(title="Benefit checks").exists()


def test_a_file_is_applied_once(hub, heron):
    _upload(hub, csv_of(NEW), then="draft")
    batch = _batch()
    _apply(hub, batch)
    assert "applied already" in _said(_apply(hub, batch))
    assert ServicePage.objects.filter(title="Benefit checks").count() == 1


def test_a_file_is_forgotten_after_a_day(hub, heron):
    _upload(hub, csv_of(NEW))
    ImportBatch.objects.update(made=timezone.now() - timedelta(hours=25))
    assert "more than a day ago" in _said(_apply(hub, _batch()))
    assert not ServicePage.objects.filter(title="Benefit checks").exists()
    _upload(hub, csv_of(NEW))
    assert ImportBatch.objects.count() == 1


def test_a_file_is_deleted_when_asked(hub, heron):
    _upload(hub, csv_of(NEW))
    hub.post(reverse("services_import_discard", args=[_batch().pk]))
    assert not ImportBatch.objects.exists()


def test_a_page_edited_after_the_preview_brings_a_fresh_one(administrator, heron, as_administrator):
    page = ServicePage.objects.get(pk=heron.live.pk)
    page.get_latest_revision().publish()
    _upload(administrator, csv_of(row_of(as_administrator, page) | {"Cost": "£2"}))
    page = ServicePage.objects.get(pk=page.pk)
    page.fees = "£1"
    page.save_revision().publish()
    said = _said(_apply(administrator, _batch()))
    assert "Pages were edited after this preview" in said
    assert "£1" in said
    assert ServicePage.objects.get(pk=page.pk).fees == "£1"
    assert "0 added, 1 changed" in _said(_apply(administrator, _batch()))
    assert ServicePage.objects.get(pk=page.pk).fees == "£2"


def test_what_is_too_much_for_a_click_names_the_command(hub, heron, monkeypatch):
    monkeypatch.setattr(batches, "ADDED_PER_CLICK", 1)
    shown = _said(_upload(hub, csv_of(NEW, NEW | {"Name": "B"})))
    assert "manage.py services import mine.csv --apply" in shown
    _apply(hub, _batch())
    assert not ServicePage.objects.filter(title="B").exists()


def test_a_partner_sends_its_file_to_the_hub(heron, otter):
    shown = _said(_upload(heron.client, csv_of(NEW)))
    assert "goes to the hub for review" in shown
    _apply(heron.client, _batch())
    assert ServicePage.objects.get(title="Benefit checks").workflow_in_progress


def test_a_partner_who_left_does_not_apply_what_they_uploaded(heron, otter):
    from cms.partners.spaces import remove_member

    _upload(heron.client, csv_of(NEW))
    remove_member(heron.space, heron.user)
    _apply(heron.client, _batch())
    assert not ServicePage.objects.filter(title="Benefit checks").exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_partner_exports_its_own(heron, otter, form):
    response = heron.client.get(reverse("services_export"), {"format": form})
    data = b"".join(response.streaming_content)
    assert response["Content-Disposition"].endswith(f'.{form}"')
    assert b"Otter" not in data
    assert data


def test_a_partner_does_not_choose_another(heron, otter):
    asked = {"format": "csv", "partner": otter.page.pk}
    data = b"".join(heron.client.get(reverse("services_export"), asked).streaming_content)
    assert b"Otter" not in data
    shown = _said(heron.client.get(reverse("services_exchange")))
    assert "Otter" not in shown


def test_the_hub_exports_one_partner(hub, heron, otter):
    asked = {"format": "csv", "partner": otter.page.pk}
    data = b"".join(hub.get(reverse("services_export"), asked).streaming_content)
    assert b"Otter Society live service" in data
    assert b"Heron" not in data
    assert hub.get(reverse("services_export"), {"format": "pdf"}).status_code == 404


ADDRESSES = ("services_exchange", "services_export")


@pytest.mark.parametrize("name", ADDRESSES)
def test_nobody_else_is_let_in(client, django_user_model, name, roles):
    from cms.partners.roles import admin_access

    assert client.get(reverse(name)).status_code == 302
    user = django_user_model.objects.create_user("practitioner")
    user.user_permissions.add(admin_access())
    client.force_login(user)
    answer = client.get(reverse(name), {"format": "csv"})
    assert answer.status_code in (302, 403)
    assert not getattr(answer, "streaming", False)


def test_the_menu_leads_there(hub, heron):
    for browser in (hub, heron.client):
        assert reverse("services_exchange") in _said(browser.get(reverse("wagtailadmin_home")))


def test_a_long_preview_has_pages(hub, heron):
    rows = [["Name", "Partner"], *([f"N {n}", "Heron Trust"] for n in range(120))]
    shown = _said(_upload(hub, book_of(rows), then="draft"))
    assert "Page 1 of 6" in shown
    address = reverse("services_import", args=[_batch().pk])
    assert "N 119" in _said(hub.get(address, {"show": "created", "p": "6"}))
