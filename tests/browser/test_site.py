"""The site as people use it: in Chromium, on a phone, with and without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from cms.management.commands.load_demo import HUB_LOGIN
from tests.browser.press import press

pytestmark = pytest.mark.browser

STORY = "rent arrears and bailiffs, my 15 year old will not go to school, no trouble with drink"
PAGES = [
    "/", "/directory/", "/directory/larkmoor-money-advice/", "/hubs/", "/early-help/",
    "/privacy/", "/find/?need=debt-advice", "/no-such-page/",
]  # fmt: skip


def _ask(page, text: str = STORY, place: str = "Wymondham") -> None:
    page.goto("/")
    page.get_by_label("What is going on?").fill(text)
    page.get_by_label("Where do you live?").fill(place)
    press(page.locator("main form button[type=submit]").first)


def _sideways(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_a_story_and_a_place_give_services_and_a_next_step(plain_phone):
    _ask(plain_phone)
    said = plain_phone.locator("main").inner_text()
    assert plain_phone.url.endswith("/find/")
    assert "Wymondham" in said
    assert "bailiffs" in said
    assert "Wymondham Early Help Hub" in said
    assert plain_phone.locator("a[href^='tel:']").count() > 3


def test_nothing_of_the_story_is_in_the_address_the_title_or_a_cookie(plain_phone):
    _ask(plain_phone)
    assert "?" not in plain_phone.url
    assert "rent" not in plain_phone.title()
    assert plain_phone.context.cookies() == []


def test_a_denied_need_comes_back_unticked_with_its_words(phone):
    _ask(phone, "behind with the rent, no concerns about drink")
    box = phone.locator("input[name=needs][value=substance-misuse]")
    assert box.count() == 1
    assert not box.is_checked()
    assert "no concerns about drink" in phone.locator("main").inner_text()


def test_an_unknown_place_offers_one_that_is_meant(phone):
    _ask(phone, place="Wyndham")
    said = phone.locator("main").inner_text()
    assert "Wymondham" in said
    press(phone.get_by_role("button", name="Wymondham", exact=False).first)
    assert "Wymondham Early Help Hub" in phone.locator("main").inner_text()
    assert "bailiffs" in phone.get_by_label("What is going on?").input_value()


def test_signs_of_danger_come_before_everything_and_nobody_is_called_safe(phone):
    _ask(phone, "he strangled me last night and says he will kill me if i leave")
    said = phone.locator("main").inner_text()
    assert phone.locator("a[href^='tel:']").first.is_visible()
    assert "999" in said
    assert "you are safe" not in said.lower()
    assert phone.get_by_text("Exit this page").first.is_visible()
    assert phone.title().startswith("Help near you")


def test_saying_nothing_keeps_the_place_and_says_what_to_do(plain_phone):
    plain_phone.goto("/")
    plain_phone.get_by_label("Where do you live?").fill("Diss")
    with plain_phone.expect_response("**/find/") as answered:
        press(plain_phone.locator("main form button[type=submit]").first)
    assert answered.value.status == 422
    assert "Tell us what is going on" in plain_phone.locator(".govuk-error-summary").inner_text()
    assert plain_phone.get_by_label("Where do you live?").input_value() == "Diss"


@pytest.mark.parametrize("address", PAGES)
def test_a_page_fits_a_phone_and_passes_axe(plain_phone, scripts, address):
    plain_phone.goto(address)
    if not scripts:
        return
    assert not _sideways(plain_phone)
    results = Axe().run(plain_phone)
    assert results.violations_count == 0, results.generate_report()


def test_the_result_page_fits_a_phone_and_passes_axe(phone):
    _ask(phone)
    phone.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert not _sideways(phone)
    results = Axe().run(phone)
    assert results.violations_count == 0, results.generate_report()


def test_the_api_is_described_without_help_from_elsewhere(phone):
    elsewhere = []
    phone.on("request", lambda r: "127.0.0.1" not in r.url and elsewhere.append(r.url))
    phone.goto("/api/docs")
    phone.get_by_text("/api/match").first.wait_for(timeout=15_000)
    assert [url for url in elsewhere if url.startswith("http")] == []


def test_the_hub_can_sign_in_and_find_a_service_to_edit(phone):
    name, password = HUB_LOGIN
    phone.goto("/admin/")
    phone.get_by_label("E-mail address or user name").fill(name)
    phone.get_by_label("Password").fill(password)
    press(phone.get_by_role("button", name="Log in"))
    phone.goto("/admin/pages/")
    assert "No Wrong Door" in phone.content()
