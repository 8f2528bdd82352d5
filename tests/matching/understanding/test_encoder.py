"""The small language model: how a message is laid out for it, and what it says."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from matching.enquiry import Member
from matching.understanding.clauses import split
from matching.understanding.corpus import Corpus
from matching.understanding.encoder.aligning import aligned_encoder, aligned_scores
from matching.understanding.encoder.encoder import (
    HEADS,
    NETWORK,
    TOKENS,
    Encoder,
    EncoderMissing,
    current_encoder,
    load_encoder,
)
from matching.understanding.encoder.questions import questions
from matching.understanding.encoder.unseen import (
    UnseenDamaged,
    key_of,
    load_unseen,
    save_unseen,
    scores_of,
)
from matching.understanding.encoder.windows import (
    MOST_HOME,
    MOST_WINDOWS,
    STOP,
    WINDOW,
    windows,
)

HOME = (Member("parent", 34), Member("child", None))
NOTE = "The bailiffs came on Monday. He won't go to school. No drink or drugs in the house."


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(settings.ENCODER_DIR)


@pytest.fixture
def copied(tmp_path) -> Path:
    """A folder with the encoder as delivered."""
    for name in (NETWORK, TOKENS, HEADS):
        shutil.copy(settings.ENCODER_DIR / name, tmp_path)
    return tmp_path


def _spans(text):
    return [(clause.start, clause.end) for clause in split(text)]


def _read(encoder, text, members=()):
    return encoder(text, _spans(text), members)


def test_each_token_belongs_to_the_clause_it_stands_in(encoder):
    [row] = windows(NOTE, _spans(NOTE), (), encoder.tokenizer)
    words = [encoder.tokenizer.id_to_token(int(token)) for token in row.tokens]
    owner = dict(zip(words, row.clauses.tolist(), strict=True))
    assert (owner["bail"], owner["school"], owner["drugs"]) == (0, 1, 2)
    assert row.clauses[0] == row.clauses[-1] == -1


def test_who_is_at_home_stands_before_the_message_and_is_no_clause(encoder):
    [row] = windows(NOTE, _spans(NOTE), HOME, encoder.tokenizer)
    before = row.tokens[: int(np.argmax(row.clauses >= 0))]
    assert "at home : parent 34 , child" in " ".join(
        encoder.tokenizer.id_to_token(int(token)) for token in before
    )
    assert before[-1] == STOP


def test_who_is_at_home_leaves_room_for_the_message_in_any_script(encoder):
    text = "The rent is three months behind and nobody opens the letters. " * 30
    for role in ("young person's stepbrother", "각" * 24, "😀" * 24, "\U0001f468\u200d" * 12):
        home = tuple(Member(role, 15) for _ in range(8))
        rows = windows(text, _spans(text), home, encoder.tokenizer)
        assert max(len(row.tokens) for row in rows) <= MOST_HOME + WINDOW + 3
        assert np.isfinite(_read(encoder, text, home).needs).all()


def test_a_long_message_is_parted_between_clauses_and_the_end_is_left(encoder):
    text = "The rent is three months behind and nobody opens the letters. " * 400
    rows = windows(text, _spans(text), (), encoder.tokenizer)
    assert len(rows) == MOST_WINDOWS
    inner = [row.clauses[row.clauses >= 0] for row in rows]
    assert all(len(clauses) <= WINDOW for clauses in inner)
    assert not set(inner[0]) & set(inner[1])
    read = _read(encoder, text)
    assert read.stated.shape[0] == len(split(text))
    assert read.stated[-1].max() < -5


@hypothesis_settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_any_text_with_a_clause_can_be_read(encoder, text):
    spans = _spans(text)
    if spans:
        read = encoder(text, spans, ())
        assert read.stated.shape == (len(spans), len(encoder.heads.needs))
        assert np.isfinite(read.needs).all()
        assert read.status.sum(1) == pytest.approx(1, abs=1e-4)


def test_it_was_tuned_for_the_needs_and_presented_needs_of_the_shared_language(
    encoder: Encoder, corpus: Corpus
):
    assert encoder.heads.needs == corpus.codes
    finer = {f"{phrase.needs[0]}/{phrase.presented}" for phrase in corpus.phrases}
    assert set(encoder.heads.presented) == finer


def test_every_shipped_note_and_line_has_scores_of_an_encoder_that_had_not_seen_it(corpus: Corpus):
    """A note without them would be read by an encoder that knows it by heart."""
    kept = load_unseen(settings.ENCODER_DIR)
    missing = [
        question.text
        for question in questions(corpus)
        if kept.find(question.text, question.spans, question.members) is None
    ]
    assert not missing, "Run manage.py finetune: the notes or the cutting of clauses have changed."


def test_kept_scores_come_back_within_a_hundredth(encoder, tmp_path):
    read = _read(encoder, NOTE, HOME)
    save_unseen(tmp_path, scores_of({key_of(NOTE, _spans(NOTE), HOME): read}))
    kept = load_unseen(tmp_path)
    again = kept.find(NOTE, _spans(NOTE), HOME)
    assert again is not None
    assert np.allclose(again.stated, read.stated, rtol=0.01)
    assert np.allclose(again.status, read.status, rtol=0.01)
    assert np.allclose(again.first, read.first, rtol=0.01)
    assert again.whole_danger == pytest.approx(read.whole_danger, rel=0.01)
    assert kept.find(NOTE, _spans(NOTE), ()) is None


def test_needs_that_a_hub_adds_or_takes_away_keep_the_others_in_their_places(encoder):
    codes = ("a-new-need", *encoder.heads.needs[5:])
    before, after = _read(encoder, NOTE), _read(aligned_encoder(encoder, codes), NOTE)
    assert after.needs[1:] == pytest.approx(before.needs[5:])
    assert after.needs[0] < -5
    assert len(after.first) == len(codes) + 1
    kept = load_unseen(settings.ENCODER_DIR)
    other = aligned_scores(kept, encoder.heads.needs, codes)
    size = len(encoder.heads.needs)
    assert np.array_equal(other.clauses[:, 1 : len(codes)], kept.clauses[:, 5:size])
    assert np.array_equal(other.whole[:, -7:], kept.whole[:, -7:])


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(EncoderMissing, match=r"encoder\.onnx"):
        load_encoder(tmp_path)


@pytest.mark.parametrize("name", [NETWORK, TOKENS, HEADS])
@pytest.mark.parametrize("damage", ["a pointer", "empty", "half"])
def test_a_damaged_file_is_named(copied, name, damage):
    whole = (copied / name).read_bytes()
    pointer = b"version https://git-lfs.github.com/spec/v1\n"
    left = {"a pointer": pointer, "empty": b"", "half": whole[: len(whole) // 2]}[damage]
    (copied / name).write_bytes(left)
    with pytest.raises(EncoderMissing, match=f"{name} is damaged"):
        load_encoder(copied)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"not an archive"])
def test_kept_scores_that_are_damaged_are_named(tmp_path, content):
    (tmp_path / "unseen.npz").write_bytes(content)
    with pytest.raises(UnseenDamaged, match=r"unseen\.npz is missing or damaged"):
        load_unseen(tmp_path)


def test_kept_scores_are_replaced_in_one_step(encoder, tmp_path):
    (tmp_path / "unseen.npz").write_bytes(b"of an earlier version")
    save_unseen(tmp_path, scores_of({b"12345678": encoder("No food in.", [(0, 11)], ())}))
    assert len(load_unseen(tmp_path).keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["unseen.npz"]


def test_an_encoder_that_was_damaged_is_read_once_it_is_whole(encoder, copied, caplog):
    whole = (copied / NETWORK).read_bytes()
    (copied / NETWORK).write_bytes(b"")
    assert current_encoder(copied, encoder.digest) is None
    assert f"{NETWORK} is damaged" in caplog.text
    (copied / NETWORK).write_bytes(whole)
    again = current_encoder(copied, encoder.digest)
    assert again is not None
    assert current_encoder(copied, encoder.digest) is again


def test_a_process_keeps_the_encoder_of_its_model_until_another_is_asked_for(encoder, copied):
    held = current_encoder(copied, encoder.digest)
    tokens = copied / TOKENS
    tokens.write_bytes(tokens.read_bytes() + b"\n")
    assert current_encoder(copied, encoder.digest) is held
    other = load_encoder(copied).digest
    found = current_encoder(copied, other)
    assert found is not None
    assert found.digest == other != encoder.digest


def test_the_files_are_small_and_their_origin_is_said():
    files = {path.name: path.stat().st_size for path in settings.ENCODER_DIR.iterdir()}
    assert files["encoder.onnx"] <= 25_000_000
    readme = (settings.ENCODER_DIR / "README.md").read_text()
    assert "MIT License" in readme
    assert "bge-small-en-v1.5" in readme


def test_the_runtime_of_the_encoder_reports_to_nobody(tmp_path):
    """onnxruntime keeps what it would report below the home of its user."""
    code = (
        "import matching, onnxruntime, pathlib, time; onnxruntime.InferenceSession; time.sleep(1);"
        "print([str(p) for p in pathlib.Path.home().rglob('*') if p.is_file()])"
    )
    home = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    home.pop("ORT_DISABLE_TELEMETRY", None)
    done = subprocess.run(
        [sys.executable, "-c", code], env=home, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
