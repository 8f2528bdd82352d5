"""The same partners and people of the hub as everywhere, and the mails that they get."""

import pytest

from tests.cms.partners.conftest import (  # noqa: F401
    administrator,
    client_of,
    heron,
    hub,
    otter,
    roles,
)


@pytest.fixture
def sent(django_capture_on_commit_callbacks, mailoutbox):
    """Do something, and give the mails that went out because of it."""

    def do(action, *args, **kwargs):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            action(*args, **kwargs)
        return list(mailoutbox)

    return do
