"""A service with a site that everybody sees, and what happens when it is ticked as confidential."""

from tests.cms.partners.conftest import (  # noqa: F401
    administrator,
    client_of,
    heron,
    hub,
    otter,
    roles,
)
