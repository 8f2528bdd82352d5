"""What is ticked joins what the words say, in the order to act on."""

import pytest

from directory.reference import current_reference
from matching.contract import as_json
from matching.enquiry import Enquiry
from matching.pipeline import answer
from matching.understood import understand

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("model")]

BAILIFFS = "The bailiffs are coming on Friday."


def codes(**enquiry: object) -> tuple[str, ...]:
    return understand(Enquiry(**enquiry), current_reference()).codes


def test_a_danger_that_is_ticked_goes_before_what_the_words_say():
    assert codes(text=BAILIFFS, needs=("domestic-abuse",)) == ("domestic-abuse", "debt-advice")


def test_what_can_wait_is_put_after_what_the_words_say():
    found = codes(text=BAILIFFS, needs=("positive-activities",))
    assert found == ("debt-advice", "positive-activities")


@pytest.mark.parametrize("order", [1, -1])
def test_in_whatever_order_boxes_are_sent_the_most_pressing_is_first(order):
    ticked = ("positive-activities", "domestic-abuse", "handy-persons")[::order]
    assert codes(needs=ticked)[0] == "domestic-abuse"


def test_how_pressing_a_need_is_was_learned_from_the_readers_of_notes(model):
    assert set(model.judges.pressing) == set(model.codes)
    assert all(0 <= share <= 1 for share in model.judges.pressing.values())
    assert model.judges.pressing["domestic-abuse"] > model.judges.pressing["positive-activities"]


def test_a_resident_is_told_the_plain_names_and_a_practitioner_those_of_the_hub():
    names = {
        audience: [need.name for need in answer(Enquiry(BAILIFFS, audience=audience)).needs]
        for audience in ("resident", "practitioner")
    }
    assert names == {"resident": ["Money you owe"], "practitioner": ["Debt Advice"]}


def test_a_level_that_is_not_known_is_not_given_out_as_one():
    values = as_json(answer(Enquiry(needs=("debt-advice",))))
    assert values["level"]["why"].startswith("Not known. ")
    read = as_json(answer(Enquiry(BAILIFFS)))
    assert not read["level"]["why"].startswith("Not known")


def test_danger_without_a_need_suggests_no_lower_level():
    found = answer(Enquiry("I want to die"))
    assert found.safeguarding.urgent
    assert found.level.code == "statutory"


def test_a_story_in_which_nothing_is_read_is_answered_with_the_route_and_no_guesses():
    found = answer(Enquiry("The weather was fine on Sunday and we all went for a walk by the sea."))
    assert found.needs == ()
    assert found.services == ()
    assert found.route.phone


def test_an_untick_leaves_no_services_at_random():
    found = answer(Enquiry(BAILIFFS + " " + BAILIFFS, exclude_needs=("debt-advice",)))
    assert found.needs == ()
    assert found.services == ()
