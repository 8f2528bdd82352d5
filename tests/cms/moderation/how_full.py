"""The short form "How full we are", as a partner or the hub fills it in."""

from datetime import timedelta

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils import WagtailTestUtils

from cms.models import SafeFields, ServicePage
from cms.moderation.capacity import FIELDS
from tests.cms.moderation.steps import latest, live, public
from tests.cms.untouched import untouched


def form_of(page: ServicePage) -> str:
    return reverse("service_how_full", args=[page.pk])


def opened_form(client: Client, page: ServicePage) -> dict[str, str]:
    """The short form as a browser would send it untouched."""
    response = client.get(form_of(page))
    assert response.status_code == 200
    return untouched(response.content.decode(), "w-editor-form").dict()


def say(client: Client, page: ServicePage, **values: str) -> HttpResponse:
    """Open the form, change these fields, and send it."""
    return client.post(form_of(page), {**opened_form(client, page), **values})


def errors_shown(response: HttpResponse) -> str:
    found = WagtailTestUtils.get_soup(response.content.decode()).select(".error-message")
    return " ".join(" ".join(error.get_text().split()) for error in found)


def told_of(page: ServicePage) -> tuple[str, int | None]:
    """What everybody is told."""
    said = public(page)
    return said["capacity"], said["waiting_weeks"]


def plan_for_later(page: ServicePage, **values: object) -> None:
    """A change that the hub has approved for a later day."""
    later = latest(page)
    later.go_live_at = timezone.now() + timedelta(days=30)
    for name, value in values.items():
        setattr(later, name, value)
    later.save_revision().publish()
    assert live(page).scheduled_revision is not None


def looked_at_first(*fields: str) -> None:
    """The hub wants to see changes of these fields first, and of no other that is asked here."""
    policy = SafeFields.load()
    for field in FIELDS:
        setattr(policy, field, field not in fields)
    policy.save()
