"""People of each role, and a directory in which nothing is due, waited for or hidden."""

import pytest
from django.utils import timezone

from cms.models import ServicePage, ServicePageSite
from tests.cms.partners.conftest import (  # noqa: F401
    administrator,
    client_of,
    heron,
    hub,
    otter,
    roles,
)


@pytest.fixture
def calm(db) -> None:
    """The demonstration keeps its pages, and none of them wants anything of the hub."""
    ServicePage.objects.update(
        assured_date=timezone.localdate(), capacity="open", waiting_weeks=None
    )
    ServicePageSite.objects.filter(confidential=True).delete()
