"""One transaction for each change made in the admin, and plain words when nothing is trained."""

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render

from cms.partners.boundary import bind, refuses, works_as_partner
from directory.reference import current_reference
from matching.understanding.artefact import ModelDamaged, ModelMissing

logger = logging.getLogger(__name__)

_READS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class CookiesWithoutNulls:
    """A cookie with a null character is none: PostgreSQL refuses to look for a session by it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.COOKIES = {
            name: value for name, value in request.COOKIES.items() if "\x00" not in value
        }
        return self._get_response(request)


class AdminWritesAreAtomic:
    """A page and its listing change together or not at all, whichever admin view did it.

    Several of Wagtail's views publish, unpublish and move outside a transaction. Reads get none:
    on SQLite a transaction takes the write lock.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in _READS or not request.path_info.startswith("/admin/"):
            return self._get_response(request)
        with transaction.atomic():
            response = self._get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response


class PartnersKeepToTheirOwn:
    """A partner has in the admin the rights and the views it has been given, and no other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not works_as_partner(request):
            return None
        bind(request.user)
        if not refuses(request):
            return None
        return render(request, "cms/not_for_partners.html", status=403)


class UntrainedIsSaid:
    """Without a trained matcher nothing can be understood: say so, with whom to ring instead."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if not isinstance(exception, ModelMissing | ModelDamaged):
            return None
        logger.error("%s", exception)
        if request.path_info.startswith("/api/"):
            title = "The matcher is not ready. Try again later."
            problem = {"type": "about:blank", "title": title, "status": 503, "errors": []}
            return JsonResponse(problem, status=503, content_type="application/problem+json")
        context = {"hubs": current_reference().hubs}
        return render(request, "cms/unready.html", context, status=503)
