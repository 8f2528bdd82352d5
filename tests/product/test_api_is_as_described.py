"""The API does what its own description says, whatever is sent."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from cms.wsgi import application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("model")]
schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)


@schema.parametrize()
@settings(
    max_examples=60, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_every_request_gets_a_described_answer(case):
    # A request may keep to the schema and still name a need that does not exist.
    case.call_and_validate(excluded_checks=[positive_data_acceptance])
