"""A real Chromium, Debian's, and pages at the width of a phone."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

# Playwright's loop makes Django refuse the database; these tests touch it through the site only.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not here, and on CI nothing may be skipped.")
        pytest.skip("Chromium is not here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def scripts(request) -> bool:
    return request.param


@pytest.fixture
def phone(chromium, running_site) -> Iterator[Page]:
    """A page on a phone that fails the test on any error in the console."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True,
        base_url=running_site.address,
    )  # fmt: skip
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors


@pytest.fixture
def plain_phone(chromium, running_site, scripts) -> Iterator[Page]:
    """A page on a phone, with and without scripts."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, java_script_enabled=scripts,
        base_url=running_site.address,
    )  # fmt: skip
    yield context.new_page()
    context.close()
