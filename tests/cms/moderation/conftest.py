"""The same partners and people of the hub as everywhere, and the mails that they get."""

import pytest

from cms.models import ServicePage
from tests.cms.moderation.how_full import plan_for_later
from tests.cms.moderation.steps import submit
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


@pytest.fixture
def in_review(heron) -> ServicePage:  # noqa: F811
    submit(heron.client, heron.live, summary="A better sentence")
    return heron.live


@pytest.fixture
def planned(heron) -> ServicePage:  # noqa: F811
    plan_for_later(heron.live, summary="From February on: mornings too")
    return heron.live
