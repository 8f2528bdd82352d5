"""Loading the shared language: outcomes, needs, presented needs, phrases and levels."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.db import transaction
from pydantic import BaseModel, Field, ValidationError

from directory.loading import language_rows
from directory.loading.errors import FixtureError, FixtureProblem
from directory.loading.kept import kept
from directory.loading.tables import problems_of, read_table, twice
from directory.models import Need


class OutcomeRow(BaseModel):
    number: int = Field(ge=1, le=999)
    name: str = Field(max_length=120)
    source: str = Field(default="", max_length=300)


class NeedRow(BaseModel):
    position: int = Field(ge=1, le=9_999)
    code: str = Field(pattern=r"^[a-z0-9-]+$", max_length=60)
    name: str = Field(max_length=120)
    plain_name: str = Field(max_length=120)
    outcome: int
    description: str = ""


class PresentedRow(BaseModel):
    code: str
    slug: str = Field(pattern=r"^[a-z0-9-]+$", max_length=80)
    name: str = Field(max_length=160)
    description: str = ""


class LevelRow(BaseModel):
    position: int = Field(ge=1, le=999)
    code: str = Field(max_length=20)
    name: str = Field(max_length=80)
    description: str = ""
    north_somerset: str = ""
    hertfordshire: str = ""


class PhraseRow(BaseModel):
    text: str = Field(min_length=1, pattern=r"^[^\x00]*$")
    needs: list[str] = Field(min_length=1)
    presented: str
    register_: Literal["search", "resident", "practitioner", "partner"] = Field(alias="register")


@dataclass(frozen=True, slots=True)
class Line:
    """A phrase with the file and the line that it stands in."""

    path: Path
    number: int
    phrase: PhraseRow

    @property
    def source(self) -> str:
        return self.path.stem


@dataclass(frozen=True, slots=True)
class LanguageFiles:
    """The files of the shared language, read and checked row by row."""

    outcomes: list[OutcomeRow]
    needs: list[NeedRow]
    presented: list[PresentedRow]
    levels: list[LevelRow]
    phrases: list["Line"]


def load_language(
    folder: Path, progress: Callable[[str], None], over_edits: bool = False
) -> dict[str, int]:
    """Load the files of `folder`; rows that the hub added, changed or took out stay so.

    Phrases of a file are replaced by that file's; phrases from elsewhere stay. `over_edits`: the
    files count again wherever the hub has changed something. Raises FixtureError, with every
    problem and its place, before anything is written.
    """
    files = read_language(folder)
    problems = [] if over_edits else _taken_names(files)
    if problems:
        raise FixtureError(problems)
    with transaction.atomic():
        language_rows.write(files, progress, over_edits)
    return {
        "outcomes": len(files.outcomes),
        "needs": len(files.needs),
        "presented needs": len(files.presented),
        "phrases": len(files.phrases),
        "levels": len(files.levels),
    }


def read_language(folder: Path) -> LanguageFiles:
    """Read and check the files. Raises FixtureError."""
    files = LanguageFiles(
        outcomes=read_table(folder / "outcomes.csv", OutcomeRow),
        needs=read_table(folder / "service_types.csv", NeedRow),
        presented=read_table(folder / "presented_needs.csv", PresentedRow),
        levels=read_table(folder / "levels.csv", LevelRow),
        phrases=_read_phrases(folder / "phrases"),
    )
    problems = _cross_problems(files)
    if problems:
        raise FixtureError(problems)
    return files


def _read_phrases(folder: Path) -> list[Line]:
    rows: list[Line] = []
    problems: list[FixtureProblem] = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                rows.append(Line(path, number, PhraseRow.model_validate(json.loads(line))))
            except ValidationError as error:
                problems.extend(problems_of(path, number, error))
            except json.JSONDecodeError as error:
                problems.append(FixtureProblem(path.name, number, "row", f"not JSON: {error.msg}"))
    if problems:
        raise FixtureError(problems)
    return rows


def _cross_problems(files: LanguageFiles) -> list[FixtureProblem]:
    outcomes = {row.number for row in files.outcomes}
    needs = {row.code for row in files.needs}
    slugs = {row.slug for row in files.presented}
    problems = [
        FixtureProblem("service_types.csv", n, "outcome", f"there is no outcome {row.outcome}")
        for n, row in enumerate(files.needs, start=2)
        if row.outcome not in outcomes
    ]
    problems += [
        FixtureProblem("presented_needs.csv", n, "code", f"there is no need '{row.code}'")
        for n, row in enumerate(files.presented, start=2)
        if row.code not in needs
    ]
    problems += twice("presented_needs.csv", "slug", (row.slug for row in files.presented))
    for line in files.phrases:
        unknown = [("needs", code) for code in line.phrase.needs if code not in needs]
        if line.phrase.presented not in slugs:
            unknown.append(("presented", line.phrase.presented))
        problems += [
            FixtureProblem(line.path.name, line.number, field, f"there is no '{code}'")
            for field, code in unknown
        ]
    return problems


def _taken_names(files: LanguageFiles) -> list[FixtureProblem]:
    """Names of the files that the hub has given to another need."""
    held = kept(Need)
    taken = dict(Need.objects.filter(code__in=held.changed).values_list("name", "code"))
    return [
        FixtureProblem(
            "service_types.csv", n, "name", f"the hub calls '{taken[row.name]}' so; name it apart"
        )
        for n, row in enumerate(files.needs, start=2)
        if row.code not in held and taken.get(row.name, row.code) != row.code
    ]
