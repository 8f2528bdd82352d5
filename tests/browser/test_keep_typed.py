"""What somebody typed into a form survives the end of their session."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from cms.management.commands.load_demo import HUB_LOGIN

#: Saving a page may take a while on a machine that does other things too, in milliseconds.
PATIENCE = 30_000
TYPED = "Somebody to talk to about money, on every day but Sunday."


@pytest.fixture
def service(running_site) -> int:
    """A service of the demonstration, by the key of its page."""
    code = "from cms.models import ServicePage; print(ServicePage.objects.order_by('pk').last().pk)"
    said = running_site.manage("shell", "--no-imports", "-c", code)
    return int(said.stdout.split()[-1])


@pytest.fixture
def desk(chromium, running_site) -> Iterator[Page]:
    """A page on a computer, logged in as the hub."""
    context = chromium.new_context(base_url=running_site.address)
    page = context.new_page()
    _log_in(page)
    yield page
    context.close()


def _log_in(page: Page, name: str = HUB_LOGIN[0], password: str = HUB_LOGIN[1]) -> None:
    page.goto("/admin/")
    page.get_by_label("E-mail address or user name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    expect(page).to_have_url(re.compile(r"/admin/$"))


def _type(page: Page, service: int) -> None:
    page.goto(f"/admin/pages/{service}/edit/")
    page.locator("#id_summary").fill(TYPED)


def _save(page: Page) -> None:
    page.get_by_role("button", name="Save draft").first.click()


def _summary_is_kept(page: Page) -> None:
    expect(page.locator("#id_summary")).to_have_value(TYPED)
    expect(page).to_have_url(re.compile(r"/edit/$"))


def test_saving_after_the_session_ended_keeps_what_was_typed(desk, service):
    _type(desk, service)
    desk.context.clear_cookies()
    _save(desk)
    alert = desk.locator("#keep-typed")
    expect(alert).to_contain_text("You have been logged out. What you typed is still here")
    _summary_is_kept(desk)

    with desk.context.expect_page() as opened:
        alert.get_by_role("link").click()
    other = opened.value
    other.get_by_label("E-mail address or user name").fill(HUB_LOGIN[0])
    other.get_by_label("Password").fill(HUB_LOGIN[1])
    other.get_by_role("button", name="Log in").click()
    expect(other).to_have_url(re.compile(r"/admin/$"))
    other.close()

    _save(desk)
    expect(desk.locator(".messages")).to_contain_text("has been updated", timeout=PATIENCE)
    _summary_is_kept(desk)
    expect(alert).to_have_count(0)


def test_somebody_else_who_logged_in_meanwhile_does_not_save_it(desk, service, running_site):
    code = (
        "from django.contrib.auth.models import User; "
        "User.objects.create_superuser('other', 'other@example.org', 'four-loud-kestrels')"
    )
    running_site.manage("shell", "--no-imports", "-c", code)
    _type(desk, service)
    expect(desk.locator("#keep-typed")).to_have_count(0)
    desk.context.clear_cookies()
    other = desk.context.new_page()
    _log_in(other, "other", "four-loud-kestrels")
    _save(desk)
    expect(desk.locator("#keep-typed")).to_contain_text("Somebody else is logged in here now")
    _summary_is_kept(desk)


def test_saving_without_a_connection_keeps_what_was_typed(desk, service):
    _type(desk, service)
    desk.context.set_offline(True)
    _save(desk)
    expect(desk.locator("#keep-typed")).to_contain_text("cannot be reached just now")
    _summary_is_kept(desk)
    desk.context.set_offline(False)
    _save(desk)
    expect(desk.locator(".messages")).to_contain_text("has been updated", timeout=PATIENCE)


def test_nothing_that_was_typed_is_stored_in_the_browser(desk, service):
    _type(desk, service)
    desk.context.clear_cookies()
    _save(desk)
    expect(desk.locator("#keep-typed")).to_be_visible()
    for store in ("sessionStorage", "localStorage"):
        assert TYPED not in desk.evaluate(f"JSON.stringify({{...{store}}})")


@pytest.mark.parametrize("part", ["Publish", "Save draft"])
def test_the_button_that_was_pressed_is_the_one_that_counts(desk, service, part):
    desk.goto(f"/admin/pages/{service}/edit/")
    if part != "Save draft":
        desk.locator("footer [data-w-dropdown-target=toggle]").click()
    desk.get_by_role("button", name=part, exact=True).click()
    said = "has been published" if part == "Publish" else "has been updated"
    expect(desk.locator(".messages")).to_contain_text(said, timeout=PATIENCE)
