"""No text of a service says where its confidential site is, and its partner hears where else."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from cms.confidential.held import held_of
from cms.models import ServicePage
from directory.models import Listing
from tests.cms.confidential.editing import (
    ADDRESS,
    POSTCODE,
    STREET,
    edit,
    latest,
    live,
    send,
    service,
    shown,
    site,
)
from tests.cms.pages import add_service
from tests.cms.test_admin import _form

pytestmark = pytest.mark.django_db

ROW = "page_sites-0"
TICK = {f"{ROW}-confidential": "on"}
SAID = f"Come to {STREET}."
REFUSED = "This says the address of a confidential site"
STILL_READ = "everybody can still read the address of this confidential site in"
ELSEWHERE = "is also in other services of the same partner"
TEXTS = (
    "title", "summary", "description", "eligibility", "fees", "how_to_access", "next_steps",
    "accessibility", "outreach", "pledge", "outcomes", "phone", "seo_title", "search_description",
)  # fmt: skip


def _errors(response) -> dict[str, list[str]]:
    assert response.status_code == 200
    return response.context["form"].errors


def _rows(response, name: str) -> list[dict[str, list[str]]]:
    assert response.status_code == 200
    return [row.errors for row in response.context["form"].formsets[name].forms]


class TestRefusing:
    def test_every_text_of_the_form_says_it_beside_the_field(self, heron):
        page = service(heron, confidential=True)
        texts = dict.fromkeys(TEXTS, SAID) | {"phone": STREET, "slug": "7-quillfeather-yard"}
        errors = _errors(send(heron.client, page, **texts))
        assert {name for name, words in errors.items() if REFUSED in words[0]} == {*TEXTS, "slug"}
        assert all(len(words) == 1 for words in errors.values())

    @pytest.mark.parametrize("action", ["", "action-submit"], ids=["draft", "submitted"])
    @pytest.mark.parametrize(
        "text", [SAID, f"Ask at {POSTCODE.lower()}"], ids=["street", "postcode"]
    )
    def test_neither_a_draft_nor_what_is_submitted_is_kept_with_it(self, action, text, heron):
        page = service(heron, confidential=True)
        response = send(heron.client, page, how_to_access=text, **{action: "1"} if action else {})
        assert list(_errors(response)) == ["how_to_access"]
        assert page.revisions.count() == 1

    def test_an_administrator_does_not_publish_it(self, heron, administrator):
        page = service(heron, confidential=True)
        response = send(administrator, page, outreach=SAID, **{"action-publish": "1"})
        assert list(_errors(response)) == ["outreach"]
        assert live(page).outreach == ""

    def test_what_was_typed_is_in_the_form_still(self, heron):
        page = service(heron, confidential=True)
        typed = {"description": f"{SAID} Bring nothing.", "summary": "A word about money."}
        said = send(heron.client, page, **typed).content.decode()
        assert all(text in said for text in typed.values())

    def test_the_words_of_a_holiday_are_texts_too(self, heron):
        page = service(heron, confidential=True)
        row = {"valid_from": "2030-01-01", "valid_to": "2030-01-02", "description": SAID, "id": ""}
        holiday = {f"page_holidays-0-{name}": value for name, value in row.items()}
        holiday |= {"page_holidays-TOTAL_FORMS": "1", "page_holidays-0-ORDER": "1"}
        (errors,) = _rows(send(heron.client, page, **holiday), "page_holidays")
        assert REFUSED in errors["description"][0]

    def test_a_public_site_that_says_the_street_is_refused_and_a_neighbour_is_not(self, heron):
        page = service(heron, confidential=True)
        new = {
            "name": "Shop",
            "address_1": "8 Quillfeather Yard",
            "postal_code": POSTCODE,
            "id": "",
        }
        row = {f"page_sites-1-{name}": value for name, value in new.items()}
        row |= {"page_sites-TOTAL_FORMS": "2", "page_sites-1-ORDER": "2"}
        told = row | {"page_sites-1-address_1": STREET, "page_sites-1-postal_code": ""}
        _, errors = _rows(send(heron.client, page, **told), "page_sites")
        assert "Tick that this site is confidential too" in errors["address_1"][0]
        edit(heron.client, page, **row)

    def test_ticking_a_site_that_the_text_names_says_that_nothing_is_hidden_yet(self, heron):
        page = service(heron, how_to_access=SAID)
        errors = _errors(send(heron.client, page, **TICK))
        assert "the site that you ticked is not hidden" in errors["how_to_access"][0]
        edit(heron.client, page, how_to_access="Ring us.", **TICK)
        assert live(page).page_sites.get().confidential

    def test_who_ticks_it_is_told_which_public_texts_say_it_until_the_draft_is_published(
        self, heron
    ):
        page = service(heron, how_to_access=SAID, next_steps=f"Write to {POSTCODE}")
        edit(heron.client, page, how_to_access="Ring us.", next_steps="We ring back.", **TICK)
        said = shown(heron.client, page)
        assert f"{STILL_READ}: how to access, what happens next." in said
        assert STILL_READ not in shown(heron.client, page)

    def test_what_is_published_with_the_tick_is_read_no_more(self, heron, administrator):
        page = service(heron, how_to_access=SAID)
        edit(administrator, page, how_to_access="Ring us.", **TICK, **{"action-publish": "1"})
        assert live(page).how_to_access == "Ring us."
        assert STILL_READ not in shown(administrator, page)

    def test_a_new_address_of_a_confidential_site_counts_from_then_on(self, heron):
        page = service(heron, confidential=True)
        move = {f"{ROW}-address_1": "9 Otherwise Lane"}
        errors = _errors(send(heron.client, page, outreach="At 9 Otherwise Ln", **move))
        assert list(errors) == ["outreach"]


class TestWhatMayBeSaid:
    def test_the_town_and_how_to_ask(self, heron):
        page = service(heron, confidential=True)
        edit(heron.client, page, how_to_access="We are in Wymondham. Ring 01632 960001 to ask.")

    def test_the_address_of_a_site_that_everybody_may_know(self, heron):
        page = service(heron)
        edit(heron.client, page, how_to_access=SAID)
        assert latest(page).how_to_access == SAID

    def test_the_address_of_a_site_that_is_made_public_with_it(self, heron, administrator):
        page = service(heron, confidential=True)
        publish = {f"{ROW}-confidential": None, "action-publish": "1"}
        edit(administrator, page, how_to_access=SAID, **publish)
        assert live(page).how_to_access == SAID

    def test_the_address_of_a_site_that_is_taken_out_with_it(self, heron):
        page = service(heron, confidential=True)
        edit(heron.client, page, how_to_access=SAID, **{f"{ROW}-DELETE": "on"})


class TestWhoMayNotSeeIt:
    def test_an_editor_is_told_the_field_and_never_the_address(self, heron, hub):
        page = service(heron, confidential=True)
        response = send(hub, page, outreach=SAID, **{"action-publish": "1"})
        assert list(_errors(response)) == ["outreach"]
        said = response.content.decode()
        assert POSTCODE not in said
        assert ADDRESS["name"] not in said
        # Once where it was typed; the error repeats none of it.
        assert STREET not in _errors(response)["outreach"][0]
        assert live(page).outreach == ""

    def test_an_editor_does_not_publish_a_text_from_before_the_site_was_confidential(
        self, heron, hub
    ):
        page = service(heron, confidential=True, next_steps=SAID)
        response = send(hub, page, summary="By the editor", **{"action-publish": "1"})
        assert list(_errors(response)) == ["next_steps"]
        edit(hub, page, next_steps="We ring back.", **{"action-publish": "1"})
        assert held_of(page).popitem()[1] == ADDRESS


class TestElsewhere:
    def test_the_partner_is_told_which_of_its_services_say_it_too(self, heron):
        page = service(heron)
        add_service(
            heron.page, "Kestrel drop-in", sites=(site(name="", address_1="7 QUILLFEATHER Yd"),)
        )
        add_service(heron.page, "Curlew group", outreach=f"On Mondays at {POSTCODE}")
        add_service(heron.page, "Wren phone line", description="In Wymondham")
        edit(heron.client, page, **TICK)
        said = shown(heron.client, page)
        assert ELSEWHERE in said
        assert "“Curlew group”, “Kestrel drop-in”" in said
        assert "Wren phone line" not in said

    def test_nobody_else_is_searched(self, heron, otter):
        page = service(heron)
        other = service(otter, how_to_access=SAID)
        edit(heron.client, page, **TICK)
        assert ELSEWHERE not in shown(heron.client, page)
        assert "Quillfeather" in str(Listing.objects.get(service_id=other.service_id).document)

    def test_it_is_said_when_a_site_is_ticked_and_not_at_every_save(self, heron):
        page = service(heron)
        add_service(heron.page, "Kestrel drop-in", sites=(site(),))
        edit(heron.client, page, summary="Another word")
        assert ELSEWHERE not in shown(heron.client, page)
        edit(heron.client, page, **TICK)
        assert ELSEWHERE in shown(heron.client, page)
        edit(heron.client, page, summary="And another")
        assert ELSEWHERE not in shown(heron.client, page)

    def test_also_when_a_confidential_site_moves_to_where_another_service_is(self, heron):
        page = service(heron, confidential=True)
        add_service(heron.page, "Kestrel drop-in", sites=(site(address_1="9 Otherwise Lane"),))
        edit(heron.client, page, **{f"{ROW}-address_1": "9 Otherwise Lane"})
        assert "“Kestrel drop-in”" in shown(heron.client, page)

    def test_a_confidential_site_of_another_service_is_no_matter(self, heron):
        page = service(heron)
        add_service(heron.page, "Kestrel drop-in", sites=(site(confidential=True),))
        edit(heron.client, page, **TICK)
        assert ELSEWHERE not in shown(heron.client, page)

    def test_also_when_the_confidential_site_comes_with_a_new_service(self, heron):
        add_service(heron.page, "Kestrel drop-in", sites=(site(),))
        new = inline_formset(
            [{name: str(value) for name, value in ADDRESS.items()} | {"confidential": "on"}]
        )
        form = _form(page_sites=new, slug="new-refuge", title="New refuge", in_person="on")
        form.pop("action-publish")
        address = reverse("wagtailadmin_pages:add", args=["cms", "servicepage", heron.page.pk])
        assert heron.client.post(address, form).status_code == 302
        said = shown(heron.client, ServicePage.objects.get(slug="new-refuge"))
        assert ELSEWHERE in said
        assert "“Kestrel drop-in”" in said
