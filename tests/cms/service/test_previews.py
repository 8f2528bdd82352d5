"""A draft, finished or not, is seen as it will look: its page, and both cards among results."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from cms.editing.preview import MODES, PRACTITIONER, RESULT
from cms.models import ServicePageSite
from tests.cms.pages import add_partner, add_service
from tests.cms.test_admin import _form, hub  # noqa: F401

pytestmark = pytest.mark.django_db

NAMES = [name for name, _ in MODES]
EMPTY = {
    "title": "", "summary": "", "by_phone": "", "phone": "", "languages": "",
    "page_needs": inline_formset([]),
}  # fmt: skip


def _preview(client, page, mode: str, **values):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    answer = client.post(address, _form(**values))
    assert answer.json()["is_valid"], answer.json()
    return client.get(address, {"mode": mode}).content.decode()


@pytest.mark.parametrize("mode", NAMES)
def test_what_is_not_saved_yet_is_previewed_and_nothing_is_saved(hub, mode):  # noqa: F811
    page = add_service(add_partner())
    said = _preview(hub, page, mode, summary="A new sentence.")
    assert "A new sentence." in said
    page.refresh_from_db()
    assert page.summary != "A new sentence."


@pytest.mark.parametrize("mode", NAMES)
def test_an_unfinished_draft_is_previewed(hub, mode):  # noqa: F811
    page = add_service(add_partner(), publish=False)
    assert "Larkmoor Trust" in _preview(hub, page, mode, **EMPTY)


@pytest.mark.parametrize("mode", NAMES)
def test_a_service_that_was_never_saved_is_previewed(hub, mode):  # noqa: F811
    partner = add_partner()
    args = ["cms", "servicepage", partner.pk]
    address = reverse("wagtailadmin_pages:preview_on_add", args=args)
    assert hub.post(address, _form(**EMPTY)).json()["is_valid"]
    answer = hub.get(address, {"mode": mode})
    assert answer.status_code == 200
    assert "Larkmoor Trust" in answer.content.decode()


def test_the_practitioners_card_says_more_than_the_residents(hub):  # noqa: F811
    values = {"next_steps": "We ring back.", "practitioner_referral": "on"}
    page = add_service(add_partner())
    resident, practitioner = (
        _preview(hub, page, mode, **values) for mode in (RESULT, PRACTITIONER)
    )
    for words in ("We ring back.", "You refer: they cannot ask themselves", "Debt Advice"):
        assert words in practitioner
        assert words not in resident
    assert "Money you owe" in resident


@pytest.mark.parametrize("mode", NAMES)
def test_no_preview_says_where_a_confidential_site_is(hub, mode):  # noqa: F811
    hidden = {
        "confidential": "on", "name": "Otter House", "address_1": "9 Quiet Lane",
        "city": "Wymondham", "postal_code": "NR18 0XX", "latitude": "52.57", "longitude": "1.11",
    }  # fmt: skip
    page = add_service(add_partner(), sites=(ServicePageSite(confidential=True),))
    said = _preview(hub, page, mode, page_sites=inline_formset([hidden]))
    for secret in ("Otter House", "Quiet Lane", "NR18", "52.57"):
        assert secret not in said
