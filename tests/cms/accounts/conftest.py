"""People of the hub and of a partner, with passwords and, where wanted, an authenticator app."""

from dataclasses import dataclass

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from cms.partners.roles import ADMINISTRATORS, EDITORS
from cms.partners.spaces import add_member, open_space

PASSWORD = "three-quiet-herons"


@dataclass
class Person:
    """Somebody with an account, at a browser of their own."""

    user: User
    client: Client
    secret: str = ""

    @property
    def name(self) -> str:
        return self.user.email

    def log_in(self, password: str = PASSWORD, next_page: str = ""):
        """The first step, with the name and the password typed in."""
        data = {"login": self.name, "password": password}
        if next_page:
            data["next"] = next_page
        return self.client.post(reverse("account_login"), data)

    def set_up(self) -> "Person":
        """With an app, as if set up on another day."""
        self.secret = generate_totp_secret()
        TOTP.activate(self.user, self.secret)
        RecoveryCodes.activate(self.user)
        return self

    def code(self, later: int = 0) -> str:
        """What the app shows, now or that many times thirty seconds later."""
        return code_for(self.secret, later)

    def type_code(self, code: str):
        return self.client.post(reverse("mfa_authenticate"), {"code": code})

    def recovery_codes(self) -> list[str]:
        row = Authenticator.objects.get(user=self.user, type="recovery_codes")
        return row.wrap().get_unused_codes()

    def is_in(self) -> bool:
        return self.client.get(reverse("wagtailadmin_home")).status_code == 200


def code_for(secret: str, later: int = 0) -> str:
    now = list(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(secret, now + later))


def wrong_code(secret: str) -> str:
    right = {code_for(secret, later) for later in range(-3, 4)}
    return next(code for code in map("{:06}".format, range(10)) if code not in right)


@pytest.fixture
def roles(db):
    """The hub's groups and its review, as the demonstration has made them."""


@pytest.fixture
def person(roles):
    """Makes a person, in a group of the hub or in none."""

    def make(group: str | None, name: str, **flags) -> Person:
        user = get_user_model().objects.create_user(name, f"{name}@example.org", PASSWORD, **flags)
        if group:
            user.groups.add(Group.objects.get(name=group))
        return Person(user, Client())

    return make


@pytest.fixture
def editor(person) -> Person:
    return person(EDITORS, "editor")


@pytest.fixture
def administrator(person) -> Person:
    return person(ADMINISTRATORS, "administrator")


@pytest.fixture
def superuser(person) -> Person:
    return person(None, "root", is_superuser=True, is_staff=True)


@pytest.fixture
def partner(roles) -> Person:
    user = add_member(open_space("Heron Trust"), "ola@example.org").user
    user.set_password(PASSWORD)
    user.save()
    return Person(user, Client())


@pytest.fixture
def required(settings):
    """The hub as it is in production."""
    settings.HUB_TWO_FACTOR = "required"
