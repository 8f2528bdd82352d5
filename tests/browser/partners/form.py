"""The form of a service, as somebody fills it."""

import re
from dataclasses import dataclass

from playwright.sync_api import FrameLocator, Locator, Page, expect


@dataclass(frozen=True)
class ServiceForm:
    page: Page

    def tab(self, name: str) -> None:
        # A tab with errors says how many behind its name.
        self.page.get_by_role("tab", name=re.compile(rf"^\s*{name}")).click()

    def tabs(self) -> list[str]:
        names = self.page.get_by_role("tablist").first.get_by_role("tab").all_inner_texts()
        return [re.sub(r"\s*\d+\s*$|\n.*", "", name).strip() for name in names]

    def field(self, name: str) -> Locator:
        return self.page.locator(f"#id_{name}")

    def row(self, panel: str, number: int = 0) -> "Row":
        """A row of an inline panel, added if it is not there."""
        if self.page.locator(f"#id_{panel}-{number}-DELETE").count() == 0:
            self.page.locator(f"#id_{panel}-ADD").click()
        return Row(self.page, f"{panel}-{number}")

    def said_beside(self, name: str) -> Locator:
        """What the form says is wrong, in the part of the field that it is about."""
        parts = self.page.locator("section.w-panel, .w-field__wrapper")
        return parts.filter(has=self.field(name)).last.locator(".error-message")

    def press(self, name: str) -> None:
        """A button at the foot of the form; all but the first are in its menu."""
        button = self.page.locator("footer").get_by_role("button", name=name)
        if not button.first.is_visible():
            self.page.locator("footer [data-w-dropdown-target=toggle]").click()
        button.first.click()

    def submit(self) -> None:
        self.press("Submit to")

    def submitted(self) -> None:
        """Submit, and see that it was taken."""
        self.submit()
        expect(self.page.locator(".messages")).to_contain_text("submitted")

    def preview(self, mode: str, words: str) -> FrameLocator:
        """The preview beside the form, in one of its modes, as soon as it says `words`."""
        if not self.page.locator("#id_preview_mode").is_visible():
            self.page.get_by_role("button", name="Toggle preview").click()
        self.page.locator("#id_preview_mode").select_option(label=mode)
        frame = self.page.frame_locator("iframe[title=Preview]:visible")
        expect(frame.locator("body")).to_contain_text(words)
        return frame


@dataclass(frozen=True)
class Row:
    page: Page
    prefix: str

    def field(self, name: str) -> Locator:
        return self.page.locator(f"#id_{self.prefix}-{name}")

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.field(name).fill(value)

    def tick(self, label: str) -> None:
        self.page.locator(f"#inline_child_{self.prefix}").get_by_label(label, exact=True).check()
