"""What axe says of a page, and whether it fits a phone."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_DESK, _PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def faults(page: Page) -> list[str]:
    """Every violation that axe finds, Wagtail's own frame included, and sideways scrolling."""
    found = [
        f"{page.url}: {violation['id']}: {node['html'][:120]}"
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"]
    ]
    page.set_viewport_size(_PHONE)
    if page.evaluate("document.documentElement.scrollWidth") > _PHONE["width"]:
        found.append(f"{page.url}: scrolls sideways on a phone")
    page.set_viewport_size(_DESK)
    return found
