"""Intervals, confusions, calibration and other ways of typing, on cases made for them."""

from dataclasses import dataclass

import pytest

from matching.evaluation.bootstrap import intervals
from matching.evaluation.cases import Case
from matching.evaluation.confusion import calibration, confused
from matching.evaluation.metrics import Shown
from matching.evaluation.robustness import WAYS, drops

CASE = Case(
    id="one",
    story="The rent is three months behind. My daughter stays in her bedroom – all day.",
    household=(),
    place=None,
    needs=("debt-advice", "youth-mental-health"),
    primary="debt-advice",
    acceptable=("family-support",),
    negations=(),
    level="targeted",
    safeguarding=False,
)


@dataclass
class Mean:
    mean: float


def test_an_interval_holds_the_figure_and_is_the_same_every_time():
    rows = [0.0, 1.0] * 50
    spread = intervals(rows, lambda drawn: Mean(sum(drawn) / len(drawn)))
    low, high = spread["mean"]
    assert 0.35 < low < 0.5 < high < 0.65
    assert spread == intervals(rows, lambda drawn: Mean(sum(drawn) / len(drawn)))
    assert intervals([], lambda drawn: Mean(0.0)) == {}


def test_a_missed_need_is_held_against_what_was_shown_in_its_place():
    seen = Shown(needs=("debt-advice", "parenting-support", "family-support"))
    assert confused([CASE], [seen]) == [("youth-mental-health", "parenting-support", 1)]
    assert confused([CASE], [Shown(needs=CASE.needs)]) == []
    assert ("debt-advice", "nothing", 1) in confused([CASE], [Shown(needs=())])


def test_calibration_compares_what_was_said_with_what_was_right():
    quotes = ((0.9, ()), (0.85, ()), (0.3, ()))
    seen = Shown(needs=("debt-advice", "nuisance", "family-support"), quotes=quotes)
    [band] = calibration([CASE], [seen])
    assert (band.shown, band.right) == (2, 0.5)
    assert band.said == pytest.approx(0.875)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_each_way_of_typing_changes_the_message_and_keeps_most_letters(way):
    changed = way(CASE.story)
    assert changed != CASE.story
    assert changed == way(CASE.story)
    wanted, got = sorted(CASE.story.lower()), sorted(changed.lower())
    assert sum(letter in got for letter in wanted) > 0.9 * len(wanted)


def test_a_drop_is_what_the_changed_messages_lose():
    def forgetful(cases):
        return [Shown(needs=("debt-advice",) if c.story.isupper() else c.needs) for c in cases]

    lost = {drop.name: drop for drop in drops([CASE], forgetful([CASE]), forgetful)}
    assert lost["in capitals"].f1_lost == pytest.approx(1 - 2 / 3)
    assert lost["greetings around it"].f1_lost == 0
