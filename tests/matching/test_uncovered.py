"""Where to turn with a need that nobody here covers."""

from dataclasses import replace

import pytest

from matching.answer import NearMiss, Route
from matching.routes import COUNCIL_FINDER
from matching.uncovered import uncovered
from tests.answers import EMPTY, HUB

LINE = Route("helpline", "A line", "0800 1111", "", "It helps.")
DANGER = Route("safeguarding", "Duty Service", "0344 800 8020", "", "At risk.")


@pytest.mark.parametrize(
    ("route", "line", "turned_to"),
    [
        (HUB, LINE, LINE),
        (HUB, None, HUB),
        (LINE, None, COUNCIL_FINDER),
        (DANGER, None, COUNCIL_FINDER),
    ],
    ids=["its own line", "the hub", "not a line for another need", "not the line for danger"],
)
def test_each_need_leads_to_somebody_who_can_help_with_it(route, line, turned_to):
    [need] = uncovered(replace(EMPTY, route=route, unmet_routes=(line,)))
    assert need.route == turned_to


def test_an_answer_that_was_made_without_lines_still_names_somebody_for_each_need():
    needs = uncovered(replace(EMPTY, unmet=("debt-advice", "fire-safety")))
    assert [need.route for need in needs] == [HUB, HUB]


def test_of_what_just_misses_the_closed_comes_before_what_will_never_fit():
    far, closed, other = (
        NearMiss("1", "Far", ("debt-advice",), "area", "Too far."),
        NearMiss("2", "Closed", ("debt-advice",), "capacity", "Closed."),
        NearMiss("3", "Other", ("fire-safety",), "capacity", "Closed."),
    )
    [need] = uncovered(replace(EMPTY, near_misses=(other, far, closed)))
    assert need.near_miss == closed
    [need] = uncovered(replace(EMPTY, near_misses=(other, far)))
    assert need.near_miss == far
    [need] = uncovered(replace(EMPTY, near_misses=(other,)))
    assert need.near_miss is None
