"""The files of the map, read and checked row by row and against each other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, Field, TypeAdapter, ValidationError, model_validator

from directory.geography.areas import AreaNode, AreaTree
from directory.geography.names import name_key
from directory.geography.postcodes import postcode_of
from directory.loading.errors import FixtureError, FixtureProblem
from directory.loading.tables import problems_of, read_table, twice
from directory.models import Area

FILES = ("areas.csv", "districts.geojson", "outcodes.csv", "postcodes.csv", "settlements.csv")

#: The United Kingdom, degrees; a point outside has its columns swapped or its sign lost.
Latitude = Annotated[float, Field(ge=49, le=61.5)]
Longitude = Annotated[float, Field(ge=-9, le=2.5)]
Row = TypeVar("Row", bound=BaseModel)


def _postcode(value: str) -> str:
    reading = postcode_of(value)
    if reading is None:
        raise ValueError("not a postcode")
    return reading.name


class AreaRow(BaseModel):
    code: str = Field(pattern=r"^[A-Za-z0-9-]+$", max_length=40)
    name: str = Field(max_length=120)
    kind: Literal["country", "county", "district", "locality", "parish"]
    parent: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = Field(default="", max_length=200)

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> "AreaRow":
        """An area cannot end before it begins."""
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to is before valid_from")
        return self


class SettlementRow(BaseModel):
    name: str = Field(max_length=80)
    alt: str = ""
    detail: str = Field(default="", max_length=120)
    latitude: Latitude
    longitude: Longitude
    areas: str
    source: str = Field(default="", max_length=120)


class PostcodeRow(BaseModel):
    postcode: Annotated[str, AfterValidator(_postcode)]
    latitude: Latitude
    longitude: Longitude
    areas: str


class OutcodeRow(BaseModel):
    outcode: str = Field(pattern=r"^([A-Z]{1,2}[0-9][A-Z0-9]?|NPT)$")
    latitude: Latitude
    longitude: Longitude
    lads: str = Field(default="", pattern=r"^([ENSW][0-9]{8}( |$))*$")
    countries: str = ""


class Geometry(BaseModel):
    type: Literal["Polygon", "MultiPolygon"]
    coordinates: list[Any] = Field(min_length=1)


class Properties(BaseModel):
    code: str


class Feature(BaseModel):
    properties: Properties
    geometry: Geometry


class Boundaries(BaseModel):
    features: list[Feature]


@dataclass(frozen=True, slots=True)
class PlaceFiles:
    """The files of the map, and the tree of the areas that they and the database hold."""

    areas: list[AreaRow]
    boundaries: dict[str, dict[str, Any]]
    settlements: list[SettlementRow]
    postcodes: list[PostcodeRow]
    outcodes: list[OutcodeRow]
    tree: AreaTree


def read_places(folder: Path) -> PlaceFiles:
    """Read and check the files of `folder`. Raises FixtureError with the problems of all files."""
    problems: list[FixtureProblem] = []
    areas = _table(folder / "areas.csv", AreaRow, problems)
    settlements = _table(folder / "settlements.csv", SettlementRow, problems)
    postcodes = _table(folder / "postcodes.csv", PostcodeRow, problems)
    outcodes = _table(folder / "outcodes.csv", OutcodeRow, problems)
    features = _boundaries(folder / "districts.geojson", problems)
    tree = _tree(areas)
    files = PlaceFiles(
        areas=areas,
        boundaries={f.properties.code: f.geometry.model_dump() for f in features},
        settlements=settlements,
        postcodes=postcodes,
        outcodes=outcodes,
        tree=tree,
    )
    if not problems:
        problems = list(_cross_problems(files))
    if problems:
        raise FixtureError(problems)
    return files


def _table(path: Path, row_type: type[Row], problems: list[FixtureProblem]) -> list[Row]:
    try:
        return read_table(path, row_type)
    except FixtureError as error:
        problems.extend(error.problems)
        return []


def _boundaries(path: Path, problems: list[FixtureProblem]) -> list[Feature]:
    """The boundaries; a hub may do without the file."""
    if not path.exists():
        return []
    try:
        return TypeAdapter(Boundaries).validate_json(path.read_bytes()).features
    except ValidationError as error:
        problems.extend(problems_of(path, 0, error))
        return []


def _tree(rows: Iterable[AreaRow]) -> AreaTree:
    known = {
        code: AreaNode(code, name, kind, parent or "")
        for code, name, kind, parent in Area.objects.values_list("code", "name", "kind", "parent")
    }
    return AreaTree(
        (known | {r.code: AreaNode(r.code, r.name, r.kind, r.parent) for r in rows}).values()
    )


def _cross_problems(files: PlaceFiles) -> Iterator[FixtureProblem]:
    tree = files.tree
    for number, area in enumerate(files.areas, start=2):
        if area.parent and area.parent not in tree:
            yield FixtureProblem("areas.csv", number, "parent", f"there is no area '{area.parent}'")
        elif tree.in_circle(area.code):
            yield FixtureProblem("areas.csv", number, "parent", "the area would contain itself")
    for code in files.boundaries:
        if code not in tree:
            yield FixtureProblem("districts.geojson", 0, "code", f"there is no area '{code}'")
    yield from _unknown("settlements.csv", "areas", (r.areas for r in files.settlements), tree)
    yield from _unknown("postcodes.csv", "areas", (r.areas for r in files.postcodes), tree)
    yield from _unknown("outcodes.csv", "countries", (r.countries for r in files.outcodes), tree)
    yield from twice("areas.csv", "code", (r.code for r in files.areas))
    yield from twice("postcodes.csv", "postcode", (r.postcode for r in files.postcodes))
    yield from twice("outcodes.csv", "outcode", (r.outcode for r in files.outcodes))
    names = (f"{name_key(r.name)} ({r.detail})" for r in files.settlements)
    yield from twice("settlements.csv", "detail", names)


def _unknown(
    file: str, field: str, columns: Iterable[str], tree: AreaTree
) -> Iterator[FixtureProblem]:
    for number, codes in enumerate(columns, start=2):
        for code in codes.split():
            if code not in tree:
                yield FixtureProblem(file, number, field, f"there is no area '{code}'")
