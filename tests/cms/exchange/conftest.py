"""The partners and the hub of the other tests, and whose services each may exchange."""

import pytest

from cms.exchange.scope import scope_of, scope_of_operator
from cms.models import PartnerPage
from tests.cms.pages import add_partner
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
def trust(db) -> PartnerPage:
    return add_partner("Heron Trust")


@pytest.fixture
def scope(trust, operator):
    return operator.narrowed(trust)


@pytest.fixture
def as_heron(heron, otter):  # noqa: F811
    return scope_of(heron.user)


@pytest.fixture
def as_editor(hub, heron, otter):  # noqa: F811
    return scope_of(hub.user)


@pytest.fixture
def as_administrator(administrator, heron, otter):  # noqa: F811
    return scope_of(administrator.user)
