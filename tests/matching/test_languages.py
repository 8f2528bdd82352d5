"""Words in another language are said to be so, and never read as if they were English."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from directory.reference import current_reference
from matching.enquiry import Enquiry
from matching.languages import languages, other_language
from matching.pipeline import answer
from matching.readable import lines_of

FOREIGN = {
    "pl": "Mój mąż bije mnie i dzieci, boję się wracać do domu",
    "ro": "Am pierdut casa si nu am bani pentru mancare",
    "lt": "Man reikia pagalbos, neturiu kur gyventi",
    "pt": "Eu preciso de ajuda com a renda da casa",
    "uk": "Моя дочка не ходить до школи і весь час плаче",
    "ar": "أحتاج مساعدة، زوجي يضربني",
    "zh": "我没有钱交房租，也没有吃的",
    "tr": "Yardıma ihtiyacım var, kira ödeyemiyorum",
}


@pytest.mark.parametrize(("code", "text"), FOREIGN.items())
def test_a_language_is_recognised(code, text):
    assert other_language(text).code == code


@pytest.mark.parametrize(
    "text",
    [
        *("", "hello", "cahms referal", "15yo NEET, ?ASD, hx DV, EHA open", "ma husbnd beets me"),
        "my husband Michał Wiśniewski strangled me",
        "My name is Agnieszka Kowalczyk and my husband Krzysztof Wiśniewski hits me",
        "Pls ring Krzysztof Brzęczyszczykiewicz re rent",
    ],
)
def test_english_however_it_is_spelt_is_english(text):
    assert other_language(text) is None


def test_no_english_that_is_learned_from_is_taken_for_another_language():
    folder = Path(settings.FIXTURES_DIR)
    files = [*(folder / "training").glob("*.jsonl"), *(folder / "language/phrases").glob("*.jsonl")]
    rows = [json.loads(line) for path in files for line in path.read_text().splitlines()]
    taken = [row for row in rows if other_language(row.get("text") or row["story"])]
    # A few lines of other languages are among those that no need fits.
    assert all(row.get("kind") == "out-of-scope" for row in taken)
    assert len(taken) < 10


#: Too few words for the language alone to tell.
FEW = {
    "quiero morir": "es",
    "Je suis sans abri": "fr",
    "bije mnie": "pl",
    "Yardım": "tr",
    "no tengo casa": "es",
}


@pytest.mark.parametrize(("text", "code"), FEW.items())
def test_few_words_of_which_none_is_known_are_in_another_language(model, text, code):
    assert other_language(text) is None
    assert other_language(text, model.vectoriser.terms).code == code


def test_a_name_or_a_slip_that_is_not_known_is_no_other_language(model):
    for text in ("zimmer frame", "solpadeine max", "la leche", "pregnent 16", "jiu jitsu", "xyzzy"):
        assert other_language(text, model.vectoriser.terms) is None


@pytest.mark.parametrize(
    "text",
    [
        "my name is agnieszka kowalczyk and my husband krzysztof wiśniewski hits me",
        "pls ring mr krzysztof brzęczyszczykiewicz about his rent arrears",
    ],
)
def test_where_most_words_are_known_names_make_no_other_language(model, text):
    assert other_language(text, model.vectoriser.terms) is None


def test_what_is_known_of_other_languages_hides_none_of_them(model):
    for code, text in FOREIGN.items():
        assert other_language(text, model.vectoriser.terms).code == code


@pytest.mark.django_db
def test_danger_in_english_words_leads_whatever_language_the_rest_is_in(model):
    text = "Mój mąż mnie bije i boję się o dzieci, proszę o pomoc. I want to kill myself."
    found = answer(Enquiry(text=text, audience="resident"))
    assert found.language.code == "pl"
    assert found.needs == ()
    assert found.safeguarding.urgent
    assert found.route == found.safeguarding.route or "interpreter" in found.route.why


def test_every_language_is_asked_for_by_a_number_and_by_its_name():
    for language in languages().values():
        assert language.name
        if language.say:
            assert "999" in language.say
            assert f"{language.name}, please" in language.say


@pytest.mark.django_db
@pytest.mark.usefixtures("model")
@pytest.mark.parametrize("text", FOREIGN.values())
def test_it_gets_a_route_and_the_offer_of_an_interpreter_and_no_need(text):
    found = answer(Enquiry(text=text, place="Diss", audience="resident"))
    assert found.needs == ()
    assert found.ruled_out == found.services == found.near_misses == ()
    assert found.route.kind == "hub"
    assert found.route.phone
    assert "interpreter" in found.route.why
    assert "999" in found.route.why
    said = "\n".join(lines_of(found, "resident", current_reference()))
    assert found.language.say in said


@pytest.mark.django_db
@pytest.mark.usefixtures("model")
def test_what_is_ticked_beside_it_counts():
    found = answer(Enquiry(text=FOREIGN["pl"], needs=("debt-advice",), place="Diss"))
    assert [need.code for need in found.needs] == ["debt-advice"]
    assert found.services
