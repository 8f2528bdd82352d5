"""Histories say who brought a service in, and from which file: its own, and its partner's."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import PageLogEntry

from cms.exchange.history import ACTION, ADDED
from cms.models import DirectoryPage, ImportBatch, ServicePage
from tests.cms.exchange.files import NEW, add_complete, applied, csv_of, row_of
from tests.cms.pages import add_partner

pytestmark = pytest.mark.django_db

TWO = (NEW, NEW | {"Name": "Form filling"})


def _named(name: str) -> ServicePage:
    return ServicePage.objects.get(title=name)


def _history(browser, page) -> str:
    return browser.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()


def _import(browser, *rows: dict[str, str]) -> None:
    """Through the pages of the admin: one request writes everything."""
    file = SimpleUploadedFile("march.csv", csv_of(*rows))
    browser.post(reverse("services_exchange"), {"file": file, "then": "publish"}, follow=True)
    batch = ImportBatch.objects.get()
    browser.post(reverse("services_import_apply", args=[batch.pk]))
    assert not ImportBatch.objects.exists()


def test_an_import_is_logged_once_with_its_numbers(operator):
    trust = add_partner("Heron Trust")
    applied(operator.narrowed(trust), *TWO)
    entry = PageLogEntry.objects.get(action=ACTION, page=trust)
    assert (entry.data["file"], entry.data["created"], entry.data["changed"]) == ("test.csv", 2, 0)
    assert entry.message == "Brought services in from the file “test.csv”: 2 added, 0 changed"


def test_each_new_service_says_who_brought_it_in_and_from_which_file(heron, hub):
    _import(hub, *TWO)
    for name in ("Benefit checks", "Form filling"):
        page = _named(name)
        entry = PageLogEntry.objects.get(page=page.pk, action=ADDED)
        assert (entry.user, entry.label) == (hub.user, name)
        assert entry.revision_id == page.latest_revision_id
        shown = _history(hub, page)
        assert "Brought in from the file “march.csv”" in shown
        assert "Live version" in shown


def test_a_partners_services_say_so_and_that_they_were_submitted(heron, otter, hub):
    _import(heron.client, *TWO)
    for name in ("Benefit checks", "Form filling"):
        shown = _history(heron.client, _named(name))
        assert "Brought in from the file “march.csv”" in shown
        assert "Live version" not in shown
        actions = PageLogEntry.objects.filter(page=_named(name).pk).values_list("action", flat=True)
        assert sorted(actions) == [ADDED, "wagtail.workflow.start"]


def test_every_page_that_one_request_changes_shows_it_in_its_history(
    heron, administrator, as_administrator
):
    """Of entries with one uuid Wagtail shows the last alone, whichever page it belongs to."""
    pages = [add_complete(heron.page, name) for name in ("One", "Two", "Three")]
    rows = [row_of(as_administrator, page) | {"Cost": "£2"} for page in pages]
    _import(administrator, *rows)
    for page in pages:
        shown = _history(administrator, page)
        assert "Draft saved" in shown
        assert "Published" in shown
    entries = PageLogEntry.objects.filter(action="wagtail.publish", page__in=pages)
    assert len({entry.uuid for entry in entries}) == len(pages)


def test_entries_of_one_import_have_something_in_common(operator):
    trust = add_partner("Heron Trust")
    applied(operator.narrowed(trust), *TWO)
    [common] = {entry.data["import"] for entry in PageLogEntry.objects.filter(action=ADDED)}
    assert PageLogEntry.objects.get(action=ACTION).data["import"] == common


def test_a_file_of_several_partners_is_not_named_to_any_of_them(heron, otter, hub):
    """It may be called after another partner, or name it."""
    _import(hub, NEW, NEW | {"Partner": "Otter Society"})
    page = ServicePage.objects.get(title="Benefit checks", path__startswith=heron.page.path)
    shown = _history(heron.client, page)
    assert "Brought in from a file" in shown
    assert "march.csv" not in shown
    directory = DirectoryPage.objects.get()
    assert PageLogEntry.objects.get(page=directory, action=ACTION).data["file"] == "march.csv"


def test_the_hubs_report_of_changes_tells_of_it(heron, administrator):
    _import(administrator, *TWO)
    shown = administrator.get(reverse("hub_report_changes")).content.decode()
    assert "Brought in from the file “march.csv”" in shown


def test_the_entries_of_many_pages_take_one_query(operator, django_assert_num_queries):
    from cms.exchange.history import begun, log_added

    trust = add_partner("Heron Trust")
    pages = [add_complete(trust, f"Service {number}") for number in range(20)]
    current = begun("many.csv", None, [trust.pk])
    log_added(pages[:1], current)
    with django_assert_num_queries(1):
        log_added(pages, current)
