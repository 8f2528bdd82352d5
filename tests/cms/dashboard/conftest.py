"""People of each role, in a directory where nothing waits."""

from tests.cms.reports.conftest import (  # noqa: F401
    administrator,
    calm,
    client_of,
    heron,
    hub,
    otter,
    roles,
)
