"""A partner's person, logged in and knowing every number, tries to get at another partner's."""

import json

import pytest
from django.urls import resolve
from playwright.sync_api import APIResponse, Page

from tests.browser.partners.seeding import SECRET

#: In everything of the other partner; its street and town too, and the address of its person.
TELLING = (SECRET, "otter@example.org", "7 Otter Street", "Harleston")
TAKEN = {"title": "TAKEN", "slug": "taken", "summary": "TAKEN", "action-publish": "1"}
CSV = (
    "Service id,Partner,Name,Summary,Main needs,By phone,Phone,Areas\n"
    "{id},Otter Society,TAKEN,TAKEN,debt-advice,yes,01632 960123,E07000149\n"
)

#: A name for each way, the address, and what is posted there (None: it is only asked for).
WAYS: list[tuple[str, str, dict[str, str] | None]] = [
    ("the form", "/admin/pages/{live}/edit/", None),
    ("the form of a draft", "/admin/pages/{draft}/edit/", None),
    ("saving over it", "/admin/pages/{live}/edit/", TAKEN),
    ("its draft as a page", "/admin/pages/{draft}/view_draft/", None),
    ("its history", "/admin/pages/{live}/history/", None),
    ("an earlier version", "/admin/pages/{live}/revisions/{first}/view/", None),
    ("its version as one's own", "/admin/pages/{own}/revisions/{revision}/view/", None),
    ("two versions side by side", "/admin/pages/{live}/revisions/compare/{first}...{revision}/",
     None),
    ("its versions compared as one's own", "/admin/pages/{own}/revisions/compare/{first}...live/",
     None),
    ("going back to an earlier one", "/admin/pages/{live}/revisions/{first}/revert/", {}),
    ("a preview", "/admin/pages/{live}/edit/preview/?mode=", TAKEN),
    ("a new page below it", "/admin/pages/add/cms/servicepage/{page}/", TAKEN),
    ("deleting a draft", "/admin/pages/{draft}/delete/", {}),
    ("deleting it", "/admin/pages/{live}/delete/", {}),
    ("copying it", "/admin/pages/{live}/copy/", {"new_title": "TAKEN", "new_slug": "taken",
     "new_parent_page": "{own_page}", "alias": "on"}),
    ("moving it to oneself", "/admin/pages/{live}/move/{own_page}/confirm/", {}),
    ("unpublishing it", "/admin/pages/{live}/unpublish/", {}),
    ("the explorer", "/admin/pages/{page}/", None),
    ("the search for pages", "/admin/pages/search/?q=drop-in", None),
    ("the chooser of pages", "/admin/choose-page/{page}/?page_type=wagtailcore.page", None),
    ("the search in the chooser", "/admin/choose-page/search/?q=drop-in", None),
    ("many pages at once", "/admin/bulk/wagtailcore/page/delete/?id={draft}&id={live}", {}),
    ("pages in the admin's API", "/admin/api/main/pages/?fields=*&search=drop-in", None),
    ("one page in the admin's API", "/admin/api/main/pages/{live}/", None),
    ("publishing by the admin's API", "/admin/api/main/pages/{draft}/action/publish/", {}),
    ("photos in the admin's API", "/admin/api/main/images/", None),
    ("a photo in the chooser", "/admin/images/chooser/chosen/{photo}/", None),
    ("the photos in the chooser", "/admin/images/chooser/?q=drop-in", None),
    ("a photo's own page", "/admin/images/{photo}/", {"title": "TAKEN"}),
    ("documents", "/admin/documents/", None),
    ("a document", "/documents/{document}/otter.pdf", None),
    ("approving its change", "/admin/pages/workflow/action/{live}/approve/{task}/", {}),
    ("cancelling its review", "/admin/pages/workflow/confirm_cancellation/{live}/", {}),
    ("what waits, as a page", "/admin/pages/workflow/preview/{live}/{task}/", None),
    ("the status of its review", "/admin/pages/{live}/workflow_history/detail/{state}/", None),
    ("both sides of its change", "/admin/reviews/{live}/", {"answer": "approve",
     "revision": "{revision}", "comment": ""}),
    ("confirming it", "/admin/still-right/{live}/", {}),
    ("needs for it", "/admin/services/{live}/suggest-needs/", {"title": "debt"}),
    ("a map for it", "/admin/services/{live}/map/", {"name": "x"}),
    ("recent changes", "/admin/reports/hub/changes/", None),
    ("confidential sites as a file", "/admin/reports/hub/confidential/?export=csv", None),
    ("what happened on the site", "/admin/reports/site-history/", None),
    ("pages by their type", "/admin/reports/page-types-usage/", None),
    ("partners and their people", "/admin/partners/{space}/", None),
    ("inviting oneself", "/admin/partners/{space}/invite/", {"email": "heron@example.org"}),
    ("the users", "/admin/users/", None),
    ("its person", "/admin/users/edit/{user}/", {"first_name": "TAKEN"}),
    ("what was deleted", "/admin/deleted/", None),
    ("an export of it", "/admin/services/export/?format=csv&partner={page}", None),
    ("an export of everybody", "/admin/services/export/?format=csv&partner=", None),
    ("who else is at it", "/admin/editing-sessions/ping/cms/servicepage/{live}/1/", {}),
]  # fmt: skip


@pytest.fixture
def heron(desk) -> Page:
    page = desk("heron")
    page.goto("/admin/")
    return page


@pytest.fixture
def numbers(site) -> dict[str, int]:
    return {**site.otter, "own": site.heron["helpline"], "own_page": site.heron["page"]}


@pytest.fixture(scope="module")
def unchanged(site):
    """Everything of the other partner is the same afterwards, row by row."""
    before = _all_of_otter(site)
    assert "Otter drop-in" in before
    yield
    assert _all_of_otter(site) == before


def test_over_twenty_ways_into_anothers_listing_tell_nothing_and_change_nothing(
    heron, numbers, unchanged
):
    told = [
        (name, answer.status, secret)
        for name, address, data in WAYS
        for answer in _tried(heron, address.format(**numbers), data, numbers)
        for secret in TELLING
        if secret in answer.text()
    ]
    assert told == []


def test_the_ways_are_real(desk, heron, numbers):
    """The hub learns by them what a partner may not; a partner's own is sent in the same way."""
    assert len(WAYS) > 20
    page = desk("administrator")
    told = {}
    for name, address, _ in WAYS:
        assert not _nowhere(address.format(**numbers)), address
        answer = page.request.get(address.format(**numbers))
        told[name] = any(secret in answer.text() for secret in TELLING)
    assert sum(told.values()) > 20
    [_, drawn] = _tried(heron, f"/admin/services/{numbers['own']}/map/", {"name": "x"}, numbers)
    assert drawn.status == 200


def test_in_the_browser_the_forms_and_histories_say_that_it_is_not_theirs(heron, numbers):
    for part in ("edit", "history", "delete", "copy", "view_draft"):
        answer = heron.goto(f"/admin/pages/{numbers['live']}/{part}/")
        assert answer.status == 403
        assert SECRET not in heron.content()
    heron.goto(f"/admin/pages/{numbers['page']}/")
    assert SECRET not in heron.content()


def test_a_file_cannot_change_anothers_service_by_its_id(heron, site, unchanged):
    done = site.running.manage(
        "shell", "-v", "0", "--no-imports", "-c",
        "from cms.models import ServicePage; "
        f"print(ServicePage.objects.get(pk={site.otter['live']}).service_id)",
    )  # fmt: skip
    file = CSV.format(id=done.stdout.decode().split()[-1]).encode()
    heron.goto("/admin/services/exchange/")
    heron.get_by_label("File").set_input_files(
        {"name": "mine.csv", "mimeType": "text/csv", "buffer": file}
    )
    heron.get_by_role("button", name="Look at what would happen").click()
    said = heron.locator("main").inner_text()
    assert "refused" in said
    assert heron.get_by_role("button", name="Apply").count() == 0
    assert "drop-in" not in said


def _nowhere(address: str) -> bool:
    """Whether no view of the admin has this address."""
    return resolve(address.partition("?")[0]).route.endswith(".*/$")


def _tried(
    page: Page, address: str, data: dict[str, str] | None, numbers: dict[str, int]
) -> list[APIResponse]:
    """The answers with the partner's own cookies, and with a token that is right."""
    answers = [page.request.get(address)]
    if data is not None:
        token = page.evaluate(
            "JSON.parse(document.getElementById('wagtail-config').text).CSRF_TOKEN"
        )
        answers.append(
            page.request.post(
                address,
                form={name: value.format(**numbers) for name, value in data.items()},
                headers={"X-CSRFToken": token, "Referer": page.url},
            )
        )
    for answer in answers:
        assert answer.status < 500, (address, answer.status)
    return answers


def _all_of_otter(site) -> str:
    code = f"from tests.browser.partners.seeding import all_of; print(all_of({site.otter['page']}))"
    done = site.running.manage("shell", "-v", "0", "--no-imports", "-c", code)
    assert done.returncode == 0, done.stderr.decode()
    return json.dumps(json.loads(done.stdout.splitlines()[-1]), indent=1)
