"""Wrong rows are refused with file, row and field, and nothing is written."""

import json
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from directory.loading.errors import FixtureError
from directory.loading.helplines import load_helplines
from directory.loading.language import load_language
from directory.models import Helpline, Need, Phrase, PresentedNeed

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the shipped language, to spoil."""
    return Path(shutil.copytree(settings.FIXTURES_DIR / "language", tmp_path / "language"))


def _append(path: Path, line: str) -> int:
    """Add a line and return its number in the file."""
    text = path.read_text(encoding="utf-8").rstrip("\n")
    path.write_text(f"{text}\n{line}\n", encoding="utf-8")
    return len(text.splitlines()) + 1


def _refusal(folder: Path) -> FixtureError:
    before = (Need.objects.count(), Phrase.objects.count())
    with pytest.raises(FixtureError) as refusal:
        load_language(folder, lambda step: None)
    assert (Need.objects.count(), Phrase.objects.count()) == before
    return refusal.value


@pytest.mark.parametrize(
    ("file", "line", "field"),
    [
        ("service_types.csv", "28,new-need,New need,New,99,", "outcome"),
        ("service_types.csv", "x,new-need,New need,New,1,", "position"),
        ("service_types.csv", "28,New Need,New need,New,1,", "code"),
        ("presented_needs.csv", "no-such-need,thing,Thing,", "code"),
        ("levels.csv", "0,nothing,Nothing,,,", "position"),
        ("outcomes.csv", "eleven,Joy,", "number"),
        ("outcomes.csv", "100000,Joy,", "number"),
        ("outcomes.csv", "11,J\x00y,", "name"),
        ("service_types.csv", f"28,new-need,{'x' * 121},New,1,", "name"),
        ("presented_needs.csv", f"debt-advice,thing,{'x' * 161},", "name"),
        ("presented_needs.csv", "debt-advice,bailiffs,Bailiffs again,", "slug"),
        ("levels.csv", f"9,{'x' * 21},Nothing,,,", "code"),
    ],
)
def test_a_wrong_row_of_a_table_is_named(folder, file, line, field):
    row = _append(folder / file, line)
    [problem] = _refusal(folder).problems
    assert (problem.file, problem.row, problem.field) == (file, row, field)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("{", "row"),
        ({"text": ""}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"needs": []}, "needs"),
        ({"register": "shouted"}, "register"),
        ({"needs": ["no-such-need"]}, "needs"),
        ({"presented": "no-such-slug"}, "presented"),
    ],
)
def test_a_wrong_phrase_is_named(folder, line, field):
    path = folder / "phrases" / "phrases-a.jsonl"
    right = {
        "text": "a", "needs": ["debt-advice"], "presented": "bailiffs", "register": "search",
    }  # fmt: skip
    row = _append(path, line if isinstance(line, str) else json.dumps(right | line))
    [problem] = _refusal(folder).problems
    assert (problem.file, problem.row, problem.field) == (path.name, row, field)


def test_a_missing_file_is_named(folder):
    (folder / "levels.csv").unlink()
    assert _refusal(folder).problems[0].file == "levels.csv"


def test_loading_again_changes_nothing_and_keeps_what_the_hub_added(folder):
    need = PresentedNeed.objects.get(slug="bailiffs")
    own = Phrase.objects.create(presented=need, text="they took the telly", source="hub")
    before = Phrase.objects.count()
    load_language(folder, lambda step: None)
    assert Phrase.objects.count() == before
    assert Phrase.objects.filter(pk=own.pk).exists()


def test_a_new_need_in_the_files_is_there_after_loading(folder):
    _append(folder / "presented_needs.csv", "debt-advice,pawned-things,We pawned our things,")
    load_language(folder, lambda step: None)
    assert PresentedNeed.objects.get(slug="pawned-things").need_id == "debt-advice"


HEADER = (
    "position,code,name,kind,serves,phone,text_number,url,hours,description,needs,areas,"
    "source,source_date\n"
)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("1,x,X,helpline,everyone,,,,,,,,https://x.org,2026-01-01", "row"),
        ("1,x,X,hotline,everyone,1,,,,,,,https://x.org,2026-01-01", "kind"),
        ("1,x,X,helpline,everyone,1,,,,,no-need,,https://x.org,2026-01-01", "needs"),
        ("1,x,X,helpline,everyone,1,,,,,,E99,https://x.org,2026-01-01", "areas"),
        ("1,x,X,helpline,everyone,1,,,,,,,,2026-01-01", "source"),
        ("1,x,X,helpline,everyone,1,,,,,,,https://x.org,last May", "source_date"),
    ],
)
def test_a_wrong_line_is_named_and_no_line_is_lost(tmp_path, line, field):
    path = tmp_path / "helplines.csv"
    path.write_text(HEADER + line + "\n")
    before = Helpline.objects.count()
    with pytest.raises(FixtureError) as refusal:
        load_helplines(path)
    assert [problem.field for problem in refusal.value.problems] == [field]
    assert refusal.value.problems[0].row == 2
    assert Helpline.objects.count() == before


def test_the_commands_print_the_problem_and_fail(tmp_path, folder):
    (folder / "levels.csv").unlink()
    with pytest.raises(CommandError, match=r"levels\.csv"):
        call_command("load_language", folder=folder)
    with pytest.raises(CommandError, match=r"nothing\.csv"):
        call_command("load_helplines", file=tmp_path / "nothing.csv")


def test_every_need_has_a_line_for_the_whole_country():
    covered = {code for line in Helpline.objects.filter(areas=[]) for code in line.needs}
    assert set(Need.objects.values_list("code", flat=True)) <= covered
