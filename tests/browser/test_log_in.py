"""From the invitation to a log-in in two steps, on a phone, with and without scripts."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.press import press
from tests.cms.accounts.conftest import code_for

PASSWORD = "four-loud-kestrels"


def _fits(page: Page, scripts: bool) -> None:
    """No sideways scrolling, and nothing that axe complains of."""
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert Axe().run(page).response["violations"] == []


def test_the_invited_choose_a_password_and_set_up_the_second_step(
    plain_phone, scripts, running_site
):
    page, email = plain_phone, f"ola-{scripts}@example.org".lower()
    done = running_site.manage("partner", "open", f"Kestrel {scripts}", "--email", email)
    link = re.search(rb"https?://[^/\s]+(/accounts/\S+)", done.stdout)[1].decode()

    page.goto(link)
    _fits(page, scripts)
    for name in ("password1", "password2"):
        page.fill(f"[name={name}]", PASSWORD)
    press(page.get_by_role("button", name="Keep this password and log in"))
    expect(page).to_have_url(re.compile(r"/admin/$"))

    page.goto("/accounts/2fa/")
    _fits(page, scripts)
    press(page.get_by_role("button", name="Set it up"))
    _fits(page, scripts)
    secret = page.locator("li strong").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(code_for(secret))
    press(page.get_by_role("button", name="Set up"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep these recovery codes")
    _fits(page, scripts)
    recovery = page.locator("main li").first.inner_text()
    press(page.get_by_role("button", name="I have kept them, go on"))
    expect(page).to_have_url(re.compile(r"/admin/$"))

    page.goto("/accounts/logout/")
    press(page.get_by_role("button", name="Log out"))
    page.goto("/admin/pages/")
    _fits(page, scripts)
    page.get_by_label("E-mail address or user name").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    press(page.get_by_role("button", name="Log in"))
    _fits(page, scripts)
    page.get_by_label("Code").fill(recovery)
    press(page.get_by_role("button", name="Log in", exact=True))
    expect(page).to_have_url(re.compile(r"/admin/pages/"))


def test_the_log_in_that_the_demonstration_prints_works(plain_phone):
    page = plain_phone
    page.goto("/admin/")
    page.get_by_label("E-mail address or user name").fill("hub")
    page.get_by_label("Password").fill("demonstration-only")
    press(page.get_by_role("button", name="Log in"))
    expect(page).to_have_url(re.compile(r"/admin/$"))
