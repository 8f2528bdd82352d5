"""Two partners with a person each, and two people of the hub."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Revision

from cms.models import PartnerSpace, ServicePage
from cms.partners.roles import ADMINISTRATORS, EDITORS
from cms.partners.spaces import add_member, open_space
from tests.cms.again import again
from tests.cms.pages import add_service


class Partner:
    """A partner's space, its person logged in, a live service and a draft that nobody may see."""

    def __init__(self, name: str, client) -> None:
        space, user, live, draft, revision = again(name, lambda: self._made(name))
        self.space: PartnerSpace = PartnerSpace.objects.get(pk=space)
        self.page = self.space.page
        self.user = get_user_model().objects.get(pk=user)
        self.client = client
        client.force_login(self.user)
        self.live = ServicePage.objects.get(pk=live)
        self.live.summary = f"{name} secret change"
        self.draft = ServicePage.objects.get(pk=draft)
        self.revision = Revision.objects.get(pk=revision)

    @staticmethod
    def _made(name: str) -> tuple[int, ...]:
        """The keys of the space, the person, the live service, the draft, and its revision."""
        space = open_space(name)
        user = add_member(space, f"{name.split()[0].lower()}@example.org").user
        live = add_service(space.page, f"{name} live service", phone="01632 960001")
        draft = add_service(space.page, f"{name} secret draft", publish=False)
        live.summary = f"{name} secret change"
        revision = live.save_revision(user=user)
        return space.pk, user.pk, live.pk, draft.pk, revision.pk


@pytest.fixture
def roles(db):
    """The hub's groups and its review, as the demonstration has made them."""


@pytest.fixture
def heron(roles, client_of) -> Partner:
    return Partner("Heron Trust", client_of())


@pytest.fixture
def otter(roles, client_of) -> Partner:
    return Partner("Otter Society", client_of())


@pytest.fixture
def client_of():
    from django.test import Client

    return Client


def _hub(client_of, group: str, name: str):
    user = get_user_model().objects.create_user(name, f"{name}@example.org", "secret-word-123")
    user.groups.add(Group.objects.get(name=group))
    client = client_of()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def hub(roles, client_of):
    """A hub editor's browser."""
    return _hub(client_of, EDITORS, "editor")


@pytest.fixture
def administrator(roles, client_of):
    """A hub administrator's browser."""
    return _hub(client_of, ADMINISTRATORS, "administrator")
