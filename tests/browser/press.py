"""Pressing what leads to another page."""

from playwright.sync_api import Locator


def press(button: Locator) -> None:
    """Click and wait for the next page: a busy machine takes its time to leave this one."""
    with button.page.expect_navigation():
        button.click()
