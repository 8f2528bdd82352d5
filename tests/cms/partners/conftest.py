"""Two partners with a person each, and two people of the hub."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from cms.models import PartnerSpace
from cms.partners.roles import ADMINISTRATORS, EDITORS
from cms.partners.spaces import add_member, open_space
from tests.cms.pages import add_service


class Partner:
    """A partner's space, its person logged in, a live service and a draft that nobody may see."""

    def __init__(self, name: str, client) -> None:
        self.space: PartnerSpace = open_space(name)
        self.page = self.space.page
        self.user = add_member(self.space, f"{name.split()[0].lower()}@example.org").user
        self.client = client
        client.force_login(self.user)
        self.live = add_service(self.page, f"{name} live service", phone="01632 960001")
        self.draft = add_service(self.page, f"{name} secret draft", publish=False)
        self.live.summary = f"{name} secret change"
        self.revision = self.live.save_revision(user=self.user)


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
