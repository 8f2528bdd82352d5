"""The JSON API: `POST /api/match`, described at `/api/docs`."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from matching.contract import (
    BadRequest,
    MatchAnswer,
    MatchRequest,
    Problem,
    as_json,
    field_errors,
    problem,
)
from matching.pipeline import answer

api = NinjaAPI(
    title="No Wrong Door",
    version="1",
    description="From what a family says, and where it lives, to the right local services. "
    "Nothing that is sent is stored or logged.",
    urls_namespace="api",
)


#: A bad request is answered as problem+json, which Ninja would describe as plain JSON.
_PROBLEM = {
    "description": "What is wrong, and in which fields",
    "content": {"application/problem+json": {"schema": Problem.model_json_schema()}},
}


@api.post(
    "/match",
    response={200: MatchAnswer},
    summary="Match an enquiry",
    openapi_extra={"responses": {422: _PROBLEM}},
)
def match(request: HttpRequest, response: HttpResponse, body: MatchRequest) -> dict[str, Any]:
    """Needs with their words, ranked services with reasons, a package, near misses and a route."""
    response["Cache-Control"] = "no-store"
    return as_json(answer(body.enquiry()))


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    details = [
        detail | {"loc": [part for part in detail["loc"] if part not in ("body", "payload")]}
        for detail in error.errors
    ]
    return _problem(request, field_errors(details))


@api.exception_handler(BadRequest)
def unknown_codes(request: HttpRequest, error: BadRequest) -> HttpResponse:
    return _problem(request, error.errors)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _problem(request, [{"field": "body", "message": "This is not valid JSON."}])


@api.exception_handler(RequestDataTooBig)
def too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024
    return _problem(request, [{"field": "body", "message": f"Send at most {most} KiB."}])


def _problem(request: HttpRequest, errors: list[dict[str, str]]) -> HttpResponse:
    response = api.create_response(request, problem(errors), status=422)
    response["Content-Type"] = "application/problem+json"
    response["Cache-Control"] = "no-store"
    return response
