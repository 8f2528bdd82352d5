"""The commands that train and that measure, on the directory as it is delivered."""

import shutil
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as delivered
from django.core.files import locks
from django.core.management import CommandError, call_command

from directory.models import Phrase
from matching.management.commands.evaluate import Command as Evaluate
from matching.management.commands.train import what_changed
from matching.understanding.corpus import Corpus, PhraseRow

pytestmark = pytest.mark.django_db

EVALUATION = Path(delivered.FIXTURES_DIR) / "evaluation"


def said(*command, **options):
    out = StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue()


def test_train_leaves_a_model_alone_that_has_learned_the_same(model_folder, settings):
    settings.MODEL_DIR = model_folder
    assert "Nothing changed" in said("train")


def test_a_training_waits_for_another_and_does_not_repeat_it(model_folder, settings, tmp_path):
    settings.MODEL_DIR = tmp_path
    other = (tmp_path / ".training").open("wb")
    locks.lock(other, locks.LOCK_EX)

    class Heard(StringIO):
        def write(self, text: str) -> int:
            if "another training is running" in text:
                shutil.copytree(model_folder, tmp_path, dirs_exist_ok=True)
                other.close()
            return super().write(text)

    out = Heard()
    call_command("train", stdout=out)
    assert other.closed
    assert "Nothing changed" in out.getvalue()


def learned(corpus: Corpus):
    return {"counts": corpus.counts(), "phrases": corpus.phrases_by_need()}


def test_train_says_by_how_much_each_need_has_grown_or_shrunk(corpus):
    gone = next(row for row in corpus.phrases if row.needs == ("nuisance",))
    new = PhraseRow("a drum kit next door", ("nuisance",), "search", "noise")
    debts = [PhraseRow(f"owing {n} pounds", ("debt-advice",), "search", "loans") for n in range(3)]
    kept = [row for row in corpus.phrases if row != gone]
    changed = what_changed(learned(corpus), replace(corpus, phrases=(*kept, *debts)))
    total = len(corpus.phrases)
    assert changed.startswith("Changed: ")
    assert f"{total} → {total + 2} phrases" in changed
    assert "debt-advice has +3 phrases" in changed
    assert "nuisance has -1 phrases" in changed
    assert "notes" not in changed
    swapped = what_changed(learned(corpus), replace(corpus, phrases=(*kept, new)))
    assert swapped == "Changed: wording, labels or the way of learning, not numbers"


def test_the_first_training_says_on_what(corpus):
    said = what_changed(None, corpus)
    assert said.startswith("Training on ")
    assert f"{len(corpus.notes)} notes" in said


def test_train_says_what_to_do_without_phrases(settings, tmp_path):
    settings.MODEL_DIR = tmp_path
    Phrase.objects.all().delete()
    with pytest.raises(CommandError, match="load_language"):
        said("train")


def test_every_set_of_cases_is_evaluated():
    asked = Evaluate().create_parser("manage.py", "evaluate").get_default("cases")
    assert set(asked) == set(EVALUATION.glob("*_cases.jsonl"))


def test_evaluate_goes_through_the_pipeline_and_names_failures(model_folder, settings, tmp_path):
    settings.MODEL_DIR = model_folder
    for name in ("dev_cases", "short_cases", "dev_queries", "judged"):
        rows = (EVALUATION / f"{name}.jsonl").read_text().splitlines(keepends=True)
        (tmp_path / f"{name}.jsonl").write_text("".join(rows[:20]))
    report = said(
        "evaluate",
        cases=[tmp_path / "dev_cases.jsonl", tmp_path / "short_cases.jsonl"],
        queries=tmp_path / "dev_queries.jsonl",
        judged=tmp_path / "judged.jsonl",
    )
    assert "dev_cases (20 cases)" in report
    assert "short_cases (20 cases)" in report
    assert "first need is expected" in report
    assert "missed " in report


def test_evaluate_names_the_row_that_cannot_be_used(model_folder, settings, tmp_path):
    settings.MODEL_DIR = model_folder
    wrong = tmp_path / "cases.jsonl"
    wrong.write_text('{"id": "x"}\n')
    with pytest.raises(CommandError, match=r"cases\.jsonl, row 1, field “level”"):
        said("evaluate", cases=[wrong])


def test_evaluate_without_a_model_says_what_to_run(settings, tmp_path):
    settings.MODEL_DIR = tmp_path
    with pytest.raises(CommandError, match=r"manage\.py train"):
        said("evaluate")
