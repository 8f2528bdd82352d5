"""Our own pages of the admin and of accounts: axe finds nothing, and they fit a phone."""

from tests.browser.partners.accessibility import faults
from tests.browser.partners.form import ServiceForm

_REPORTS = (
    "due", "incomplete", "waiting-or-full", "coverage", "people", "changes", "confidential",
)  # fmt: skip
#: Tables of the shared language whose forms are not among the addresses below.
_TABLES = ("outcomes", "presented", "phrases", "areas", "levels", "lines")
_LISTS = ("needs", *_TABLES, "hubs")
_NOBODY = ("/accounts/login/", "/accounts/password/reset/", "/still-right/cut-off/")
_OF_ONES_OWN = (
    "/accounts/2fa/",
    "/accounts/password/change/",
    "/admin/",
    "/admin/services/exchange/",
)
_PARTNER = (*_OF_ONES_OWN, "/accounts/2fa/totp/activate/", "/admin/pages/{page}/")
_ADMINISTRATOR = (
    *_OF_ONES_OWN,
    "/accounts/2fa/recovery-codes/",
    "/admin/partners/",
    "/admin/partners/open/",
    "/admin/partners/{space}/",
    "/admin/partners/{space}/close/",
    "/admin/reviews/{live}/",
    "/admin/deleted/",
    "/admin/log-ins/",
    "/admin/people/{user}/two-factor/",
    *(f"/admin/reports/hub/{name}/" for name in _REPORTS),
    "/admin/reports/hub/decide/{live}/withdraw/",
    *(f"/admin/language/{name}/" for name in _LISTS),
    "/admin/language/needs/new/",
    "/admin/language/needs/edit/debt-advice/",
    "/admin/language/needs/delete/debt-advice/",
    "/admin/language/needs/usage/debt-advice/",
    "/admin/language/needs/inspect/debt-advice/",
    "/admin/settings/cms/sitetexts/",
    "/admin/settings/cms/safefields/",
)


def test_what_everybody_reaches(desk):
    assert _faults_of(desk(), _NOBODY, {}, status=(200, 404)) == []


def test_what_a_partner_reaches(desk, site):
    assert _faults_of(desk("heron"), _PARTNER, site.heron) == []


def test_what_the_hub_reaches(desk, site):
    assert _faults_of(desk("administrator"), _ADMINISTRATOR, site.otter) == []


def test_what_a_partner_is_refused(desk, site):
    assert _faults_of(desk("heron"), ("/admin/pages/{live}/edit/",), site.otter, (403,)) == []


def test_the_forms_of_the_shared_language(desk):
    page = desk("administrator")
    found = []
    for table in _TABLES:
        there = f"/admin/language/{table}/"
        page.goto(there)
        row = page.locator(f"main a[href^='{there}edit/']").first.get_attribute("href")
        found += _faults_of(page, (f"{there}new/", row), {})
    assert found == []


def test_every_tab_of_the_form_of_a_service(desk, site):
    page = desk("heron")
    found = []
    page.goto(f"/admin/pages/add/cms/servicepage/{site.heron['page']}/")
    found += faults(page)
    page.goto(f"/admin/pages/{site.heron['house']}/edit/")
    form = ServiceForm(page)
    tabs = form.tabs()
    assert len(tabs) == 8
    for tab in tabs:
        form.tab(tab)
        found += faults(page)
    assert found == []


def _faults_of(page, addresses, numbers, status=(200,)) -> list[str]:
    found = []
    for address in addresses:
        answer = page.goto(address.format(**numbers))
        assert answer.status in status, (address, answer.status)
        found += faults(page)
    return found
