"""An open form asks whether its log-in still holds before it is sent."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

pytestmark = pytest.mark.django_db


def _ask(client):
    return client.get(reverse("login_state"), headers={"X-Requested-With": "XMLHttpRequest"})


def test_who_is_logged_in_is_told_so_and_gets_a_token(heron):
    state = _ask(heron.client).json()
    assert state["user"] == heron.user.pk
    assert state["seconds"] > 600
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(heron.user)
    token = _ask(strict).json()["token"]
    address = reverse("wagtailadmin_pages:edit", args=[heron.live.pk])
    assert strict.post(address, {"title": "x"}).status_code == 403
    assert strict.post(address, {"title": "x", "csrfmiddlewaretoken": token}).status_code != 403


def test_it_says_when_the_log_in_ends_and_does_not_put_it_off(heron):
    soon = timezone.now() + timezone.timedelta(seconds=120)
    Session.objects.update(expire_date=soon)
    for _ in range(2):
        assert 100 < _ask(heron.client).json()["seconds"] <= 120
    assert Session.objects.filter(expire_date=soon).exists()


def test_who_is_logged_out_is_refused(heron):
    heron.client.logout()
    response = _ask(heron.client)
    assert response.status_code in (302, 401, 403)
    assert b"token" not in response.content


def test_the_editor_has_the_script(heron):
    for address in (
        reverse("wagtailadmin_pages:edit", args=[heron.live.pk]),
        reverse("wagtailadmin_pages:add", args=["cms", "servicepage", heron.page.pk]),
    ):
        assert "cms/admin/keep-typed.js" in heron.client.get(address).content.decode()
