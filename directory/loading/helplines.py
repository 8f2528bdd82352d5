"""Loading the lines that answer when no local service does."""

from datetime import date
from pathlib import Path
from typing import Literal

from django.db import transaction
from pydantic import BaseModel, Field, model_validator

from directory.loading.errors import FixtureError, FixtureProblem
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
    source: str = Field(pattern=r"^https://", max_length=300)
    source_date: date

    @model_validator(mode="after")
    def can_be_reached(self) -> "HelplineRow":
        """A line without a number or an address helps nobody."""
        if not (self.phone or self.text_number or self.url):
            raise ValueError("give a phone, a text number or a url")
        return self


def load_helplines(path: Path) -> int:
    """Make the rows of `path` the lines in force. Raises FixtureError and writes nothing then."""
    rows = read_table(path, HelplineRow)
    problems = _unknown_codes(path.name, rows)
    if problems:
        raise FixtureError(problems)
    with transaction.atomic():
        Helpline.objects.exclude(code__in=[row.code for row in rows]).delete()
        for row in rows:
            values = row.model_dump(exclude={"code", "needs", "areas"})
            values |= {"needs": row.needs.split(), "areas": row.areas.split()}
            Helpline.objects.update_or_create(code=row.code, defaults=values)
    return len(rows)


def _unknown_codes(file: str, rows: list[HelplineRow]) -> list[FixtureProblem]:
    needs = set(Need.objects.values_list("code", flat=True))
    areas = set(Area.objects.values_list("code", flat=True))
    problems = []
    for number, row in enumerate(rows, start=2):
        for field, known in (("needs", needs), ("areas", areas)):
            problems += [
                FixtureProblem(file, number, field, f"there is no '{code}'")
                for code in getattr(row, field).split()
                if code not in known
            ]
    return problems
