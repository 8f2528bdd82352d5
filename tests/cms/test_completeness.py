"""What a listing lacks is the same for its form, for a draft's revision and for a query."""

import pytest

from cms.completeness import FACTS, lacking, missing, missing_in, number_missing, share
from cms.models import ServicePage
from tests.cms.pages import add_partner, add_service

pytestmark = pytest.mark.django_db


def test_a_query_finds_what_each_page_of_the_demonstration_lacks():
    partner = add_partner()
    bare = add_service(partner, "Bare")
    bare.page_schedules.all().delete()
    bare.levels.clear()
    bare.save()
    add_service(partner, "Fuller", phone="01632 960001", description="What happens.")
    pages = {page.pk: missing(page) for page in ServicePage.objects.all()}
    assert any(pages.values())
    for words in FACTS:
        found = set(ServicePage.objects.filter(lacking(words)).values_list("pk", flat=True))
        assert found == {pk for pk, gaps in pages.items() if words in gaps}, words
    numbers = ServicePage.objects.annotate(lacks=number_missing()).values_list("pk", "lacks")
    assert dict(numbers) == {pk: len(gaps) for pk, gaps in pages.items()}


def test_a_draft_lacks_what_its_revision_lacks():
    page = add_service(add_partner(), phone="01632 960001")
    page.phone = ""
    page.how_to_access = "Ring us."
    revision = page.save_revision()
    assert missing_in(revision.content) == missing(revision.as_object())
    assert "give a phone number" in missing_in(revision.content)


def test_the_share_grows_with_what_is_filled():
    partner = add_partner()
    empty, fuller = add_service(partner), add_service(partner, phone="01632 960001")
    assert 0 < share(empty) < share(fuller) < 1
