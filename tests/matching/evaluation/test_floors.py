"""Floors under what was reached on labelled cases: about the low end of the 95 % intervals."""

from pathlib import Path

import pytest
from django.conf import settings

from directory.models import Need
from matching.evaluation.cases import read_cases, read_searches
from matching.evaluation.metrics import case_figures, search_figures
from matching.evaluation.robustness import drops
from matching.evaluation.seeing import answered_cases, answered_searches

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("model")]

FOLDER = Path(settings.FIXTURES_DIR) / "evaluation"
#: Points of F1 that another way of typing may cost: the goal of 3 and what 50 cases leave open.
MOST_LOST = 0.06


@pytest.fixture
def codes(db):
    return dict(Need.objects.values_list("name", "code"))


def test_cases_are_understood_no_worse_than_before(codes):
    cases = read_cases(FOLDER / "dev_cases.jsonl", codes)
    figures = case_figures(cases, answered_cases(cases))
    assert figures.f1 >= 0.72
    assert figures.primary_first >= 0.6
    assert figures.denied_shown <= 5
    assert figures.false_alarms <= 0.15
    assert figures.safeguarding_recall >= 0.6
    assert figures.level_within_one >= 0.76


def test_messages_by_writers_who_saw_no_training_are_understood_no_worse_than_before(codes):
    cases = read_cases(FOLDER / "independent_cases.jsonl", codes)
    figures = case_figures(cases, answered_cases(cases))
    assert figures.f1 >= 0.9
    assert figures.primary_first >= 0.83
    assert figures.denied_shown <= 15
    assert figures.false_alarms <= 0.15
    assert figures.safeguarding_recall >= 0.92
    assert figures.level_within_one >= 0.95


def test_few_words_with_a_denial_are_understood_no_worse_than_before(codes):
    cases = read_cases(FOLDER / "short_cases.jsonl", codes)
    figures = case_figures(cases, answered_cases(cases))
    assert figures.f1 >= 0.94
    assert figures.primary_first >= 0.91
    assert figures.denied_shown <= 7


def test_what_is_told_last_may_be_what_to_act_on_first(codes):
    cases = read_cases(FOLDER / "order_cases.jsonl", codes)
    figures = case_figures(cases, answered_cases(cases))
    assert figures.f1 >= 0.92
    assert figures.primary_first >= 0.79


def test_searches_are_understood_no_worse_than_before(codes):
    searches = read_searches(FOLDER / "dev_queries.jsonl", codes)
    figures = search_figures(searches, answered_searches(searches))
    assert figures.first >= 0.9
    assert figures.any_of_three >= 0.95


def test_other_ways_of_typing_cost_little(codes):
    cases = read_cases(FOLDER / "dev_cases.jsonl", codes)
    lost = {drop.name: drop.f1_lost for drop in drops(cases, answered_cases(cases), answered_cases)}
    assert max(lost.values()) <= MOST_LOST, lost
