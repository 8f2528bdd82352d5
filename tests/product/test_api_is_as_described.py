"""The API does what its own description says, whatever is sent."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from cms.wsgi import application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("model", "one_connection")]
schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Between requests Django closes a connection in a transaction: here it is the test's own."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=60, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_every_request_gets_a_described_answer(case):
    # A request may keep to the schema and still name a need that does not exist.
    case.call_and_validate(excluded_checks=[positive_data_acceptance])
