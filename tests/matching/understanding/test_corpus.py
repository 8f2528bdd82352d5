"""The corpus: errors name file, row and field; its hash does not depend on the order of phrases."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from matching.json_lines import RowError
from matching.understanding.corpus import from_files, phrases_from_files
from matching.understanding.examples import texts
from matching.understanding.vectorise import words_of

FIXTURES = Path(settings.FIXTURES_DIR)


@pytest.fixture
def fixtures(tmp_path):
    """A few of the files: to read them all takes seconds."""
    (tmp_path / "training").mkdir()
    for name in ("clauses-status", "neutral-d", "safeguarding", "notes-round2"):
        shutil.copy(FIXTURES / "training" / f"{name}.jsonl", tmp_path / "training")
    return tmp_path


@pytest.fixture(scope="module")
def phrases():
    """A tenth of them, which is enough to differ by one."""
    return phrases_from_files(FIXTURES)[::10]


def test_the_hash_does_not_depend_on_the_order_of_phrases(fixtures, phrases):
    corpus = from_files(fixtures, phrases)
    assert from_files(fixtures, reversed(phrases)).digest() == corpus.digest()


def test_the_hash_changes_with_a_phrase(fixtures, phrases):
    corpus = from_files(fixtures, phrases)
    assert from_files(fixtures, phrases[1:]).digest() != corpus.digest()


#: So many words in a row that two people do not come by together.
RUN = 12


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Each run of words of a text, or the whole of one that is a little shorter."""
    words = words_of(text)
    if len(words) >= RUN - 2:
        yield from (tuple(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1)))


def test_nothing_that_is_measured_on_is_learned_from(corpus):
    measured = {}
    for file in (FIXTURES / "evaluation").glob("*.jsonl"):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            # What a person searches for is a phrase that others use too.
            if "query" not in row:
                measured |= dict.fromkeys(runs(row.get("story") or row["text"]), row["id"])
    learned = {run for text in texts(corpus) for run in runs(text)}
    assert not {measured[run] for run in measured.keys() & learned}


@pytest.mark.parametrize(
    ("file", "change", "field"),
    [
        ("clauses-status.jsonl", {"status": "maybe"}, "status"),
        ("clauses-status.jsonl", {"needs": ["no-such-need"]}, "needs"),
        ("neutral-d.jsonl", {"text": ""}, "text"),
        ("safeguarding.jsonl", {"safeguarding": "yes"}, "safeguarding"),
        ("notes-round2.jsonl", {"level": "high"}, "level"),
        ("notes-round2.jsonl", {"primary": "nuisance", "needs": []}, "primary"),
        ("notes-round2.jsonl", {"household": [{"role": "child", "age": -1}]}, "household.0.age"),
        ("notes-round2.jsonl", {"second_reader": ["no-such-need"]}, "second_reader"),
        ("notes-round2.jsonl", {"weight": -1}, "weight"),
        ("notes-round2.jsonl", {"weight": True}, "weight"),
    ],
)
def test_an_error_names_file_row_and_field(fixtures, phrases, file, change, field):
    path = fixtures / "training" / file
    lines = path.read_text().splitlines()
    lines[2] = json.dumps(json.loads(lines[2]) | change)
    path.write_text("\n".join(lines))
    with pytest.raises(RowError) as raised:
        from_files(fixtures, phrases)
    assert (raised.value.file, raised.value.row, raised.value.field) == (file, 3, field)
    assert file in str(raised.value)


def test_a_line_that_is_not_json_is_named(fixtures, phrases):
    path = fixtures / "training" / "neutral-d.jsonl"
    path.write_text('{"text": "a", "kind": "context"}\n{oops\n')
    with pytest.raises(RowError, match=r"neutral-d\.jsonl, row 2"):
        from_files(fixtures, phrases)


def test_no_phrases_is_an_error():
    with pytest.raises(RowError, match="no phrases"):
        from_files(FIXTURES, ())


def test_readers_who_differ_share_the_vote_for_what_to_act_on_first(corpus):
    note = replace(corpus.notes[0], primary="debt-advice", second_reader=())
    assert note.first == {"debt-advice": 1}
    assert replace(note, second_reader=("debt-advice",)).first == {"debt-advice": 1}
    other = replace(note, second_reader=("housing-options",))
    assert other.first == {"debt-advice": 0.5, "housing-options": 0.5}
    either = replace(note, second_reader=("housing-options", "debt-advice"))
    assert either.first == {"debt-advice": 0.75, "housing-options": 0.25}


def test_notes_of_several_needs_were_read_twice(corpus):
    several = [note for note in corpus.notes if len(note.needs) > 1]
    twice = [note for note in several if note.second_reader]
    assert len(twice) >= 0.9 * len(several)
