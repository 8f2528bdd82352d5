"""How answers are measured: the rules of the labels."""

import json

import pytest

from matching.evaluation.cases import Case, SearchCase, read_cases, read_searches
from matching.evaluation.metrics import Shown, case_figures, level_steps, score, search_figures
from matching.evaluation.report import case_lines, failures, search_failures, search_lines
from matching.json_lines import RowError

CASE = Case(
    id="a",
    story="No rent trouble, but he will not go to school.",
    household=(),
    place=None,
    needs=("school-attendance", "family-support"),
    primary="school-attendance",
    acceptable=("parenting-support",),
    negations=("debt-advice",),
    level="targeted",
    safeguarding=True,
)


def test_an_acceptable_need_counts_neither_way():
    without = case_figures([CASE], [Shown(needs=("school-attendance",))])
    with_it = case_figures([CASE], [Shown(needs=("school-attendance", "parenting-support"))])
    assert (without.precision, without.recall) == (with_it.precision, with_it.recall) == (1.0, 0.5)


def test_a_denied_need_that_is_shown_is_extra_and_denied():
    scored = score(CASE, Shown(needs=("debt-advice", "school-attendance")))
    assert scored.extra == scored.denied == ("debt-advice",)
    assert scored.missed == ("family-support",)


def test_only_the_first_need_can_be_the_one_to_act_on_first():
    assert case_figures([CASE], [Shown(needs=("school-attendance",))]).primary_first == 1
    late = Shown(needs=("family-support", "school-attendance"))
    assert case_figures([CASE], [late]).primary_first == 0


def test_danger_found_and_false_alarms_are_counted_apart():
    calm = Case(**{**_fields(CASE), "safeguarding": False})
    figures = case_figures([CASE, calm], [Shown((), urgent=True), Shown((), urgent=False)])
    assert (figures.safeguarding_recall, figures.false_alarms) == (1.0, 0.0)


def test_levels_are_measured_in_steps():
    assert level_steps("targeted", "intensive") == 1
    assert level_steps("universal", "statutory") == 4
    assert level_steps("universal", "2a") > 4


def test_nothing_to_count_is_zero_and_no_error():
    assert case_figures([], []).f1 == 0.0
    assert search_figures([], []).first == 0.0


def test_a_search_is_right_at_first_or_within_three():
    cases = [SearchCase("loan shark", ("debt-advice", "crime")), SearchCase("weather", ())]
    figures = search_figures(cases, [Shown(("nuisance", "crime")), Shown(())])
    assert (figures.first, figures.any_of_three, figures.without_kept_empty) == (0.0, 1.0, 1)


def test_the_report_says_what_went_wrong_and_on_which_words():
    seen = Shown(needs=("debt-advice",), level="universal", quotes=((0.71, ("No rent trouble",)),))
    report = "\n".join(failures([CASE], [seen], lambda case: iter(["“a clause”"])))
    assert "“a clause”" in report
    assert "DANGER MISSED" in report
    assert "missed school-attendance" in report
    assert "denied but shown debt-advice (0.71): “No rent trouble”" in report
    assert "first is debt-advice, should be school-attendance" in report
    assert "level universal, should be targeted" in report
    searches = [SearchCase("loan shark", ("debt-advice",))]
    assert "expected debt-advice" in "\n".join(search_failures(searches, [Shown(())]))
    figures, found = case_figures([CASE], [seen]), search_figures(searches, [Shown(())])
    lines = list(case_lines("some", figures, {"f1": (0.1, 0.9)}))
    assert lines[0].startswith("some (1 cases)")
    assert any("[0.10–0.90]" in line for line in lines)
    assert any("denied needs shown: 1 of 1" in line for line in lines)
    assert "first need is expected: 0.00" in "\n".join(search_lines(found, {}))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"needs": ["Nothing of ours"]}, "needs"),
        ({"primary": "Debt Advice"}, "primary"),
        ({"level": "high"}, "level"),
        ({"safeguarding": 1}, "safeguarding"),
        ({"acceptable": ["Family Support"]}, "acceptable"),
        ({"household": [{"role": "child", "age": "9"}]}, "household"),
        ({"story": ""}, "story"),
        ({"locality": 9}, "locality"),
    ],
)
def test_a_wrong_case_is_named_by_file_row_and_field(tmp_path, change, field):
    row = {
        "id": "x",
        "story": "text",
        "household": [],
        "needs": ["Family Support"],
        "primary": "Family Support",
        "acceptable": [],
        "level": "targeted",
        "safeguarding": False,
    }
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(row) + "\n" + json.dumps(row | change))
    codes = {"Family Support": "family-support", "Debt Advice": "debt-advice"}
    with pytest.raises(RowError) as raised:
        read_cases(path, codes)
    assert (raised.value.file, raised.value.row, raised.value.field) == ("cases.jsonl", 2, field)


def test_searches_may_name_needs_or_codes(tmp_path):
    path = tmp_path / "searches.jsonl"
    path.write_text('{"query": "help", "expected": ["Family Support", "debt-advice"]}\n')
    codes = {"Family Support": "family-support", "Debt Advice": "debt-advice"}
    assert read_searches(path, codes) == (SearchCase("help", ("family-support", "debt-advice")),)


def _fields(case):
    return {name: getattr(case, name) for name in Case.__dataclass_fields__}
