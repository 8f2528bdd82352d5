"""One served site for all stories, and a browser for each of the people in them."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.partners.mailbox import Mailbox
from tests.browser.partners.seeding import PASSWORD
from tests.cms.accounts.conftest import code_for
from tests.running_site import RunningSite, start

#: Milliseconds for anything that a page has to do, on a machine that does much else.
PATIENCE = 30_000
SEED = "from tests.browser.partners.seeding import seed; seed()"
HUB = ("administrator", "editor")


@dataclass
class Site:
    """The served site: its mails, and the numbers of what was there before the stories."""

    running: RunningSite
    mails: Mailbox
    heron: dict[str, int]
    otter: dict[str, int]

    @property
    def address(self) -> str:
        return self.running.address


@pytest.fixture(scope="session")
def site(tmp_path_factory, model) -> Iterator[Site]:
    """As in production the hub has to take a second step; mails are written to a folder."""
    folder: Path = tmp_path_factory.mktemp("partners")
    mails = folder / "mails"
    running = start(folder, HUB_TWO_FACTOR="required", EMAIL_URL=f"filemail:///{mails}")
    done = running.manage("shell", "-v", "0", "--no-imports", "-c", SEED)
    assert done.returncode == 0, done.stderr.decode()
    yield Site(running, Mailbox(mails), **json.loads(done.stdout.splitlines()[-1]))
    running.stop()


@dataclass
class People:
    """Logs each of them in once, as they do it, and remembers their cookies for later stories."""

    browser: Browser
    site: Site
    _cookies: dict[str, Any] = field(default_factory=dict)

    def context(self, name: str | None, **options: Any) -> BrowserContext:
        """A browser of this person's, or of somebody who has no account."""
        if name is not None and name not in self._cookies:
            self._log_in(name)
        context = self._new(storage_state=self._cookies.get(name), **options)
        context.set_default_timeout(PATIENCE)
        return context

    def _new(self, **options: Any) -> BrowserContext:
        size = {"width": 1280, "height": 900}
        options = {"viewport": size, "base_url": self.site.address, **options}
        return self.browser.new_context(**options)

    def _log_in(self, name: str) -> None:
        context = self._new()
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        log_in(page, f"{name}@example.org")
        if name in HUB:
            set_up_second_step(page)
        expect(page).to_have_url(re.compile(r"/admin/$"))
        self._cookies[name] = context.storage_state()
        context.close()


def log_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/admin/")
    page.get_by_label("E-mail address or user name").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def set_up_second_step(page: Page) -> str:
    """What the hub's people are led to before anything else. Returns the key for their app."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up two-step log-in")
    key = page.locator("li strong").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(code_for(key))
    page.get_by_role("button", name="Set up").click()
    page.get_by_role("button", name="I have kept them, go on").click()
    return key


@pytest.fixture(scope="session")
def people(chromium, site) -> People:
    expect.set_options(timeout=PATIENCE)
    return People(chromium, site)


@pytest.fixture
def desk(people) -> Iterator[Callable[..., Page]]:
    """Opens a page as somebody. The test fails on any error of a script in it."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def opened(name: str | None = None, **options: Any) -> Page:
        context = people.context(name, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []
