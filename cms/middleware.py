"""One transaction for each change made in the admin."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

_READS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


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
