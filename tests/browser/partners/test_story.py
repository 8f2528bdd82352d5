"""A partner comes in, writes its first service, hears what the hub says, is found, and leaves."""

import re

from playwright.sync_api import Page, expect

from tests.browser.partners.accessibility import faults
from tests.browser.partners.form import ServiceForm
from tests.browser.partners.mailbox import link_in, words_of

NAME, PERSON, PASSWORD = "Kestrel Families", "ola@kestrel.example.org", "four-loud-kestrels"
TITLE = "Kestrel money evenings"
DESCRIPTION = (
    "We sit down with you over letters from bailiffs, rent arrears and debts, "
    "and ring your creditors together."
)
COMMENT = "Please say in the summary for whom it is."


def test_from_the_invitation_to_being_found_and_closed_again(desk, site):
    partner, hub, administrator, anybody = desk(), desk("editor"), desk("administrator"), desk()
    _a_space_is_opened(administrator)
    _the_invited_come_in(partner, site)
    form = _the_first_service_is_written(partner)
    _it_is_previewed(form)
    form.submitted()
    _the_hub_sends_it_back(hub, site)
    _the_partner_changes_it(partner, site)
    address = _the_hub_approves(hub, site)
    _everybody_finds_it(anybody, address)
    _the_space_is_closed(administrator)
    assert anybody.goto(address).status == 404
    partner.goto("/admin/pages/")
    expect(partner.get_by_role("heading", level=1)).to_have_text("You have no pages to keep")


def _a_space_is_opened(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="Partners").click()
    page.get_by_role("link", name="Open a space for a partner").click()
    page.get_by_label("Name of the partner").fill(NAME)
    page.get_by_label("E-mail of the first person").fill(PERSON)
    page.get_by_role("button", name="Open and invite").click()
    expect(page.locator(".messages")).to_contain_text(f"Invited {PERSON}")
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)


def _the_invited_come_in(page: Page, site) -> None:
    """By the link of the mail; what they see is their own."""
    page.goto(link_in(site.mails.last(PERSON, NAME), "/accounts/"))
    assert faults(page) == []
    for name in ("password1", "password2"):
        page.fill(f"[name={name}]", PASSWORD)
    page.get_by_role("button", name="Keep this password and log in").click()
    expect(page).to_have_url(re.compile(r"/admin/$"))
    expect(page.locator("main")).to_contain_text("You have no services yet")
    page.goto("/admin/pages/")
    expect(page).to_have_url(re.compile(r"/admin/pages/\d+/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)
    for others in ("Heron", "Otter", "Larkmoor"):
        assert others not in page.content()


def _the_first_service_is_written(page: Page) -> ServiceForm:
    page.goto("/admin/")
    page.get_by_role("link", name="Add a service").click()
    form = ServiceForm(page)
    form.field("title").fill(TITLE)
    form.field("summary").fill("Help with debts, on two evenings.")
    form.field("description").fill(DESCRIPTION)
    _a_need_is_suggested(form)
    _what_is_missing_is_said(form)
    form.tab("Where")
    form.field("in_person").check()
    site = form.row("page_sites")
    site.fill(name="The Old Forge", address_1="3 Market Hill", postal_code="IP22 4WG", city="Diss")
    page.get_by_role("button", name="Find the place by postcode or town").click()
    expect(site.field("latitude")).to_have_value(re.compile(r"^52\.\d+$"))
    form.tab("When")
    hours = form.row("page_schedules")
    for day in ("Tuesday", "Thursday"):
        hours.tick(day)
    hours.fill(opens_at="18:00", closes_at="20:30")
    form.tab("How to get it")
    form.field("phone").fill("01632 960321")
    form.field("how_to_access").fill("Ring us, or come in.")
    return form


def _a_need_is_suggested(form: ServiceForm) -> None:
    """From the words; the partner decides."""
    form.tab("Who it is for")
    form.page.get_by_role("button", name="Suggest needs").click()
    proposal = form.page.locator("[data-proposal=debt-advice]")
    expect(proposal).to_contain_text("bailiffs")
    assert faults(form.page) == []
    proposal.get_by_label("This is our main work").check()
    form.page.get_by_role("button", name="Add what I chose").click()
    expect(form.row("page_needs").field("need")).to_have_value("debt-advice")


def _what_is_missing_is_said(form: ServiceForm) -> None:
    """Beside the field, with all that was typed kept; a draft may lack it."""
    form.submit()
    expect(form.page.locator(".messages")).to_contain_text("could not be")
    expect(form.said_beside("in_person")).to_contain_text("Tick at least one way")
    expect(form.said_beside("how_to_access")).to_contain_text("Say how people start")
    expect(form.field("description")).to_have_value(DESCRIPTION)
    expect(form.row("page_needs").field("need")).to_have_value("debt-advice")


def _it_is_previewed(form: ServiceForm) -> None:
    page = form.preview("Its page", "Tuesday and Thursday, 6pm to 8:30pm")
    expect(page.locator("body")).to_contain_text("The Old Forge")
    form.preview("Among results", TITLE)
    form.preview("For practitioners", TITLE)


def _the_hub_sends_it_back(page: Page, site) -> None:
    mail = site.mails.last("editor@example.org", TITLE)
    assert "waits for you" in mail["Subject"]
    page.goto(link_in(mail, "/admin/reviews/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    expect(page.locator(".nwd-review")).to_contain_text("The Old Forge")
    assert faults(page) == []
    page.get_by_role("button", name="Send back").click()
    expect(page.locator(".error-message")).to_contain_text("Say what should change")
    page.get_by_label("What to tell the partner").fill(COMMENT)
    page.get_by_role("button", name="Send back").click()
    expect(page.locator(".messages")).to_contain_text("is sent back")


def _the_partner_changes_it(page: Page, site) -> None:
    mail = site.mails.last(PERSON, TITLE)
    assert COMMENT in words_of(mail)
    page.goto("/admin/")
    expect(page.locator("main")).to_contain_text(COMMENT)
    page.goto(link_in(mail, "/edit/"))
    form = ServiceForm(page)
    expect(form.field("summary")).to_have_value("Help with debts, on two evenings.")
    form.field("summary").fill("Help with debts for parents, on two evenings.")
    form.submitted()


def _the_hub_approves(page: Page, site) -> str:
    """Returns the address that the partner is told."""
    page.goto(link_in(site.mails.last("editor@example.org", TITLE), "/admin/reviews/"))
    expect(page.locator(".nwd-review")).to_contain_text("for parents")
    page.get_by_role("button", name="Approve: make it public").click()
    expect(page.locator(".messages")).to_contain_text("is approved")
    mail = site.mails.last(PERSON, TITLE)
    assert "is approved" in mail["Subject"]
    return link_in(mail, "/directory/")


def _everybody_finds_it(page: Page, address: str) -> None:
    """At once, by words and place, and at the address that the mail names."""
    page.goto("/")
    page.get_by_label("What is going on?").fill("bailiffs at the door and rent arrears")
    page.get_by_label("Where do you live?").fill("Diss")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text(TITLE)
    page.get_by_role("link", name=TITLE).first.click()
    expect(page).to_have_url(address)
    for words in ("for parents", "The Old Forge", "01632 960321", "6pm to 8:30pm"):
        expect(page.locator("main")).to_contain_text(words)


def _the_space_is_closed(page: Page) -> None:
    """It is asked about first; then the partner and all its services are gone at once."""
    page.goto("/admin/partners/")
    page.get_by_role("link", name=NAME).click()
    page.get_by_role("link", name="Close this space").click()
    page.get_by_role("button", name="Close and withdraw").click()
    expect(page.locator(".messages")).to_contain_text("1 service withdrawn")
