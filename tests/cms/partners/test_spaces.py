"""Opening a partner's space, the people in it, and closing it."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupCollectionPermission

from cms.models import PartnerPage, PartnerSpace, ServicePage
from cms.partners.boundary import is_partner
from cms.partners.roles import make_roles
from cms.partners.spaces import SpaceRefused, add_member, close_space, open_space
from directory.models import Listing
from tests.cms.pages import add_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def space(roles) -> PartnerSpace:
    return open_space("Heron Trust")


def _rights(space: PartnerSpace) -> set[tuple[int, str]]:
    rows = space.group.page_permissions.values_list("page_id", "permission__codename")
    return set(rows)


def test_a_space_is_a_published_page_with_the_right_to_change_it_and_no_other(space):
    assert space.page.live
    assert _rights(space) == {(space.page_id, "add_page"), (space.page_id, "change_page")}


def test_roles_are_made_once_and_wagtails_own_are_gone(roles):
    from django.contrib.auth.models import Group
    from wagtail.models import GroupPagePermission, Workflow, WorkflowTask

    before = (GroupPagePermission.objects.count(), WorkflowTask.objects.count())
    make_roles()
    assert (GroupPagePermission.objects.count(), WorkflowTask.objects.count()) == before
    assert set(Group.objects.values_list("name", flat=True)) >= {"Hub editors"}
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()
    assert [workflow.name for workflow in Workflow.objects.all()] == ["Review by the hub"]


def test_a_partner_that_has_a_page_gets_its_space_around_it(roles):
    page = PartnerPage.objects.first()
    assert open_space(page.title.upper()).page == page


@pytest.mark.parametrize(
    ("name", "email", "words"),
    [
        ("", "a@example.org", "Give the partner a name"),
        ("Heron Trust", "a@example.org", "has a space already"),
        ("Otter Society", "nobody", "no e-mail address"),
    ],
)
def test_what_cannot_be_opened_is_said_and_nothing_is_made(space, name, email, words):
    pages, spaces = PartnerPage.objects.count(), PartnerSpace.objects.count()
    with pytest.raises(CommandError, match=words):
        call_command("partner", "open", name, "--email", email)
    assert (PartnerPage.objects.count(), PartnerSpace.objects.count()) == (pages, spaces)


def test_the_invited_set_a_password_by_a_link_that_works_once(roles, mailoutbox, settings):
    call_command("partner", "open", "Otter Society", "--email", "ola@example.org")
    (mail,) = mailoutbox
    assert mail.to == ["ola@example.org"]
    assert "Otter Society" in mail.subject
    link = re.search(rf"{settings.SITE_URL}(/\S+)", mail.body)[1]
    client = Client()
    form = client.get(link, follow=True)
    assert form.status_code == 200
    words = {"password1": "a-long-enough-word-7", "password2": "a-long-enough-word-7"}
    client.post(form.redirect_chain[-1][0], words)
    assert client.login(username="ola@example.org", password="a-long-enough-word-7")
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    again = Client().get(link, follow=True)
    assert "password1" not in again.content.decode()


def test_an_invitation_expires(space, mailoutbox, settings):
    call_command("partner", "add", "Heron Trust", "--email", "ola@example.org")
    link = re.search(rf"{settings.SITE_URL}(/\S+)", mailoutbox[0].body)[1]
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "password1" not in Client().get(link, follow=True).content.decode()


def test_somebody_who_has_an_account_keeps_the_password(space, mailoutbox):
    user = get_user_model().objects.create_user("ola", "Ola@example.org", "a-long-enough-word-7")
    call_command("partner", "add", "heron trust", "--email", "ola@EXAMPLE.org")
    user.refresh_from_db()
    assert user.check_password("a-long-enough-word-7")
    assert "Log in as you do already" in mailoutbox[0].body
    assert get_user_model().objects.filter(email__iexact="ola@example.org").count() == 1


def test_somebody_may_edit_for_two_partners(roles):
    one, two = open_space("Heron Trust"), open_space("Otter Society")
    user = add_member(one, "ola@example.org").user
    add_member(two, "ola@example.org")
    client = Client()
    client.force_login(user)
    for space in (one, two):
        address = reverse("wagtailadmin_pages:edit", args=[space.page_id])
        assert client.get(address).status_code == 200


def test_closing_withdraws_every_service_and_lets_nobody_in(space):
    add_service(space.page, "One")
    add_service(space.page, "Other")
    user = add_member(space, "ola@example.org").user
    client = Client()
    client.force_login(user)
    assert close_space(space) == 2
    assert not Listing.objects.live().filter(name__in=["One", "Other"]).exists()
    assert ServicePage.objects.child_of(space.page).live().count() == 0
    assert client.get(reverse("wagtailadmin_home")).status_code == 302
    with pytest.raises(SpaceRefused, match="is closed"):
        add_member(space, "eve@example.org")


def test_closing_takes_away_the_photos_and_opening_again_gives_them_back(space):
    before = _photo_rights(space)
    close_space(space)
    assert _photo_rights(space) == set()
    open_space("Heron Trust")
    assert _photo_rights(space) == before
    assert len(before) == 3


def _photo_rights(space: PartnerSpace) -> set[tuple[int, str]]:
    rows = GroupCollectionPermission.objects.filter(group=space.group)
    return set(rows.values_list("collection_id", "permission__codename"))


@pytest.mark.parametrize("role", ["hub", "administrator"])
def test_an_address_of_the_hub_is_refused(role, space, request):
    """As a partner its owner would be refused the hub's own pages from the next click on."""
    user = request.getfixturevalue(role).user
    with pytest.raises(CommandError, match="is of the hub: use another address"):
        call_command("partner", "add", "Heron Trust", "--email", user.email.upper())
    assert space.group not in user.groups.all()


def test_no_space_is_opened_with_an_address_of_the_hub(hub):
    pages = PartnerPage.objects.count()
    with pytest.raises(CommandError, match="is of the hub: use another address"):
        call_command("partner", "open", "Otter Society", "--email", hub.user.email)
    assert PartnerPage.objects.count() == pages


def test_a_superuser_may_be_of_a_partner_and_is_not_bound(space, django_user_model):
    root = django_user_model.objects.create_superuser("root", "root@example.org", "x")
    add_member(space, root.email)
    assert space.group in root.groups.all()
    assert not is_partner(root)


def test_a_closed_space_can_be_opened_again_with_its_people(space):
    user = add_member(space, "ola@example.org").user
    close_space(space)
    again = open_space("Heron Trust")
    assert again.pk == space.pk
    assert again.group in user.groups.all()
    assert _rights(again) == {(space.page_id, "add_page"), (space.page_id, "change_page")}


def test_the_list_says_who_is_where(space, capsys):
    add_member(space, "ola@example.org")
    call_command("partner", "list")
    assert "Heron Trust: ola@example.org" in capsys.readouterr().out


def test_roles_are_put_right_by_command(roles):
    from io import StringIO

    from django.contrib.auth.models import Group
    from django.core.management import call_command

    from cms.partners.roles import ADMINISTRATORS

    Group.objects.get(name=ADMINISTRATORS).permissions.clear()
    call_command("partner", "roles", stdout=StringIO())
    held = Group.objects.get(name=ADMINISTRATORS).permissions.values_list("codename", flat=True)
    assert {"access_admin", "view_confidentialaddress", "use_hub_desk"} <= set(held)
