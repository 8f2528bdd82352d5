"""The same partners and people of the hub as everywhere."""

from tests.cms.partners.conftest import (  # noqa: F401
    administrator,
    client_of,
    heron,
    hub,
    otter,
    roles,
)
