"""The people of the hub and a partner, as in the tests about partners."""

from tests.cms.partners.conftest import administrator, client_of, heron, hub, roles  # noqa: F401
