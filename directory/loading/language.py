"""Loading the shared language: outcomes, needs, presented needs, phrases and levels."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.db import transaction
from pydantic import BaseModel, Field, ValidationError

from directory.loading.errors import FixtureError, FixtureProblem
from directory.loading.tables import problems_of, read_table, twice
from directory.models import Level, Need, Outcome, Phrase, PresentedNeed
from directory.reference import touch


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


def load_language(folder: Path, progress: Callable[[str], None]) -> dict[str, int]:
    """Load the files of `folder`; rows that the hub has added or changed since are kept.

    Phrases of a file are replaced by that file's; phrases from elsewhere stay. Raises
    FixtureError, with every problem and its place, before anything is written.
    """
    files = read_language(folder)
    with transaction.atomic():
        _write_codes(files)
        touch()
        progress(f"{len(files.needs)} needs, {len(files.presented)} presented needs")
        _write_phrases(files.phrases)
        progress(f"{len(files.phrases)} phrases")
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


def _write_codes(files: LanguageFiles) -> None:
    for outcome in files.outcomes:
        Outcome.objects.update_or_create(
            number=outcome.number, defaults={"name": outcome.name, "source": outcome.source}
        )
    for need in files.needs:
        values = need.model_dump(exclude={"code", "outcome"}) | {"outcome_id": need.outcome}
        Need.objects.update_or_create(code=need.code, defaults=values)
    PresentedNeed.objects.bulk_create(
        [
            PresentedNeed(slug=r.slug, need_id=r.code, name=r.name, description=r.description)
            for r in files.presented
        ],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["need", "name", "description"],
    )
    for level in files.levels:
        equivalents = {
            "North Somerset": level.north_somerset,
            "Hertfordshire": level.hertfordshire,
        }
        Level.objects.update_or_create(
            code=level.code,
            defaults={
                "name": level.name,
                "position": level.position,
                "description": level.description,
                "equivalents": {scheme: name for scheme, name in equivalents.items() if name},
            },
        )


def _write_phrases(lines: list[Line]) -> None:
    owner = dict(PresentedNeed.objects.values_list("slug", "need_id"))
    Phrase.objects.filter(source__in={line.source for line in lines}).delete()
    Phrase.objects.bulk_create(
        [
            Phrase(
                presented_id=line.phrase.presented,
                text=line.phrase.text,
                register=line.phrase.register_,
                also_needs=[c for c in line.phrase.needs if c != owner[line.phrase.presented]],
                source=line.source,
            )
            for line in lines
        ],
        batch_size=1_000,
    )
