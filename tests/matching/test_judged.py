"""The judged enquiries: they name services that exist, and the weights learned from them hold."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from directory.models import Listing
from directory.reference import current_reference
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


def test_a_grade_that_does_not_exist_is_named_with_its_row(tmp_path):
    line = PATH.read_text().splitlines()[0].replace('"grade": 3', '"grade": 4', 1)
    wrong = tmp_path / "judged.jsonl"
    wrong.write_text(line + "\n")
    with pytest.raises(RowError, match=r"row 1.*grade"):
        read_judged(wrong)


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
        assert ours.covered >= other.covered
    assert ours.ndcg >= 0.75
    assert ours.covered >= 0.95
