"""Nobody who looks for help pays for the log-in of others."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.accounts.middleware import SecondStepFirst

pytestmark = pytest.mark.django_db

OURS = (
    "allauth.account.middleware.AccountMiddleware",
    "cms.accounts.middleware.SecondStepFirst",
)


def _queries(path: str) -> list[str]:
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in asked.captured_queries]


@pytest.mark.parametrize("path", ["/", "/find/?need=debt-advice", "/directory/"])
def test_a_public_page_asks_the_database_as_often_as_without(path, settings, model):
    with_log_in = _queries(path)
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name not in OURS]
    assert len(with_log_in) == len(_queries(path))
    for query in with_log_in:
        assert "auth_user" not in query
        assert "django_session" not in query
        assert "cms_log_in" not in query


def test_looking_at_the_log_in_writes_nothing(db):
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get(reverse("account_login"))
    assert "sessionid" not in answer.cookies
    assert [query for query in asked.captured_queries if "INSERT" in query["sql"]] == []


def test_after_the_second_step_a_page_of_the_admin_costs_nothing_more(required, editor):
    editor.set_up()
    editor.log_in()
    editor.type_code(editor.code())
    answer = editor.client.get(reverse("wagtailadmin_home"))
    request = answer.wsgi_request
    assert request.user.pk, "the user is loaded by now"
    with CaptureQueriesContext(connection) as asked:
        assert SecondStepFirst(lambda _: answer).process_view(request, None, (), {}) is None
    assert len(asked) == 0
    request.user = AnonymousUser()
    assert SecondStepFirst(lambda _: answer).process_view(request, None, (), {}) is None
