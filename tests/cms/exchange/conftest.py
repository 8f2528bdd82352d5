"""The partners and the hub of the other tests, and whose services each may exchange."""

import pytest

from cms.exchange.scope import scope_of, scope_of_operator
from tests.cms.partners.conftest import (  # noqa: F401
    administrator,
    client_of,
    heron,
    hub,
    otter,
    roles,
)


@pytest.fixture
def operator(db):
    return scope_of_operator(sees_addresses=True)


@pytest.fixture
def as_heron(heron, otter):  # noqa: F811
    return scope_of(heron.user)


@pytest.fixture
def as_editor(hub, heron, otter):  # noqa: F811
    return scope_of(hub.user)


@pytest.fixture
def as_administrator(administrator, heron, otter):  # noqa: F811
    return scope_of(administrator.user)
