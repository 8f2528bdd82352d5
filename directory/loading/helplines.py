"""Loading the lines that answer when no local service does."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

from django.db import transaction
from pydantic import BaseModel, Field, field_validator, model_validator

from directory.loading.errors import FixtureError, FixtureProblem
from directory.loading.kept import kept, said
from directory.loading.tables import read_table
from directory.models import Area, Helpline, Need


class HelplineRow(BaseModel):
    position: int = Field(ge=0, le=9_999)
    code: str = Field(pattern=r"^[a-z0-9-]+$", max_length=60)
    name: str = Field(max_length=120)
    kind: Literal["emergency", "safeguarding", "crisis", "helpline"]
    serves: Literal["everyone", "child", "adult"] = "everyone"
    phone: str = Field(default="", max_length=40)
    text_number: str = Field(default="", max_length=80)
    url: str = Field(default="", max_length=300)
    hours: str = Field(default="", max_length=120)
    description: str = ""
    needs: str = ""
    areas: str = ""
    dangers: str = ""
    professionals: bool = False
    source: str = Field(pattern=r"^https://", max_length=300)
    source_date: date

    @model_validator(mode="after")
    def can_be_reached(self) -> "HelplineRow":
        """A line without a number or an address helps nobody."""
        if not (self.phone or self.text_number or self.url):
            raise ValueError("give a phone, a text number or a url")
        return self

    @field_validator("dangers")
    @classmethod
    def are_dangers(cls, dangers: str) -> str:
        """Only kinds that the matcher tells apart."""
        unknown = set(dangers.split()) - set(Helpline.Danger.values)
        if unknown:
            known = ", ".join(Helpline.Danger.values)
            raise ValueError(f"there is no danger '{min(unknown)}'; there are {known}")
        return dangers


def load_helplines(
    path: Path, progress: Callable[[str], None] | None = None, over_edits: bool = False
) -> int:
    """Make the rows of `path` the lines in force; what the hub added, changed or took out stays so.

    `over_edits`: the file counts again wherever the hub has changed something. Raises FixtureError
    and writes nothing then.
    """
    rows = read_table(path, HelplineRow)
    with transaction.atomic():
        held = kept(Helpline, over_edits)
        known = {
            "needs": set(Need.objects.values_list("code", flat=True)),
            "areas": set(Area.objects.values_list("code", flat=True)),
        }
        gone = {"needs": kept(Need).removed, "areas": kept(Area).removed}
        problems = list(_unknown_codes(path.name, rows, known, gone))
        if problems:
            raise FixtureError(problems)
        Helpline.objects.exclude(code__in=[row.code for row in rows]).exclude(
            code__in=held.changed
        ).delete()
        for row in rows:
            if row.code not in held:
                Helpline.objects.update_or_create(code=row.code, defaults=_values(row, known))
    words = said("lines", held, [row.code for row in rows])
    if progress and words:
        progress(words)
    return len(rows)


def _values(row: HelplineRow, known: dict[str, set[str]]) -> dict[str, Any]:
    """The columns of a row, without the codes of what the hub took out."""
    values: dict[str, Any] = row.model_dump(exclude={"code"})
    values["dangers"] = row.dangers.split()
    for field, codes in known.items():
        values[field] = [code for code in getattr(row, field).split() if code in codes]
    return values


def _unknown_codes(
    file: str,
    rows: list[HelplineRow],
    known: dict[str, set[str]],
    gone: dict[str, frozenset[str]],
) -> Iterator[FixtureProblem]:
    for number, row in enumerate(rows, start=2):
        for field, codes in known.items():
            for code in getattr(row, field).split():
                if code not in codes and code not in gone[field]:
                    yield FixtureProblem(file, number, field, f"there is no '{code}'")
