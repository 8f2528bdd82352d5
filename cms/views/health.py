"""For those who run it: is the process up, and can it answer."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from directory.search import current_engine
from matching.understanding.artefact import ModelDamaged, ModelMissing, current_model


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """Database, search engine and model are there; 503 with what is missing when not."""
    problems = []
    try:
        connection.ensure_connection()
        engine = current_engine().status()
        if not engine.healthy:
            problems.append(f"The search engine is {engine.behind} listings behind.")
    except DatabaseError:
        problems.append("The database does not answer.")
    try:
        current_model()
    except (ModelMissing, ModelDamaged) as error:
        problems.append(str(error))
    return JsonResponse(
        {"ready": not problems, "problems": problems}, status=503 if problems else 200
    )
