"""Which encoders of an interrupted fine-tuning are taken up again."""

from dataclasses import replace

import numpy as np

from matching.finetuning import parts
from matching.finetuning.parts import kept_in


def test_a_run_goes_on_with_what_was_tuned_alike_and_nothing_else(corpus, tmp_path, monkeypatch):
    again = kept_in(tmp_path, replace(corpus), 4)
    assert again == kept_in(tmp_path, corpus, 4)
    assert again != kept_in(tmp_path, corpus, 8)
    assert again != kept_in(tmp_path, replace(corpus, notes=corpus.notes[1:]), 4)
    monkeypatch.setattr(parts, "folds", lambda number, of: np.arange(number) % of)
    assert again != kept_in(tmp_path, corpus, 4)
