"""What one epoch of fine-tuning reads."""

import random

import pytest

from matching.finetuning.epoch import epoch_of
from matching.finetuning.told import Part, Told

PHRASES = [Told((Part("owes rent", ("debt-advice",)),), needs=("debt-advice",), first={})] * 4
LINES = [Told((Part("thank you"),), needs=())] * 4


@pytest.mark.parametrize(("weight", "often"), [(0, 0.25), (1, 0.75), (2, 1.25)])
def test_a_note_is_read_the_oftener_the_more_it_weighs(weight, often):
    notes = [Told((Part(f"{weight} {n}"),), level=3, weight=weight) for n in range(4_000)]
    rows = {"notes": notes, "phrases": PHRASES, "statuses": LINES, "neutral": LINES}
    read = epoch_of(rows | {"safeguarding": LINES}, random.Random(1))
    assert sum(told.level == 3 for told in read) / len(notes) == pytest.approx(often, abs=0.03)


def test_everything_else_is_read_once():
    rows = {"notes": [], "phrases": PHRASES, "statuses": LINES, "neutral": LINES}
    read = epoch_of(rows | {"safeguarding": LINES}, random.Random(1))
    assert sum(told.needs == ("debt-advice",) for told in read) == 4
    assert len(read) == 16
