"""What partners and the hub do to a service that is live, each at a browser of their own."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.partners.accessibility import faults
from tests.browser.partners.conftest import log_in
from tests.browser.partners.form import ServiceForm
from tests.browser.partners.mailbox import link_in
from tests.browser.partners.seeding import STREET

#: Where one of the sites is, as its form and its page say it.
PLACE = (STREET, "Heron House", "IP22 4WG")


@pytest.fixture
def edited(desk, site):
    """Opens the form of one of Heron Trust's services, as somebody."""

    def opened(name: str, service: str) -> ServiceForm:
        page = desk(name)
        page.goto(f"/admin/pages/{site.heron[service]}/edit/")
        return ServiceForm(page)

    return opened


@pytest.fixture
def public(desk):
    """What everybody reads about one of Heron Trust's services, asked for anew each time."""
    page = desk()

    def read(slug: str) -> str:
        answer = page.goto(f"/directory/heron-trust/{slug}/")
        return page.locator("main").inner_text() if answer.ok else ""

    return read


def test_safe_changes_are_public_at_once_and_logged_and_the_rest_waits(edited, public, site):
    form = edited("heron", "helpline")
    form.field("summary").fill("Somebody to talk to about whatever it is.")
    form.tab("When")
    form.row("page_schedules").fill(closes_at="17:45")
    form.tab("How to get it")
    form.field("phone").fill("01632 960199")
    form.submit()
    expect(form.page.locator(".messages")).to_contain_text("Public already: ")
    expect(form.page.locator(".messages")).to_contain_text("The hub looks at the rest.")
    said = public("heron-helpline")
    assert "01632 960199" in said
    assert "9:30am to 5:45pm" in said
    assert "about money" in said
    assert "whatever it is" not in said
    form.page.goto(f"/admin/pages/{site.heron['helpline']}/history/")
    expect(form.page.locator("main")).to_contain_text("Went live at once")


def test_still_right_from_the_mail_works_once_and_without_a_log_in(desk, public, site):
    assert site.running.manage("remind").returncode == 0
    link = link_in(site.mails.last("heron@example.org", "still right"), "/still-right/")
    sent = len(site.mails.all())
    site.running.manage("remind")
    assert len(site.mails.all()) == sent
    before, today = public("heron-sewing-circle"), f"{timezone.localdate():%-d %B %Y}"
    assert today not in before

    page = desk()
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("still right?")
    assert faults(page) == []
    assert public("heron-sewing-circle") == before
    page.get_by_role("button", name="Yes, still right").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("is confirmed as of today")
    assert today in public("heron-sewing-circle")
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("was confirmed already")
    assert page.get_by_role("button", name="Yes, still right").count() == 0


def test_a_confidential_address_is_gone_from_the_next_request_on(desk, edited, public, site):
    assert all(words in public("heron-house") for words in PLACE)
    form = edited("heron", "house")
    form.tab("Where")
    form.row("page_sites").field("confidential").check()
    form.submit()
    expect(form.page.locator(".messages")).to_be_visible()
    assert not any(words in public("heron-house") for words in PLACE)
    key = site.heron["house"]
    hub = desk("editor")
    for part in (f"pages/{key}/edit/", f"reviews/{key}/", f"pages/{key}/history/",
                 f"pages/{key}/view_draft/", f"pages/{key}/revisions/compare/earliest...latest/",
                 "reports/hub/changes/"):  # fmt: skip
        assert hub.goto(f"/admin/{part}").ok, part
        assert not any(words in hub.content() for words in PLACE), part
    for name in ("administrator", "heron"):
        form = edited(name, "house")
        form.tab("Where")
        expect(form.row("page_sites").field("address_1")).to_have_value(STREET)


def test_what_is_deleted_is_not_public_and_comes_back_as_it_was(desk, edited, public, site):
    before = public("heron-garden")
    hub = desk("editor")
    hub.goto(f"/admin/pages/{site.heron['garden']}/delete/")
    expect(hub.locator(".messages")).to_contain_text("can bring it back")
    hub.get_by_role("button", name="Yes, delete it").click()
    expect(hub.locator(".messages")).to_contain_text("deleted")
    assert public("heron-garden") == ""
    hub.goto("/admin/deleted/")
    assert faults(hub) == []
    hub.get_by_role("button", name="Bring back Heron garden").click()
    expect(hub.locator(".messages")).to_contain_text("is back as a draft")
    assert public("heron-garden") == ""
    ServiceForm(hub).press("Publish")
    expect(hub.locator(".messages")).to_contain_text("published")
    assert public("heron-garden") == before


def test_a_partner_deletes_its_own_draft_and_not_what_is_live(desk, site):
    page = desk("heron")
    page.goto(f"/admin/pages/{site.heron['helpline']}/delete/")
    expect(page.locator(".messages")).to_contain_text("do not have permission")
    expect(page).to_have_url(re.compile("/admin/$"))
    page.goto(f"/admin/pages/{site.heron['unwanted']}/delete/")
    page.get_by_role("button", name="Yes, delete it").click()
    expect(page.locator(".messages")).to_contain_text("deleted")


def test_of_two_who_edit_at_once_the_second_is_told_and_nothing_is_lost(edited):
    first, second = edited("heron", "choir"), edited("editor", "choir")
    first.field("description").fill("We sing on Mondays.")
    first.submitted()
    second.field("description").fill("Songs for everybody.")
    _wagtail_looks_for_newer_versions(second.page)
    second.press("Save draft")
    second.page.locator("#w-save-confirmation-dialog [data-w-dialog-target=confirm]").click()
    expect(second.page.locator(".messages")).to_contain_text("saved a newer version")
    expect(second.field("description")).to_have_value("Songs for everybody.")
    second.press("Save draft")
    expect(second.page.locator(".messages")).to_contain_text("has been updated")
    expect(second.field("description")).to_have_value("Songs for everybody.")
    second.page.goto(second.page.url.replace("/edit/", "/history/"))
    assert second.page.locator("main").inner_text().count("Draft saved") >= 1


def test_what_a_partner_typed_survives_the_end_of_its_session(edited):
    form = edited("heron", "draft")
    form.field("description").fill("Typed before the session ended.")
    form.page.context.clear_cookies()
    form.press("Save draft")
    expect(form.page.locator("#keep-typed")).to_contain_text("What you typed is still here")
    expect(form.field("description")).to_have_value("Typed before the session ended.")
    _log_in_elsewhere(form.page)
    form.press("Save draft")
    expect(form.page.locator(".messages")).to_contain_text("has been updated")
    expect(form.field("description")).to_have_value("Typed before the session ended.")


def _wagtail_looks_for_newer_versions(page: Page) -> None:
    """As it does every ten seconds, and whenever somebody comes back to the tab."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("button", name="saved a new version").first).to_be_attached()


def _log_in_elsewhere(page: Page) -> None:
    other = page.context.new_page()
    log_in(other, "heron@example.org")
    other.wait_for_url("**/admin/")
    other.close()
