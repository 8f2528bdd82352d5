"""The same partners and people of the hub as everywhere."""

from tests.cms.partners.conftest import client_of, heron, hub, roles  # noqa: F401
