"""The measures of a ranked list, on lists small enough to reckon by hand."""

import math

import pytest

from matching.evaluation.ranking_metrics import ndcg, recall

GRADES = {"a": 3, "b": 2, "c": 1}


def test_the_best_order_has_all_the_gain():
    assert ndcg(["a", "b", "c", "x"], GRADES) == pytest.approx(1.0)


def test_gain_is_discounted_by_place():
    ideal = 7 + 3 / math.log2(3) + 1 / 2
    turned = 1 + 3 / math.log2(3) + 7 / 2
    assert ndcg(["c", "b", "a"], GRADES) == pytest.approx(turned / ideal)


def test_nothing_graded_or_nothing_found_is_no_gain():
    assert ndcg(["a"], {}) == 0
    assert ndcg([], GRADES) == 0


def test_recall_counts_useful_services_that_fit_into_the_list():
    assert recall(["a", "x"], GRADES) == 0.5
    assert recall(["c"], {"c": 1}) == 1.0
    many = {str(number): 3 for number in range(20)}
    assert recall([str(number) for number in range(10)], many) == 1.0
