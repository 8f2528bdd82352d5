"""The command: the same as in the admin, without its limits."""

import pytest
from django.core.management import CommandError, call_command

from cms.models import ServicePage
from tests.cms.exchange.files import NEW, csv_of
from tests.cms.pages import add_partner, add_service

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _trust(db):
    add_service(add_partner("Heron Trust"), "One")


def _new() -> bool:
    return ServicePage.objects.filter(title="Benefit checks").exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_brought_in_again_changes_nothing(tmp_path, capsys, form):
    file = tmp_path / f"all.{form}"
    call_command("services", "export", str(file))
    call_command("services", "import", str(file), "--apply")
    assert "0 added, 0 changed" in capsys.readouterr().out


def test_nothing_is_written_without_apply(tmp_path, capsys):
    file = tmp_path / "new.csv"
    file.write_bytes(csv_of(NEW))
    call_command("services", "import", str(file))
    call_command("services", "import", str(file), "--dry-run")
    assert "1 created" in capsys.readouterr().out
    assert not _new()
    call_command("services", "import", str(file), "--apply")
    said = capsys.readouterr().out
    assert "added 1 of 1" in said
    assert "1 added, 0 changed." in said
    assert _new()


def test_refusals_are_told_by_row_and_column_and_end_in_failure(tmp_path, capsys):
    file = tmp_path / "new.csv"
    file.write_bytes(csv_of(NEW, NEW | {"Name": "B", "E-mail": "nobody"}))
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("services", "import", str(file), "--apply")
    assert "Row 3, E-mail: Enter a valid email address." in capsys.readouterr().err
    assert not _new()


def test_one_partner_alone(tmp_path):
    file = tmp_path / "one.csv"
    call_command("services", "export", str(file), "--partner", "heron trust")
    assert len(file.read_text(encoding="utf-8-sig").splitlines()) == 2
    with pytest.raises(CommandError, match="no single partner called 'Nobody'"):
        call_command("services", "export", str(file), "--partner", "Nobody")


def test_drafts(tmp_path):
    file = tmp_path / "new.csv"
    file.write_bytes(csv_of({"Name": "Bare"}))
    call_command("services", "import", str(file), "--partner", "Heron Trust", "--draft", "--apply")
    assert not ServicePage.objects.get(title="Bare").live


@pytest.mark.parametrize("name", ["missing.csv", "torn.xlsx"])
def test_a_file_that_cannot_be_read_is_said(tmp_path, name):
    (tmp_path / "torn.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(CommandError, match=name):
        call_command("services", "import", str(tmp_path / name))
