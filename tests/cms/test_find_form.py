"""What somebody types or ticks, and the enquiry that is made of it."""

import pytest
from django.test import Client
from django.utils.datastructures import MultiValueDict

from cms.forms import PLACE_LIMIT, TEXT_LIMIT, FindForm

NEEDS = [("debt-advice", "Debt Advice"), ("housing-options", "Housing Options Support")]
LEVELS = [("targeted", "Targeted")]
TOO_LONG = "Diss" * 50
SAY_SOMETHING = "Tell us what is going on, or tick at least one kind of help"


def sent(**values):
    data = MultiValueDict({k: v if isinstance(v, list) else [v] for k, v in values.items()})
    return FindForm(data, needs=NEEDS, levels=LEVELS)


def enquiry(**values):
    form = sent(**values)
    assert form.is_valid(), form.errors
    return form.to_enquiry()


def test_words_alone_are_an_enquiry_of_a_resident():
    asked = enquiry(text="Bailiffs at the door", place="Diss")
    assert asked.text == "Bailiffs at the door"
    assert asked.place == "Diss"
    assert asked.audience == "resident"
    assert asked.needs == asked.exclude_needs == asked.household == ()


def test_a_ticked_need_alone_is_an_enquiry():
    assert enquiry(needs="debt-advice").needs == ("debt-advice",)


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "\x00"])
def test_nothing_said_and_nothing_ticked_asks_for_one_of_them(text):
    assert sent(text=text, place="Diss").errors["text"] == [SAY_SOMETHING]


def test_needs_that_no_longer_exist_are_passed_over():
    assert enquiry(needs=["debt-advice", "gone"], text="x").needs == ("debt-advice",)
    assert sent(needs=["gone"]).errors["text"] == [SAY_SOMETHING]


def test_a_need_from_the_words_that_comes_back_unticked_is_excluded():
    asked = enquiry(text="x", found=["debt-advice", "housing-options"], needs=["debt-advice"])
    assert asked.exclude_needs == ("housing-options",)


def test_a_need_from_the_words_that_comes_back_ticked_is_left_to_the_words():
    assert enquiry(text="x", found=["debt-advice"], needs=["debt-advice"]).needs == ()


def test_a_need_from_the_words_stays_when_the_words_are_emptied():
    assert enquiry(text="", found=["debt-advice"], needs=["debt-advice"]).needs == ("debt-advice",)


def test_ticking_an_excluded_need_again_brings_it_back():
    asked = enquiry(text="x", exclude=["debt-advice"], needs=["debt-advice"])
    assert asked.needs == ("debt-advice",)
    assert asked.exclude_needs == ()


def test_an_excluded_need_stays_excluded():
    assert enquiry(text="x", exclude=["debt-advice"]).exclude_needs == ("debt-advice",)


def test_null_characters_are_dropped_rather_than_refused():
    asked = enquiry(text="no\x00 heating", place="Di\x00ss", ages="3\x004")
    assert (asked.text, asked.place, asked.household[0].age) == ("no heating", "Diss", 34)


def test_a_line_end_counts_as_one_character_however_it_was_sent():
    assert sent(text="\r\n".join(["x" * 99] * 100)).is_valid()


def test_too_long_a_story_is_refused_with_the_lengths_and_shown_again():
    form = sent(text="x" * (TEXT_LIMIT + 1))
    assert form.errors["text"] == [
        "What you wrote is 50,001 characters long. Shorten it to 50,000 or fewer."
    ]
    assert "x" * (TEXT_LIMIT + 1) in str(form["text"])


def test_too_long_a_place_is_refused():
    assert "town" in sent(text="x", place="y" * (PLACE_LIMIT + 1)).errors["place"][0]


def test_the_level_that_a_practitioner_chooses_is_asked_for():
    asked = enquiry(text="x", audience="practitioner", level="targeted")
    assert (asked.audience, asked.level) == ("practitioner", "targeted")


def test_ages_never_keep_somebody_from_an_answer():
    asked = enquiry(text="x", ages="34 and pregnant")
    assert asked.household[0].age == 34
    assert enquiry(text="x", ages="teen").household == ()


def test_ages_that_were_not_understood_are_kept_as_they_were_typed():
    assert 'value="34, teen"' in sent(text="x", ages="34, teen")["ages"].as_field_group()


def test_an_error_is_tied_to_its_field_and_keeps_what_was_typed():
    html = sent(text="x", place=TOO_LONG)["place"].as_field_group()
    assert 'aria-describedby="id_place_helptext id_place_error"' in html
    assert 'id="id_place_error"' in html
    assert f'value="{TOO_LONG}"' in html
    assert "govuk-input--error" in html


def test_the_browser_is_not_asked_to_cut_or_refuse_anything():
    html = str(sent(text="x")["text"])
    assert "maxlength" not in html
    assert "required" not in html


def test_practitioners_are_asked_where_the_family_lives():
    form = sent(text="x", audience="practitioner")
    assert "Where does the family live?" in form["place"].as_field_group()


def test_an_error_page_shows_again_all_that_was_typed_and_ticked(db, client):
    data = {"text": "Bailiffs", "place": TOO_LONG, "ages": "teen", "needs": ["debt-advice"]}
    response = client.post("/find/", data)
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: " in page
    assert '<a href="#id_place">' in page
    assert "Bailiffs</textarea>" in page
    assert f'value="{TOO_LONG}"' in page
    assert 'value="teen"' in page
    assert 'name="needs" value="debt-advice"' in page


def test_the_answer_is_never_stored_by_browsers_and_tells_no_other_site(db, client):
    response = client.post("/find/", {"text": ""})
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"


def test_asking_needs_no_cookie_and_sets_none(db):
    response = Client(enforce_csrf_checks=True).post("/find/", {"text": ""})
    assert response.status_code == 422
    assert not response.cookies


@pytest.mark.parametrize("query", ["", "?need=gone", "?text=bailiffs&place=Diss"])
def test_an_address_without_a_known_need_leads_home(db, client, query):
    response = client.get(f"/find/{query}")
    assert (response.status_code, response["Location"]) == (302, "/")
