"""Loading files leaves what the hub changed, and says what it left."""

import json
import shutil
from pathlib import Path

import pytest
from django.conf import settings

from directory.loading.helplines import load_helplines
from directory.loading.kept import keep, keep_out
from directory.loading.language import load_language
from directory.loading.places import load_places
from directory.models import (
    Area,
    Helpline,
    HubEdit,
    Level,
    LoadedFixture,
    Need,
    Outcome,
    Phrase,
    PresentedNeed,
)
from directory.reference import current_reference

pytestmark = pytest.mark.django_db

LINES = settings.FIXTURES_DIR / "helplines.csv"
PLACES = settings.FIXTURES_DIR / "places"


@pytest.fixture
def language(tmp_path) -> Path:
    """The shipped language with a handful of its phrases."""
    folder = Path(shutil.copytree(settings.FIXTURES_DIR / "language", tmp_path / "language"))
    for path in (folder / "phrases").iterdir():
        if path.name == "phrases-a.jsonl":
            path.write_text("\n".join(path.read_text().splitlines()[:40]) + "\n")
        else:
            path.unlink()
    return folder


def _load(load, path: Path, **options) -> str:
    words: list[str] = []
    load(path, words.append, **options)
    return "\n".join(words)


def _rename(row, name: str):
    row.name = name
    row.save()
    keep(row)
    return row


def test_renamed_rows_of_the_language_stay_and_are_named(language):
    need = _rename(Need.objects.get(pk="debt-advice"), "Debts and arrears")
    presented = _rename(PresentedNeed.objects.get(pk="bailiffs"), "The heavies came")
    level = _rename(Level.objects.get(pk="targeted"), "Plus")
    outcome = _rename(Outcome.objects.get(pk=1), "School")
    words = _load(load_language, language)
    for row in (need, presented, level, outcome):
        before = row.name
        row.refresh_from_db()
        assert row.name == before
    assert "Kept as the hub has them: 1 needs (debt-advice)" in words
    assert "1 presented needs (bailiffs)" in words
    assert "1 levels (targeted)" in words


def test_rows_that_the_hub_did_not_touch_follow_the_files(language):
    Need.objects.filter(pk="debt-advice").update(name="Stale")
    assert "ept as the hub" not in _load(load_language, language)
    assert Need.objects.get(pk="debt-advice").name == "Debt Advice"


def test_what_the_hub_took_out_stays_out(language):
    phrase = Phrase.objects.filter(source="phrases-a").first()
    keep_out(phrase)
    text = phrase.text
    phrase.delete()
    presented = PresentedNeed.objects.get(pk="bailiffs")
    keep_out(presented)
    presented.delete()
    words = _load(load_language, language)
    assert not Phrase.objects.filter(text=text).exists()
    assert not PresentedNeed.objects.filter(pk="bailiffs").exists()
    assert "Left out as the hub wishes: 1 phrases" in words
    assert "1 presented needs (bailiffs)" in words


def test_a_need_that_the_hub_took_out_takes_its_words_along(empty_directory, language):
    need = Need.objects.get(pk="nuisance")
    keep_out(need)
    from cms.models import ServicePageNeed

    ServicePageNeed.objects.filter(need=need).delete()
    need.delete()
    _load(load_language, language)
    _load(load_helplines, LINES)
    assert not Need.objects.filter(pk="nuisance").exists()
    assert not PresentedNeed.objects.filter(need="nuisance").exists()
    assert not any(
        "nuisance" in phrase.also_needs for phrase in Phrase.objects.filter(source="phrases-a")
    )
    assert not any("nuisance" in line.needs for line in Helpline.objects.all())


def test_a_level_of_the_hub_keeps_its_place(language):
    Level.objects.filter(pk="statutory").delete()
    keep(Level.objects.create(code="acute", name="Acute", position=5))
    _load(load_language, language)
    assert Level.objects.get(pk="acute").position == 5
    assert Level.objects.get(pk="statutory").position == 6


def test_a_name_that_the_hub_gave_to_another_need_is_said(language):
    from directory.loading.errors import FixtureError

    _rename(Need.objects.get(pk="nuisance"), "Money worries")
    path = language / "service_types.csv"
    path.write_text(path.read_text().replace("Debt Advice", "Money worries"))
    with pytest.raises(FixtureError) as refusal:
        _load(load_language, language)
    [problem] = refusal.value.problems
    assert problem.field == "name"
    assert "the hub calls 'nuisance' so" in problem.message


def test_lines_of_the_hub_stay_and_those_it_took_out_stay_away():
    _rename(Helpline.objects.get(pk="childline"), "Childline, free")
    own = Helpline.objects.create(
        code="ours", name="Ours", kind="helpline", source="https://x.org", source_date="2026-01-01"
    )
    keep(own)
    gone = Helpline.objects.get(pk="shout")
    keep_out(gone)
    gone.delete()
    stale = Helpline.objects.create(
        code="old", name="Old", kind="helpline", source="https://x.org", source_date="2026-01-01"
    )
    words = _load(load_helplines, LINES)
    assert Helpline.objects.get(pk="childline").name == "Childline, free"
    assert Helpline.objects.filter(pk="ours").exists()
    assert not Helpline.objects.filter(pk__in=["shout", stale.pk]).exists()
    assert "1 lines (childline)" in words
    assert "1 lines (shout)" in words


def test_areas_of_the_hub_stay_and_every_process_hears_of_the_rest(tmp_path):
    area = Area.objects.get(pk="E07000149")
    area.valid_to = "2028-03-31"
    area.save()
    keep(area)
    folder = Path(shutil.copytree(PLACES, tmp_path / "places"))
    path = folder / "areas.csv"
    path.write_text(path.read_text().replace(",Breckland,", ",Breckland and Brecks,"))
    # The map is long; what is asked here does not need its postcodes.
    for name in ("postcodes.csv",):
        lines = (folder / name).read_text().splitlines()[:20]
        (folder / name).write_text("\n".join(lines) + "\n")
    held = current_reference()
    words = _load(load_places, folder)
    area.refresh_from_db()
    assert str(area.valid_to) == "2028-03-31"
    assert "1 areas (E07000149)" in words
    assert current_reference() is not held
    assert current_reference().areas["E07000143"] == "Breckland and Brecks"
    assert LoadedFixture.objects.get(pk="places").digest


def test_an_area_that_another_lies_in_comes_back(tmp_path):
    from directory.loading.kept import Kept
    from directory.loading.place_rows import read_places
    from directory.loading.places import _write_areas

    files = read_places(PLACES)
    _write_areas(files, Kept(removed=frozenset({"E07000149", "parish-diss"})))
    assert Area.objects.filter(pk="E07000149").exists()


def test_whoever_loads_may_let_the_files_count_again(language):
    _rename(Need.objects.get(pk="debt-advice"), "Debts and arrears")
    _rename(Helpline.objects.get(pk="childline"), "Childline, free")
    _load(load_language, language, over_edits=True)
    _load(load_helplines, LINES, over_edits=True)
    assert Need.objects.get(pk="debt-advice").name == "Debt Advice"
    assert Helpline.objects.get(pk="childline").name == "Childline"
    assert not HubEdit.objects.exists()


def test_a_reworded_phrase_of_the_files_is_not_loaded_again(language):
    """However the file spaces or capitalises it."""
    phrase = Phrase.objects.filter(source="phrases-a").first()
    keep_out(phrase)
    phrase.source, phrase.text = "hub", "other words"
    phrase.save()
    path = language / "phrases" / "phrases-a.jsonl"
    first, *rest = path.read_text().splitlines()
    row = json.loads(first)
    row["text"] = row["text"].upper() + " "
    path.write_text("\n".join([json.dumps(row), *rest]) + "\n")
    _load(load_language, language)
    assert Phrase.objects.filter(source="phrases-a").count() == 39
    assert Phrase.objects.filter(text="other words", source="hub").count() == 1
