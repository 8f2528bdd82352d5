"""No view tells a hub editor, or anybody else it should not, where a hidden site is."""

import json
from types import SimpleNamespace

import pytest
from django.urls import reverse

from cms.partners.boundary import ALLOWED
from directory.models import Listing
from directory.search.opensearch import sync
from matching.contract import as_json
from matching.enquiry import Enquiry
from matching.pipeline import answer
from tests.cms.confidential.editing import SECRETS, edit, filled, latest, service, tells
from tests.cms.partners.admin_names import DENIED
from tests.cms.partners.test_boundary import _addresses, _said

pytestmark = pytest.mark.django_db

#: They end the session.
_LEAVING = ("logout", "password")
_QUERIES = ("", "?format=csv&export=csv", "?fields=*")


@pytest.fixture
def page(heron):
    """A service that was public once, ticked as confidential, with a change on top of that."""
    page = service(heron)
    edit(heron.client, page, **{"page_sites-0-confidential": "on"})
    edit(heron.client, page, summary="Something new")
    return page


def _things(page) -> SimpleNamespace:
    """What addresses of views are made from: the page, its partner's, its oldest revision."""
    revisions = page.revisions.order_by("pk")
    return SimpleNamespace(
        live=page, draft=page, page=page.get_parent(), revision=revisions.first()
    )


def test_no_view_of_the_admin_tells_a_hub_editor(page, hub):
    telling, answered = [], 0
    # Wagtail itself fails on some of the addresses that are made up here; an error tells too.
    hub.raise_request_exception = False
    for name in sorted(ALLOWED | DENIED):
        if any(word in name for word in _LEAVING):
            continue
        for address in _addresses(name, _things(page)):
            for query in _QUERIES if "export" in name or "api" in name else ("",):
                response = hub.get(address + query, follow=True)
                answered += response.status_code == 200
                assert response.status_code < 500 or name.startswith("wagtail"), address
                if tells(_said(response)):
                    telling.append(address + query)
    assert telling == []
    assert answered > 60


def test_every_revision_and_every_comparison_is_silent(page, hub):
    revisions = list(page.revisions.values_list("pk", flat=True))
    addresses = [
        reverse("wagtailadmin_pages:revisions_view", args=[page.pk, pk]) for pk in revisions
    ]
    addresses += [
        reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, pk]) for pk in revisions
    ]
    addresses += [
        reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, one, other])
        for one in (*revisions, "live", "earliest")
        for other in (revisions[-1], "latest")
    ]
    for address in addresses:
        response = hub.get(address)
        assert response.status_code == 200, address
        assert not tells(_said(response)), address


def test_a_preview_shows_what_the_public_will_see_even_to_the_partner(page, heron, hub):
    for client in (heron.client, hub):
        form = filled(client, page)
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
        assert client.post(address, form).status_code == 200
        said = _said(client.get(address))
        assert "Kingfisher casework" in said
        assert not tells(said)


def test_the_index_and_every_answer_are_silent(page, model, client):
    """Also when the index is written again from the rows, as after an outage."""
    rows = sync.documents_of(Listing.objects.filter(service_id=page.service_id))
    assert not tells(repr([row.document for row in rows]))
    for words in (*SECRETS, "debt"):
        for place in ("Wymondham", "NR18 0QB"):
            enquiry = Enquiry(text=words, needs=("debt-advice",), place=place, limit=50)
            said = json.dumps(as_json(answer(enquiry))["services"])
            assert not tells(said)
    assert not tells(_said(client.get(f"/services/{page.service_id}/", follow=True)))


def test_publishing_everything_again_does_not_bring_it_back(page):
    """The record is made from the pages, whenever and by whomever."""
    from cms.models import DirectoryPage
    from cms.projection import project

    project(DirectoryPage.objects.get())
    listing = Listing.objects.get(service_id=page.service_id)
    assert not tells(repr(listing.document))
    latest(page).save_revision().publish()
    listing.refresh_from_db()
    assert not tells(repr(listing.document))
