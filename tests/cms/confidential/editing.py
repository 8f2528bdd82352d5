"""A service with a site, and its form filled in as a person does: what is shown, with changes."""

from datetime import timedelta

from django.core.management import call_command
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision
from wagtail.test.utils import WagtailTestUtils

from cms.models import ServicePage, ServicePageSite
from tests.cms.pages import add_service
from tests.cms.untouched import untouched

#: Words that say where the site is: none of them may be seen by who may not.
STREET, TOWN, POSTCODE, POINT = "7 Quillfeather Yard", "Wymondham", "NR99 7ZZ", 52.98765
SECRETS = ("Quillfeather", "NR99 7ZZ", "52.98765", "The old forge")
ADDRESS = {
    "name": "The old forge",
    "address_1": STREET,
    "city": TOWN,
    "postal_code": POSTCODE,
    "latitude": POINT,
    "longitude": 1.1162,
}


def site(confidential: bool = False, **values: object) -> ServicePageSite:
    return ServicePageSite(confidential=confidential, **{**ADDRESS, **values})


def service(partner, confidential: bool = False, publish: bool = True, **values) -> ServicePage:
    """A service with one site, public or confidential."""
    return add_service(
        partner.page,
        "Kingfisher casework",
        sites=(site(confidential),),
        in_person=True,
        phone="01632 960001",
        publish=publish,
        **values,
    )


def shown(client: Client, page: ServicePage) -> str:
    """The form of a service, as somebody gets it."""
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    return response.content.decode()


def filled(client: Client, page: ServicePage) -> QueryDict:
    """The form of a service as a browser would send it unchanged."""
    return untouched(shown(client, page))


def send(client: Client, page: ServicePage, **values: object) -> HttpResponse:
    """Change these fields of the form as it is shown, and send it. None unticks or leaves out."""
    form = filled(client, page)
    for name, value in values.items():
        name = name.replace("__", "-")
        form.pop(name, None)
        if value is not None:
            form[name] = value
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)


def edit(client: Client, page: ServicePage, **values: object) -> HttpResponse:
    """The same, and it is saved."""
    response = send(client, page, **values)
    assert response.status_code == 302, _errors(response)
    return response


def _errors(response: HttpResponse) -> list[str]:
    found = WagtailTestUtils.get_soup(response.content.decode()).select(".error-message, .messages")
    return [" ".join(error.get_text().split()) for error in found]


def its_time_has_come() -> None:
    """What is scheduled is due now, and `publish_scheduled` runs."""
    past = timezone.now() - timedelta(minutes=1)
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save()
    call_command("publish_scheduled")


def tells(text: str) -> list[str]:
    """Which of the secrets a text holds."""
    return [word for word in SECRETS if word in text]


def latest(page: ServicePage) -> ServicePage:
    return ServicePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def live(page: ServicePage) -> ServicePage:
    return ServicePage.objects.get(pk=page.pk)
