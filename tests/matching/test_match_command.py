"""`manage.py match`, read as its user reads it."""

import os
import re
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("model")]

STORY = "Behind with the rent and the bailiffs came. There are no concerns about drink."


def printed(*args, **options) -> str:
    out = StringIO()
    call_command("match", *args, stdout=out, **options)
    return out.getvalue()


def test_it_prints_needs_package_services_near_misses_and_route():
    said = printed(STORY, place="Wymondham")
    for words in (
        "Place: Wymondham",
        "Debt Advice",
        "“Behind with the rent and the bailiffs came.”",
        "left out: Substance Misuse support",
        "“There are no concerns about drink.”",
        "PACKAGE",
        "SERVICES, best first",
        "JUST MISSED, and why",
        "Just outside its area",
        "NEXT STEP, WHATEVER HAPPENS",
        "Wymondham Early Help Hub: 01632",
    ):
        assert words in said, words


def test_each_service_is_printed_with_who_refers_and_its_number():
    said = printed("", place="Diss", need=["debt-advice"])
    first = said[said.index("SERVICES") :].splitlines()[2]
    assert " · " in first
    assert "refer" in first or "ask" in first
    assert re.search(r"0\d{3,4} \d{3}", first)


def test_a_resident_gets_plain_names():
    said = printed(STORY, place="Diss", resident=True)
    assert "Money you owe" in said
    for jargon in ("Debt Advice", "PACKAGE", "score", "Level", "emerging", "% full", "middling"):
        assert jargon not in said, jargon


def test_a_resident_in_danger_is_not_told_of_procedures():
    said = printed("He strangled me last night and says he will kill me.", resident=True)
    assert said.startswith("FIRST: SOMEBODY MAY BE AT RISK. Get help now.")
    assert "procedure" not in said


def test_danger_is_printed_first():
    said = printed("He strangled me last night and says he will kill me.", place="Diss")
    assert said.startswith("FIRST: SOMEBODY MAY BE AT RISK")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (None, "none given"),
        ("Wyndham", "Did you mean Wymondham"),
        ("Hopton", "may be one of several"),
    ],
)
def test_it_says_what_it_made_of_the_place(place, words):
    assert words in printed(STORY, place=place)


def test_ages_levels_and_needs_may_be_given():
    said = printed(
        "", place="Diss", need=["youth-mental-health"], level="targeted",
        member=[{"role": "child", "age": 9}],
    )  # fmt: skip
    assert "Youth Mental Health Service (chosen)" in said
    assert "Level of need: targeted. You chose this level." in said


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "Say what is going on"),
        ({"need": ["nothing"]}, "There is no need 'nothing'"),
        ({"need": ["debt-advice"], "limit": 0}, "limit"),
        ({"need": ["debt-advice"], "level": "dire"}, "A level is one of"),
    ],
)
def test_what_is_wrong_is_said(options, words):
    with pytest.raises(CommandError, match=words):
        printed(**options)


def test_of_what_was_only_ticked_no_level_is_known():
    said = printed("", place="Diss", need=["debt-advice"])
    assert "Level of need: not known. Nothing was said that a level could be read from." in said
    assert "Works at this level" not in said


def test_before_the_directory_is_there_it_says_what_to_run(tmp_path):
    nothing_yet = {"DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3", "OPENSEARCH_URL": ""}
    done = subprocess.run(
        [sys.executable, "manage.py", "match", "rent arrears", "--place", "Diss"],
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
        env=os.environ | nothing_yet | {"MODEL_DIR": str(settings.MODEL_DIR)},
    )  # fmt: skip
    assert done.returncode == 1
    assert "manage.py migrate" in done.stderr
    assert "Traceback" not in done.stderr
