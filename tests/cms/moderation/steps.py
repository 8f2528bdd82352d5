"""What partners and the hub do, as they do it: through the pages of the admin."""

from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse

from cms.models import ServicePage
from directory.models import Listing
from tests.cms.untouched import untouched


def send(client: Client, page: ServicePage, form: QueryDict) -> HttpResponse:
    """Send a form with every value of it: the test client takes the last of several otherwise."""
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), dict(form.lists()))


def edit(client: Client, page: ServicePage, **values: object) -> HttpResponse:
    """Change these fields of the form as it is shown, and send it. None unticks or leaves out."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = untouched(client.get(address).content.decode())
    for name, value in values.items():
        form.pop(name, None)
        if value is not None:
            form[name] = value
    response = send(client, page, form)
    assert response.status_code == 302, response.content.decode()[:4000]
    return response


def submit(client: Client, page: ServicePage, **values: object) -> HttpResponse:
    """Change these fields and submit."""
    return edit(client, page, **values, **{"action-submit": "1"})


def look(client: Client, page: ServicePage) -> str:
    """The page with both sides, as somebody sees it."""
    response = client.get(reverse("hub_review", args=[page.pk]))
    assert response.status_code == 200
    return response.content.decode()


def answer(
    client: Client, page: ServicePage, decision: str, comment: str = "", revision: int | None = None
) -> HttpResponse:
    """Approve or send back, having seen the latest version unless another is named."""
    seen = revision or ServicePage.objects.get(pk=page.pk).latest_revision_id
    data = {"answer": decision, "comment": comment, "revision": seen}
    return client.post(reverse("hub_review", args=[page.pk]), data)


def public(page: ServicePage) -> dict:
    """What everybody finds of a service."""
    return Listing.objects.get(service_id=page.service_id).document


def live(page: ServicePage) -> ServicePage:
    return ServicePage.objects.get(pk=page.pk)


def latest(page: ServicePage) -> ServicePage:
    return live(page).get_latest_revision_as_object()
