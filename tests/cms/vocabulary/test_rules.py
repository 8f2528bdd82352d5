"""What a row must be: said beside the field, with what to do."""

import pytest
from django.urls import reverse

from directory.models import Helpline, Need, Phrase
from tests.cms.vocabulary.forms import NEW, add, change, said

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("table", "values", "words"),
    [
        ("need", {"code": "Bed bugs"}, "Enter a valid"),
        ("need", {"code": "Bed_Bugs"}, "small letters, digits and hyphens"),
        ("need", {"code": "debt-advice"}, "already exists"),
        ("need", {"name": "Debt Advice"}, "already exists"),
        ("need", {"position": "1"}, "has number 1. Give this another"),
        ("need", {"plain_name": "a\x00b"}, "Null characters are not allowed"),
        ("presented", {"slug": "bailiffs"}, "already exists"),
        ("presented", {"slug": "UP"}, "small letters"),
        ("phrase", {"text": "x"}, "A phrase has 2 to 300 characters; this has 1."),
        ("phrase", {"text": "y" * 301}, "Cut a story into the phrases"),
        ("phrase", {"register": "shouted"}, "Select a valid choice"),
        ("phrase", {"also_needs": ["no-such"]}, "Select a valid choice"),
        ("level", {"position": "3"}, "has number 3"),
        ("level", {"equivalents": "Tier 9"}, "Write the scheme, a colon and the name"),
        ("area", {"code": "our patch"}, "letters, digits and hyphens only"),
        ("area", {"valid_from": "2028-04-01", "valid_to": "2027-04-01"}, "ends before it begins"),
        ("area", {"kind": "county"}, "choose a wider"),
        ("outcome", {"number": "1"}, "already exists"),
        ("line", {"phone": "ask for Ann"}, "That cannot be rung"),
        ("line", {"phone": "12"}, "That cannot be rung"),
        ("line", {"phone": ""}, "Give a phone number, a text number or a web address"),
        ("line", {"source": ""}, "This field is required"),
        ("line", {"source": "http://example.org"}, "begins with https://"),
        ("line", {"source_date": ""}, "This field is required"),
        ("line", {"source_date": "2999-01-01"}, "still to come"),
        ("line", {"needs": ["no-such"]}, "Select a valid choice"),
        ("line", {"areas": ["E99"]}, "Select a valid choice"),
    ],
)
def test_a_wrong_value_is_said_and_nothing_is_written(administrator, table, values, words):
    before = (Need.objects.count(), Phrase.objects.count(), Helpline.objects.count())
    response = add(administrator, table, **values)
    assert response.status_code == 200
    assert words in said(response)
    assert (Need.objects.count(), Phrase.objects.count(), Helpline.objects.count()) == before


def test_what_was_typed_is_kept(administrator):
    response = add(administrator, "line", phone="ask for Ann", name="Lark line")
    assert 'value="Lark line"' in response.content.decode()
    assert 'value="ask for Ann"' in response.content.decode()


def test_a_number_that_is_free_is_named(administrator):
    free = max(Need.objects.values_list("position", flat=True)) + 1
    assert f"{free} is free" in said(add(administrator, "need", position="1"))
    page = administrator.get(reverse("vocabulary_need:add")).content.decode()
    assert f'value="{free}"' in page


def test_the_same_words_twice_within_a_need_are_refused(administrator):
    add(administrator, "phrase")
    assert "are there already" in said(add(administrator, "phrase", text="They  took the TELLY"))
    other = Phrase.objects.filter(presented__need="debt-advice").exclude(presented="bailiffs")
    presented = other.first().presented_id
    assert "are there already" in said(add(administrator, "phrase", presented=presented))


def test_the_same_words_under_another_need_are_kept_with_a_warning(administrator):
    add(administrator, "phrase")
    elsewhere = Phrase.objects.exclude(presented__need="debt-advice").first().presented_id
    response = add(administrator, "phrase", presented=elsewhere)
    assert response.status_code == 302
    assert "The same words are also under" in said(administrator.get(response.url))
    assert Phrase.objects.filter(text=NEW["phrase"]["text"]).count() == 2


def test_a_phrase_does_not_also_state_its_own_need(administrator):
    add(administrator, "phrase", also_needs=["debt-advice", "nuisance"])
    assert Phrase.objects.get(text=NEW["phrase"]["text"]).also_needs == ["nuisance"]


def test_a_phrase_may_be_saved_as_it_is(administrator):
    phrase = Phrase.objects.first()
    assert change(administrator, "phrase", phrase).status_code == 302


def test_no_need_loses_its_last_line_by_a_change(administrator):
    add(administrator, "need")
    add(administrator, "line", needs=["bed-bugs"])
    line = Helpline.objects.get(pk="our-line")
    for values in ({"needs": []}, {"areas": ["E07000149"]}, {"kind": "safeguarding"}):
        text = said(change(administrator, "line", line, **{"needs": ["bed-bugs"]} | values))
        assert "the only line that answers the whole country for: Bed bugs and vermin" in text
    line.refresh_from_db()
    assert (line.needs, line.areas, line.kind) == (["bed-bugs"], [], "helpline")
    assert change(administrator, "line", line, phone="0808 157 0001").status_code == 302
