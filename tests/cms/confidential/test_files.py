"""A file that would write the address of a confidential site into a text is refused, by column."""

import pytest

from cms.exchange.scope import scope_of
from cms.models import ServicePage
from tests.cms.confidential.editing import ADDRESS, POSTCODE, STREET, service
from tests.cms.exchange.files import NEW, applied, planned, row_of, said

pytestmark = pytest.mark.django_db

SAID = f"Come to {STREET}."
REFUSED = "This says the address of a confidential site"


@pytest.fixture
def page(heron) -> ServicePage:
    return service(heron, confidential=True)


@pytest.mark.parametrize("publish", [True, False], ids=["published", "draft"])
@pytest.mark.parametrize("who", ["partner", "editor", "administrator"])
def test_the_row_is_refused_with_its_columns(page, heron, hub, administrator, who, publish):
    user = {"partner": heron.user, "editor": hub.user, "administrator": administrator.user}[who]
    scope = scope_of(user)
    texts = {"Outreach": SAID, "How to get it": f"Ask at {POSTCODE}", "Cost": "£2"}
    plan = planned(scope, row_of(scope, page) | texts, publish=publish)
    assert plan.rows[0].action == "refused"
    columns = {column for _, column, words in said(plan) if words.startswith(REFUSED)}
    assert columns == {"Outreach", "How to get it"}
    assert not any(secret in words for _, _, words in said(plan) for secret in (STREET, POSTCODE))


def test_an_editor_hears_no_more_of_the_address_than_they_wrote(page, hub):
    scope = scope_of(hub.user)
    plan = planned(scope, row_of(scope, page) | {"Outreach": f"Ask at {POSTCODE}"})
    assert "Quillfeather" not in str(plan.rows[0].as_json())


def test_what_an_editor_may_write_is_taken_and_the_address_goes_into_no_page(page, hub):
    scope = scope_of(hub.user)
    applied(scope, row_of(scope, page) | {"Outreach": "In Wymondham on Mondays"})
    content = ServicePage.objects.get(pk=page.pk).latest_revision.content
    assert content["outreach"] == "In Wymondham on Mondays"
    assert "Quillfeather" not in str(content)


def test_a_site_that_the_file_makes_confidential_counts(heron):
    scope, public = scope_of(heron.user), service(heron, how_to_access=SAID)
    plan = planned(scope, row_of(scope, public) | {"Site 1 confidential": "yes"})
    assert [(column, words[: len(REFUSED)]) for _, column, words in said(plan)] == [
        ("How to get it", REFUSED)
    ]


def test_so_does_one_of_a_new_service_and_another_site_in_the_same_street(heron):
    row = NEW | {
        "Outreach": SAID,
        "Site 1 confidential": "yes",
        "Site 1 street": STREET,
        "Site 1 postcode": POSTCODE,
        "Site 2 street": STREET,
        "Site 2 town or village": "Wymondham",
        "Site 3 street": "8 Quillfeather Yard",
        "Site 3 postcode": POSTCODE,
    }
    plan = planned(scope_of(heron.user), row)
    assert {column for _, column, _ in said(plan)} == {"Outreach", "Site 2 street"}


def test_a_site_that_the_file_makes_public_may_be_written_about(page, administrator):
    scope = scope_of(administrator.user)
    applied(scope, row_of(scope, page) | {"Site 1 confidential": "no", "Outreach": SAID})
    assert ServicePage.objects.get(pk=page.pk).outreach == SAID
    assert ServicePage.objects.get(pk=page.pk).page_sites.get().name == ADDRESS["name"]
