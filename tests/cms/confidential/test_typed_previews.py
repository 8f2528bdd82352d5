"""What is kept of a form for its preview does not say where a confidential site is."""

from datetime import timedelta
from urllib.parse import unquote_plus

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import FormState
from wagtail.test.utils.form_data import inline_formset

from cms.models import ServicePage
from tests.cms.confidential.editing import ADDRESS, edit, filled, service, tells
from tests.cms.test_admin import _form

pytestmark = pytest.mark.django_db

TICK = "page_sites-0-confidential"


def _kept() -> str:
    """All that Wagtail has stored of forms."""
    return " ".join(unquote_plus(state.data) for state in FormState.objects.all())


def _preview(client, page: ServicePage, **values: object) -> str:
    form = filled(client, page)
    for name, value in values.items():
        form.pop(name, None)
        if value is not None:
            form[name] = value
    return _looked(client, reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]), form)


def _preview_new(client, partner, **site: object) -> str:
    """A service that was never saved, with one site."""
    address = reverse(
        "wagtailadmin_pages:preview_on_add", args=["cms", "servicepage", partner.page.pk]
    )
    return _looked(client, address, _form(page_sites=inline_formset([ADDRESS | site])))


def _looked(client, address: str, form: object) -> str:
    answer = client.post(address, form)
    assert answer.json() == {"is_valid": True, "is_available": True}
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_of_a_confidential_site_only_that_it_is_there(heron):
    page = service(heron, confidential=True)
    assert tells(filled(heron.client, page).urlencode())  # its partner's browser sends it
    said = _preview(heron.client, page, summary="As typed")
    assert "As typed" in said
    assert "The address is confidential" in said
    assert "As typed" in _kept()
    assert f"{TICK}=on" in _kept()
    assert not tells(_kept())


def test_the_same_of_one_that_is_ticked_just_now(heron):
    page = service(heron)
    _preview(heron.client, page)
    assert tells(_kept())
    _preview(heron.client, page, **{TICK: "on"})
    assert not tells(_kept())


def test_the_same_before_a_service_was_ever_saved(heron):
    assert "The address is confidential" in _preview_new(heron.client, heron, confidential="on")
    assert "Kingfisher casework" in _kept()
    assert not tells(_kept())


def test_the_same_of_one_that_is_ticked_off_until_that_is_published(heron):
    page = service(heron, confidential=True)
    said = _preview(heron.client, page, **{TICK: None})
    assert not tells(said)
    assert not tells(_kept())


def test_what_anybody_previewed_while_it_was_public_goes_when_it_is_hidden(heron, hub):
    page = service(heron)
    for client in (heron.client, hub):
        _preview(client, page)
    assert FormState.objects.count() == 2
    edit(heron.client, page, **{TICK: "on"})
    assert not FormState.objects.exists()


def test_whoever_had_it_open_before_that_does_not_bring_it_back(heron, hub):
    page = service(heron)
    form = filled(hub, page)
    edit(heron.client, page, **{TICK: "on"})
    assert tells(form.urlencode())
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    form.pop("loaded_revision_id", None)  # or it is refused as older than what was saved
    hub.post(address, form)
    assert not tells(_kept())


def test_what_was_previewed_before_the_first_save_goes_too(heron, otter):
    for partner in (heron, otter):
        _preview_new(partner.client, partner)
    assert FormState.objects.filter(object_id="").count() == 2
    edit(heron.client, service(heron), **{TICK: "on"})
    [left] = FormState.objects.all()
    assert left.user == otter.user


def test_a_site_that_everybody_may_see_stays_as_it_was_typed(heron):
    page = service(heron)
    assert tells(_preview(heron.client, page))
    assert len(tells(_kept())) == 4


def test_what_nobody_looks_at_any_more_is_tidied_away(heron):
    page = service(heron)
    _preview(heron.client, page)
    call_command("tidy")
    assert FormState.objects.exists()
    FormState.objects.update(last_updated_at=timezone.now() - timedelta(days=2))
    call_command("tidy")
    assert not FormState.objects.exists()
