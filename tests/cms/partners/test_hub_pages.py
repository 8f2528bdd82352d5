"""The hub's pages about partners."""

import pytest
from django.urls import reverse

from cms.models import PartnerPage, PartnerSpace

pytestmark = pytest.mark.django_db


def _open(browser, name="Otter Society", email="ola@example.org"):
    return browser.post(reverse("hub_open_partner"), {"name": name, "email": email}, follow=True)


def test_a_space_is_opened_and_the_first_person_invited(
    administrator, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        said = _open(administrator).content.decode()
        assert mailoutbox == []  # not while the change holds others up
    assert "Invited ola@example.org." in said
    assert mailoutbox[0].to == ["ola@example.org"]
    assert "Otter Society" in administrator.get(reverse("hub_partners")).content.decode()


def test_what_is_wrong_is_said_and_what_was_typed_kept(administrator):
    _open(administrator)
    said = _open(administrator, email="nobody").content.decode()
    assert "Enter a valid email address" in said
    assert 'value="nobody"' in said
    assert "has a space already" in _open(administrator).content.decode()


def test_an_address_of_the_hub_is_refused_beside_the_field_and_nothing_is_made(administrator, hub):
    response = _open(administrator, email=hub.user.email)
    assert "is of the hub: use another address" in response.context["form"].errors["email"][0]
    assert f'value="{hub.user.email}"' in response.content.decode()
    assert not PartnerPage.objects.filter(title="Otter Society").exists()


def test_nor_is_somebody_of_the_hub_invited_to_a_space_that_is_open(administrator, hub, heron):
    address = reverse("hub_invite", args=[heron.space.pk])
    said = administrator.post(address, {"email": hub.user.email}).content.decode()
    assert "is of the hub: use another address" in said
    assert heron.space.group not in hub.user.groups.all()


def test_people_are_invited_and_removed(administrator):
    _open(administrator)
    space = PartnerSpace.objects.get(page__title="Otter Society")
    administrator.post(reverse("hub_invite", args=[space.pk]), {"email": "eve@example.org"})
    assert space.group.user_set.count() == 2
    eve = space.group.user_set.get(email="eve@example.org")
    administrator.post(reverse("hub_remove_person", args=[space.pk, eve.pk]))
    assert [user.email for user in space.group.user_set.all()] == ["ola@example.org"]


def test_nobody_is_removed_from_a_partner_they_are_not_in(administrator, heron):
    _open(administrator)
    space = PartnerSpace.objects.get(page__title="Otter Society")
    address = reverse("hub_remove_person", args=[space.pk, heron.user.pk])
    assert administrator.post(address).status_code == 404
    assert heron.space.group in heron.user.groups.all()


def test_closing_is_asked_about_and_then_done(administrator, heron):
    address = reverse("hub_close_partner", args=[heron.space.pk])
    assert "1 live service" in administrator.get(address).content.decode()
    heron.space.refresh_from_db()
    assert heron.space.closed is None
    said = administrator.post(address, follow=True).content.decode()
    assert "1 service withdrawn" in said
    heron.space.refresh_from_db()
    assert heron.space.closed is not None


@pytest.mark.parametrize("name", ["hub_partners", "hub_open_partner"])
def test_editors_of_the_hub_and_partners_do_not_open_spaces(hub, heron, name):
    assert hub.get(reverse(name)).status_code in (302, 403)
    assert heron.client.get(reverse(name)).status_code == 403
    assert "Partners" not in hub.get(reverse("wagtailadmin_home")).content.decode()


def test_a_mail_that_cannot_go_out_is_said_and_can_be_sent_again(
    administrator, settings, mailoutbox, django_capture_on_commit_callbacks
):
    sending = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.cms.assurance.test_reminders.RefusingBackend"
    with django_capture_on_commit_callbacks(execute=True):
        _open(administrator)
    space = PartnerSpace.objects.get(page__title="Otter Society")
    assert space.group.user_set.count() == 1
    address = reverse("hub_partner", args=[space.pk])
    said = administrator.get(address).content.decode()
    assert "mail not sent yet: mail server is down. It is tried again" in said
    settings.EMAIL_BACKEND = sending
    invite = reverse("hub_invite", args=[space.pk])
    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(invite, {"email": "ola@example.org"})
    assert len(mailoutbox) == 1
    assert "mail not sent yet" not in administrator.get(address).content.decode()
