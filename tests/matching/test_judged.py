"""The judged enquiries: they name services that exist, and the weights learned from them hold."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from directory.models import Listing
from directory.reference import current_reference
from matching.enquiry import Member
from matching.evaluation.judged import read_judged
from matching.evaluation.ranking_report import fields, ranking_figures, simpler
from matching.evaluation.weighting import BOUNDS
from matching.features import NAMES
from matching.json_lines import RowError
from matching.ranking import weights

PATH = Path(settings.FIXTURES_DIR) / "evaluation" / "judged.jsonl"

pytestmark = pytest.mark.django_db


def test_there_are_enough_and_they_name_what_is_there():
    judged = read_judged(PATH)
    assert len(judged) >= 120
    live = {str(pk) for pk in Listing.objects.live().values_list("service_id", flat=True)}
    assert {service for row in judged for service in row.grades} <= live
    assert {code for row in judged for code in row.needs} == set(current_reference().needs)


def test_what_was_looked_at_and_is_of_no_use_has_its_grade_too():
    assert 0 in {grade for row in read_judged(PATH) for grade in row.grades.values()}


def test_every_grade_has_its_reason():
    for line in PATH.read_text().splitlines():
        assert all(grade["why"].strip() for grade in json.loads(line)["grades"])


def test_a_grade_that_does_not_exist_is_named_with_its_row(tmp_path):
    line = PATH.read_text().splitlines()[0].replace('"grade": 3', '"grade": 4', 1)
    wrong = tmp_path / "judged.jsonl"
    wrong.write_text(line + "\n")
    with pytest.raises(RowError, match=r"row 1.*grade"):
        read_judged(wrong)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"place": 9}, "place"),
        ({"level": 3}, "level"),
        ({"level": "high"}, "level"),
        ({"needs": ["debt-advice", 7]}, "needs"),
        ({"household": [{"role": "child", "age": "9"}]}, "household.0.age"),
        ({"household": [{"role": "child", "age": True}]}, "household.0.age"),
        ({"household": [{"role": "child", "age": -1}]}, "household.0.age"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_and_not_left_out(tmp_path, change, field):
    row = json.loads(PATH.read_text().splitlines()[0])
    wrong = tmp_path / "judged.jsonl"
    wrong.write_text(json.dumps(row | change) + "\n")
    with pytest.raises(RowError) as raised:
        read_judged(wrong)
    assert raised.value.field == field


def test_what_is_not_known_may_be_left_out_and_of_an_age_the_whole_years_count(tmp_path):
    row = json.loads(PATH.read_text().splitlines()[0])
    home = [{"role": "parent", "age": None}, {"role": "child", "age": 1.5}]
    path = tmp_path / "judged.jsonl"
    path.write_text(json.dumps(row | {"place": None, "level": None, "household": home}))
    [judged] = read_judged(path)
    assert (judged.enquiry.place, judged.enquiry.level) == (None, None)
    assert judged.enquiry.household == (Member("parent"), Member("child", 1))


def test_the_weights_in_force_keep_their_bounds():
    for name, weight in zip(NAMES, weights(), strict=True):
        low, high = BOUNDS[name]
        assert low <= weight <= high


@pytest.mark.usefixtures("model")
def test_our_order_beats_every_simpler_one_on_enquiries_the_weights_had_not_seen():
    judged = read_judged(PATH)[1::2]
    seen = fields(judged, timezone.localdate(), given=True)
    ours = ranking_figures(judged, seen)
    for weighed in simpler().values():
        other = ranking_figures(judged, seen, weighed)
        assert ours.ndcg > other.ndcg
    assert ours.ndcg >= 0.75


@pytest.mark.usefixtures("model")
def test_with_the_needs_read_from_the_words_most_packages_cover_all_they_can():
    judged = read_judged(PATH)
    read = fields(judged, timezone.localdate(), given=False)
    assert ranking_figures(judged, read).covered >= 0.75
