"""For those who run it: is the process up, and can it answer."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from directory.search import current_engine, embedded_engine
from directory.search.query import EngineStatus
from matching.understanding.artefact import ModelDamaged, ModelMissing, current_model


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """Database, search engine and model are there; 503 with what is missing when not.

    Without its OpenSearch the site still answers, so that is a warning: a worker that was taken
    out of service for it would make a slow search into no search.
    """
    problems, warnings = [], []
    try:
        connection.ensure_connection()
        embedded = embedded_engine().status()
        if not embedded.healthy:
            problems.append(f"The search engine is {embedded.behind} listings behind.")
        engine = current_engine().status()
        if engine.name != embedded.name and not engine.healthy:
            warnings.append(_said(engine))
    except DatabaseError:
        problems.append("The database does not answer.")
    try:
        current_model()
    except (ModelMissing, ModelDamaged) as error:
        problems.append(str(error))
    return JsonResponse(
        {"ready": not problems, "problems": problems, "warnings": warnings},
        status=503 if problems else 200,
    )


def _said(engine: EngineStatus) -> str:
    if not engine.answers:
        return (
            f"{engine.name} does not answer; the embedded engine answers. "
            "`manage.py search_index status` says why."
        )
    return f"{engine.name} has not taken in {engine.behind} changes: `manage.py search_index sync`."
