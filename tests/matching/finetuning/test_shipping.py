"""A tuned encoder takes the place of the one that is shipped."""

import pytest

from matching.understanding.encoder.encoder import HEADS, NETWORK, TOKENS
from matching.understanding.encoder.unseen import UNSEEN

pytest.importorskip("torch", reason="fine-tuning is not installed")
from matching.finetuning import finetune


def _folder(path, content):
    path.mkdir()
    for name in (NETWORK, TOKENS, HEADS):
        (path / name).write_text(content)
    return path


def test_every_file_is_replaced_and_nothing_else_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr(finetune, "save_unseen", lambda to, kept: (to / UNSEEN).write_text(kept))
    shipped = _folder(tmp_path / "shipped", "old")
    finetune.ship(_folder(tmp_path / "tuned", "new"), "new", shipped)
    assert {path.name: path.read_text() for path in shipped.iterdir()} == dict.fromkeys(
        (NETWORK, TOKENS, HEADS, UNSEEN), "new"
    )


def test_a_full_disk_leaves_the_shipped_encoder_as_it_was(tmp_path, monkeypatch):
    def full(folder, kept):
        raise OSError("disk full")

    monkeypatch.setattr(finetune, "save_unseen", full)
    shipped = _folder(tmp_path / "shipped", "old")
    with pytest.raises(OSError, match="disk full"):
        finetune.ship(_folder(tmp_path / "tuned", "new"), "new", shipped)
    assert {path.name: path.read_text() for path in shipped.iterdir()} == dict.fromkeys(
        (NETWORK, TOKENS, HEADS), "old"
    )
