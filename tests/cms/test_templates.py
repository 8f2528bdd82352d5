"""What the pages say, rendered from real values."""

import re
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.template.loader import render_to_string

from directory.models import Need
from directory.records import ServiceNeed, confidential_location
from directory.reference import current_reference
from matching.answer import EngineUsed, FinerNeed, PlaceFound
from matching.languages import languages
from tests.answers import ABUSE, ANSWER, EMPTY, RECORD, URGENT


@pytest.fixture
def service_page(db, rf):
    def page(record):
        context = {"record": record, "organization": record.organization, "needs": [], "areas": []}
        return render_to_string("cms/service_page.html", context, rf.get("/"))

    return page


def box(page, code):
    """The tag of the tick box of a need."""
    return re.search(rf'<input [^>]*type="checkbox"[^>]*value="{code}"[^>]*>', page)[0]


def test_signs_of_danger_come_before_everything_else(results):
    page = results(URGENT)
    main = page[page.index("<main") :]
    assert main.index("Do this first") < main.index("<h1")
    assert 'href="tel:03448008020"' in main
    assert 'href="tel:999"' in main


@pytest.mark.parametrize("answer", [ANSWER, EMPTY])
def test_without_signs_of_danger_the_page_says_what_to_do_and_never_that_somebody_is_safe(
    results, answer
):
    page = results(answer)
    assert "If you are worried about somebody’s safety" in page
    assert "Do this first" not in page
    assert not re.search(r"\b(is|are|seems?) safe\b|no (danger|risk)", page, re.IGNORECASE)


def test_the_words_behind_a_need_are_quoted_and_cannot_become_markup(results):
    page = results()
    assert "You wrote: “bailiffs &amp; &lt;b&gt;”" in page
    assert "checked" in box(page, "debt-advice")


def test_the_finer_need_is_named_with_the_words(results):
    finer = FinerNeed("bailiffs", "Bailiffs are at the door")
    need = replace(ANSWER.needs[0], presented=(finer,))
    page = results(replace(ANSWER, needs=(need,)))
    assert "In particular: Bailiffs are at the door" in page


def test_words_in_another_language_are_answered_in_it(results):
    polish = languages()["pl"]
    page = results(replace(EMPTY, needs=(), language=polish))
    assert f'lang="pl" dir="auto"><strong>{polish.say}' in page
    assert "ask for an interpreter" in page
    assert "in other words" not in page


def test_a_simpler_way_of_reading_is_owned_up_to(results):
    assert "reading in a simpler way" in results(replace(ANSWER, words_alone=True))
    assert "reading in a simpler way" not in results()


def test_a_need_that_was_ruled_out_is_shown_unticked_with_the_words_that_say_so(results):
    page = results()
    assert "We left this out because you wrote: “no concerns about drink”" in page
    assert "checked" not in box(page, "substance-misuse")


def test_a_need_that_somebody_took_off_stays_on_the_page_unticked(results):
    page = results(exclude="housing-options")
    assert "You took this off the list." in page
    assert "checked" not in box(page, "housing-options")


def test_residents_read_plain_names_and_practitioners_the_exact_ones(results):
    need = current_reference().needs["debt-advice"]
    assert f"<strong>{need.plain_name}</strong>" in results()
    assert f"<strong>{need.name}</strong>" in results(audience="practitioner")


def test_only_practitioners_see_the_level_of_need(results):
    assert "Level of need" not in results()
    assert "Level of need: Targeted" in results(audience="practitioner")


def test_a_service_says_how_far_how_and_why(results):
    page = results()
    assert "about 4 km (3 miles) away" in page
    assert "Face to face and by phone" in page
    assert "There is a waiting list. People wait about 3 weeks" in page
    assert "<li>Serves this area</li>" in page


def test_a_service_that_just_misses_is_shown_with_the_reason(results):
    page = results()
    assert "Far away help" in page
    assert "Breckland only." in page


def test_an_answer_without_services_leads_to_the_route(results):
    page = results(EMPTY)
    main = page[page.index("<main") :]
    assert "Diss Early Help Hub" in main
    assert main.index("01632 960011") < main.index("What we understood")
    assert "All the services" not in main


def test_every_answer_names_the_route(results):
    assert "Not sure what to do?" in results()
    assert "Diss Early Help Hub" in results()
    assert "Duty Service" in results(URGENT)


def test_a_suggested_place_sends_the_words_again_and_only_one_place(results):
    place = PlaceFound("unknown", "", "", (), ("Diss", "Dickleburgh"))
    page = results(replace(ANSWER, place=place), text="we’re “stuck”", place="Dis", ages="34")
    form = page[page.index('<form class="nwd-suggestions') :]
    form = form[: form.index("</form>")]
    assert 'name="text" value="we’re “stuck”"' in form
    assert 'name="ages" value="34"' in form
    assert re.findall(r'<(\w+)[^>]*name="place"', form) == ["button", "button"]


def test_a_search_about_abuse_has_a_way_out_and_a_title_that_tells_nothing(results):
    page = results(ABUSE)
    assert 'data-module="govuk-exit-this-page"' in page
    assert re.search(r"<title>(.*)</title>", page)[1] == "Help near you – No Wrong Door"
    assert "abuse" not in "".join(re.findall(r'(?: id|<title)[=>]"?[^"<]*', page))


def test_other_searches_have_no_way_out_but_the_same_title(results):
    page = results()
    assert "exit-this-page" not in page
    assert "<title>Help near you – No Wrong Door</title>" in page


def test_an_engine_that_stands_in_for_another_is_owned_up_to(results):
    assert "simpler way" in results(replace(ANSWER, engine=EngineUsed("embedded", True)))


def test_a_confidential_address_is_not_on_its_page(service_page):
    page = service_page(replace(RECORD, locations=(confidential_location(UUID(int=9)),)))
    assert "The address is confidential. Ring to arrange where to meet." in page
    assert " km" not in page


def test_a_service_page_about_abuse_has_a_way_out_and_a_neutral_title(service_page):
    page = service_page(replace(RECORD, needs=(ServiceNeed("domestic-abuse"),)))
    assert 'data-module="govuk-exit-this-page"' in page
    assert "<title>Help near you – No Wrong Door</title>" in page


@pytest.mark.parametrize(
    ("assured", "words"),
    [
        (date(2026, 5, 3), "The partner last confirmed these details on 3 May 2026."),
        (None, "The partner has not confirmed these details yet."),
    ],
)
def test_a_service_page_says_when_its_details_were_confirmed(service_page, assured, words):
    assert words in service_page(replace(RECORD, assured_date=assured))


def test_a_closed_service_leads_to_a_hub(service_page):
    assert "find something else with you" in service_page(replace(RECORD, capacity="closed"))


@pytest.mark.parametrize("demonstration", [True, False])
def test_a_demonstration_says_that_it_is_one(db, rf, settings, demonstration):
    settings.DEMONSTRATION = demonstration
    page = render_to_string("cms/privacy.html", {}, rf.get("/"))
    assert ("This is a demonstration." in page) is demonstration


@pytest.mark.parametrize("name", ["500.html", "400.html"])
def test_pages_for_broken_requests_need_neither_context_nor_database(name):
    page = render_to_string(name)
    assert "tel:999" in page
    assert "/hubs/" in page


@pytest.mark.parametrize("path", ["/", "/directory/", "/hubs/", "/privacy/", "/no-such-page/"])
def test_no_page_has_inline_scripts_or_styles_or_sets_a_cookie(db, client, path):
    response = client.get(path)
    assert_plain(response.content.decode())
    assert not response.cookies


@pytest.mark.parametrize("answer", [ANSWER, EMPTY, URGENT, ABUSE])
def test_no_answer_has_inline_scripts_or_styles(results, answer):
    assert_plain(results(answer))


def assert_plain(page):
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", page)


def test_a_need_that_asks_for_discretion_stands_in_no_address(db, client):
    page = client.get("/").content.decode()
    assert "?need=debt-advice" in page
    assert "?need=domestic-abuse" not in page
    number = Need.objects.get(code="domestic-abuse").position
    assert f"?need={number}" in page


@pytest.mark.django_db
@pytest.mark.usefixtures("model")
def test_a_need_may_be_asked_for_by_number(client):
    number = Need.objects.get(code="domestic-abuse").position
    answered = client.get(f"/find/?need={number}&need={number}")
    assert [need.code for need in answered.context["answer"].needs] == ["domestic-abuse"]
