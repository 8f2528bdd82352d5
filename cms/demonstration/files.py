"""The files of the demonstration, read and checked; every problem with its file and field."""

from pathlib import Path
from typing import Any, Literal, TypeVar
from uuid import UUID

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from directory.loading.errors import FixtureError, FixtureProblem
from directory.loading.tables import problems_of
from directory.records import Capacity, Delivery

T = TypeVar("T")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ConnectorFile(_Strict):
    title: str = Field(max_length=120)
    phone: str = Field(default="", max_length=40)
    patch: str = Field(default="", max_length=160)


class HubFile(_Strict):
    id: UUID
    name: str
    summary: str = ""
    phone: str
    email: str = ""
    address: str = ""
    opening_hours: str = ""
    latitude: float
    longitude: float
    areas: list[str]
    connectors: list[ConnectorFile] = []


class ScheduleFile(_Strict):
    byday: list[Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]]
    opens_at: str = Field(pattern=r"^\d\d:\d\d$")
    closes_at: str = Field(pattern=r"^\d\d:\d\d$")


class SiteFile(_Strict):
    id: UUID
    name: str = Field(default="", max_length=160)
    address_1: str = Field(default="", max_length=160)
    city: str = Field(default="", max_length=80)
    postal_code: str = Field(default="", max_length=10)
    latitude: float
    longitude: float
    confidential: bool = False


class ServiceFile(_Strict):
    id: UUID
    slug: str
    name: str
    summary: str = Field(max_length=300)
    description: str
    needs: dict[str, Literal["main", "also"]] = Field(min_length=1)
    presented_needs: list[str] = []
    national: bool = False
    areas: list[str] = []
    delivery: list[Delivery] = Field(min_length=1)
    minimum_age: int | None = None
    maximum_age: int | None = None
    eligibility: str = ""
    levels: list[str] = []
    free: bool = True
    fees: str | None = ""
    languages: list[str] = ["en"]
    interpreters: bool = False
    capacity: Capacity = "open"
    waiting_weeks: int | None = None
    self_referral: bool = False
    practitioner_referral: bool = False
    next_steps: str = ""
    accessibility: str = ""
    outreach: str = ""
    pledge: str = Field(default="", max_length=200)
    outcomes: str = ""
    how_to_access: str = ""
    phone: str | None = ""
    email: str | None = ""
    website: str | None = ""
    schedules: list[ScheduleFile] = []
    sites: list[SiteFile] = []
    assured_days_ago: int | None = None

    @model_validator(mode="before")
    @classmethod
    def empty_lists_may_be_null(cls, values: dict[str, Any]) -> dict[str, Any]:
        """`sites:` with nothing below it means none."""
        lists = ("sites", "schedules", "areas", "presented_needs", "levels")
        return {k: ([] if v is None and k in lists else v) for k, v in values.items()}


class PartnerFile(_Strict):
    id: UUID
    name: str
    slug: str
    description: str
    email: str = ""
    phone: str = ""
    website: str = ""
    services: list[ServiceFile] = Field(min_length=1)


def read_hubs(path: Path) -> list[HubFile]:
    """The hubs of `hubs.yaml`. Raises FixtureError."""
    return _checked(path, TypeAdapter(list[HubFile]))


def read_partners(folder: Path) -> list[PartnerFile]:
    """The partners of a folder, in order of file name. Raises FixtureError with all problems."""
    partners: list[PartnerFile] = []
    problems: list[FixtureProblem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            partners.append(_checked(path, TypeAdapter(PartnerFile)))
        except FixtureError as error:
            problems.extend(error.problems)
    if problems:
        raise FixtureError(problems)
    return partners


def _checked(path: Path, adapter: TypeAdapter[T]) -> T:
    try:
        return adapter.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        raise FixtureError(problems_of(path, 0, error)) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else 0
        raise FixtureError([FixtureProblem(path.name, row, "file", "not valid YAML")]) from error
