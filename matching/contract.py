"""The public contract: what a request may hold, and an answer as JSON.

The command `match --jsonl` and `POST /api/match` share these models, so that they cannot differ.
"""

import json
from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from directory.reference import current_reference
from matching.answer import Answer
from matching.enquiry import TEXT_LIMIT, Audience, Enquiry, Member

PLACE_LIMIT = 200
MOST_NEEDS = 40
MOST_MEMBERS = 30
MOST_SERVICES = 50

Code = Annotated[str, Field(max_length=60)]


class BadRequest(Exception):
    """A request that cannot be answered. `errors`: what is wrong and in which field."""

    def __init__(self, errors: list[dict[str, str]]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{e['field']}: {e['message']}" for e in errors))


class MemberIn(BaseModel):
    """Somebody in the household."""

    model_config = ConfigDict(extra="forbid")
    role: str = Field(default="", max_length=60)
    age: int | None = Field(default=None, ge=0, le=120, strict=True, description="Whole years")


class MatchRequest(BaseModel):
    """What is going on, and where. At least one of `text` and `needs`."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(default="", max_length=TEXT_LIMIT)
    needs: list[Code] = Field(default=[], max_length=MOST_NEEDS)
    exclude_needs: list[Code] = Field(default=[], max_length=MOST_NEEDS)
    level: Code | None = None
    household: list[MemberIn] = Field(default=[], max_length=MOST_MEMBERS)
    place: str | None = Field(default=None, max_length=PLACE_LIMIT)
    audience: Audience = "practitioner"
    limit: int = Field(default=10, ge=1, le=MOST_SERVICES, strict=True)

    @model_validator(mode="after")
    def says_something(self) -> "MatchRequest":
        """There must be something to answer."""
        if not self.text.strip() and not self.needs:
            raise ValueError("Say what is going on in 'text', or name at least one of 'needs'.")
        return self

    def enquiry(self) -> Enquiry:
        """The request as an enquiry. Raises BadRequest for a code that does not exist."""
        reference = current_reference()
        errors = [
            {"field": f"{field}.{n}", "message": f"There is no need '{code}'."}
            for field in ("needs", "exclude_needs")
            for n, code in enumerate(getattr(self, field))
            if code not in reference.needs
        ]
        if self.level is not None and self.level not in reference.levels:
            known = ", ".join(reference.levels)
            errors.append({"field": "level", "message": f"A level is one of {known}."})
        if errors:
            raise BadRequest(errors)
        return Enquiry(
            text=self.text,
            needs=tuple(dict.fromkeys(self.needs)),
            exclude_needs=tuple(dict.fromkeys(self.exclude_needs)),
            level=self.level,
            household=tuple(Member(member.role, member.age) for member in self.household),
            place=self.place,
            audience=self.audience,
            limit=self.limit,
        )


class FinerNeedOut(BaseModel):
    code: str
    name: str


class NeedOut(BaseModel):
    code: str
    name: str
    confidence: float
    evidence: list[str]
    source: Literal["text", "chosen"]
    members: list[int]
    presented: list[FinerNeedOut]


class RuledOutOut(BaseModel):
    code: str
    name: str
    evidence: list[str]
    status: Literal["absent", "past", "other", "handled"]


class LevelOut(BaseModel):
    code: str
    suggested: bool
    why: str


class RouteOut(BaseModel):
    kind: Literal["emergency", "safeguarding", "hub", "helpline"]
    name: str
    phone: str
    url: str
    why: str


class SafeguardingOut(BaseModel):
    urgent: bool
    reasons: list[str]
    route: RouteOut | None


class PlaceOut(BaseModel):
    status: Literal["found", "ambiguous", "unknown", "none"]
    name: str
    kind: str
    areas: list[str]
    suggestions: list[str]


class ServiceOut(BaseModel):
    id: str
    name: str
    partner: str
    url: str
    score: float
    needs: list[str]
    distance_km: float | None
    coverage: str
    delivery: list[str]
    reasons: list[str]


class PackageOut(BaseModel):
    service_id: str
    needs: list[str]


class NearMissOut(BaseModel):
    service_id: str
    name: str
    needs: list[str]
    failed: Literal["area", "age", "level", "capacity"]
    detail: str


class EngineOut(BaseModel):
    name: str
    degraded: bool


class MatchAnswer(BaseModel):
    """The answer: needs, services with reasons, a package, near misses, and always a route."""

    needs: list[NeedOut]
    ruled_out: list[RuledOutOut]
    level: LevelOut
    safeguarding: SafeguardingOut
    place: PlaceOut
    services: list[ServiceOut]
    package: list[PackageOut]
    unmet: list[str]
    near_misses: list[NearMissOut]
    route: RouteOut
    engine: EngineOut


class FieldError(BaseModel):
    field: str
    message: str


class Problem(BaseModel):
    """What is wrong with a request (RFC 9457), and in which fields."""

    type: str = "about:blank"
    title: str
    status: int
    errors: list[FieldError]


def as_json(answer: Answer) -> dict[str, Any]:
    """The answer as the contract's JSON-ready values."""
    values = asdict(answer)
    for name in ("package_exact", "words_alone", "language", "unmet_routes"):
        del values[name]
    if not values["level"]["known"]:
        values["level"]["why"] = f"Not known. {answer.level.why}"
    del values["level"]["beside"], values["level"]["known"]
    return values


def parse(line: str | bytes) -> Enquiry:
    """A JSON request as an enquiry. Raises BadRequest with every problem and its field."""
    try:
        values = json.loads(line)
    # ValueError: no JSON, no text, or a number of more digits than Python converts.
    except (ValueError, RecursionError) as error:
        raise BadRequest([{"field": "body", "message": "This cannot be read as JSON."}]) from error
    try:
        return MatchRequest.model_validate(values).enquiry()
    except ValidationError as error:
        raise BadRequest(field_errors(error.errors(include_url=False))) from error


def field_errors(details: Any) -> list[dict[str, str]]:
    """Pydantic's findings as fields and messages, without repeating what was sent."""
    return [
        {
            "field": ".".join(str(part) for part in detail["loc"]) or "body",
            "message": str(detail["msg"]).removeprefix("Value error, "),
        }
        for detail in details
    ]


def problem(errors: list[dict[str, str]]) -> dict[str, Any]:
    """A bad request as problem+json."""
    return {
        "type": "about:blank",
        "title": "The request cannot be answered as it is.",
        "status": 422,
        "errors": errors,
    }
