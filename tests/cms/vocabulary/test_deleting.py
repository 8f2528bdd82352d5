"""What is used stays, and whoever wants it gone is told who uses it."""

import pytest
from django.urls import reverse

from directory.models import Area, Helpline, HubEdit, Level, Need, Outcome, Phrase, PresentedNeed
from tests.cms.pages import add_partner, add_service
from tests.cms.vocabulary.forms import add, delete, said

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("table", "model", "pk"),
    [
        ("need", Need, "debt-advice"),
        ("outcome", Outcome, 1),
        ("level", Level, "targeted"),
        ("area", Area, "E07000149"),
        ("area", Area, "E92000001"),
    ],
)
def test_what_is_used_is_not_deleted_and_says_why(administrator, table, model, pk):
    row = model.objects.get(pk=pk)
    asked = said(administrator.get(reverse(f"vocabulary_{table}:delete", args=[pk])))
    response = delete(administrator, table, row)
    assert response.status_code == 409
    for text in (asked, said(response)):
        assert "cannot be deleted" in text
        assert "It is used: " in text
    assert "Yes, delete" not in asked
    assert model.objects.filter(pk=pk).exists()


def test_a_draft_alone_keeps_what_it_names(administrator):
    add(administrator, "need")
    page = add_service(add_partner(), title="Vermin squad", need="bed-bugs", publish=False)
    response = delete(administrator, "need", Need.objects.get(pk="bed-bugs"))
    assert response.status_code == 409
    assert "Vermin squad" in said(response)
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in response.content.decode()


def test_a_change_that_waits_keeps_what_it_names(administrator):
    add(administrator, "need")
    page = add_service(add_partner(), title="Vermin squad", need="nuisance")
    page.page_needs.add(type(page.page_needs.first())(need_id="bed-bugs"))
    page.save_revision()
    response = delete(administrator, "need", Need.objects.get(pk="bed-bugs"))
    assert response.status_code == 409
    assert "Vermin squad" in said(response)


def test_what_the_matcher_learns_from_keeps_a_need(administrator):
    text = said(delete(administrator, "need", Need.objects.get(pk="debt-advice")))
    assert "the matcher could not be trained without it" in text


def test_a_level_that_the_matcher_suggests_stays_even_unused(administrator):
    level = Level.objects.get(pk="statutory")
    assert "The matcher suggests this level" in said(delete(administrator, "level", level))


@pytest.mark.parametrize(
    ("table", "model", "pk"),
    [
        ("need", Need, "bed-bugs"),
        ("outcome", Outcome, 11),
        ("level", Level, "acute"),
        ("area", Area, "our-patch"),
        ("line", Helpline, "our-line"),
        ("presented", PresentedNeed, "pawned"),
    ],
)
def test_what_nothing_uses_goes_and_stays_away(administrator, table, model, pk):
    add(administrator, table)
    row = model.objects.get(pk=pk)
    assert delete(administrator, table, row).status_code == 302
    assert not model.objects.filter(pk=pk).exists()
    assert HubEdit.objects.get(table=model._meta.model_name, key=str(pk)).removed


def test_a_presented_need_takes_its_phrases_with_it_and_says_so(administrator):
    add(administrator, "presented")
    add(administrator, "phrase", presented="pawned")
    row = PresentedNeed.objects.get(pk="pawned")
    asked = said(administrator.get(reverse("vocabulary_presented:delete", args=["pawned"])))
    assert "what is filed under it: 1 phrase." in asked
    delete(administrator, "presented", row)
    assert not Phrase.objects.filter(presented="pawned").exists()


def test_a_presented_need_that_a_service_names_stays(administrator):
    presented = PresentedNeed.objects.get(pk="bailiffs")
    page = add_service(add_partner(), title="Kingfisher")
    page.presented_needs = [presented]
    page.save_revision().publish()
    response = delete(administrator, "presented", presented)
    assert response.status_code == 409
    assert "Kingfisher" in said(response)


def test_the_only_emergency_line_and_the_last_line_of_a_need_stay(administrator):
    emergency = Helpline.objects.get(kind="emergency")
    assert "the only emergency line" in said(delete(administrator, "line", emergency))
    add(administrator, "need")
    add(administrator, "line", needs=["bed-bugs"])
    response = delete(administrator, "line", Helpline.objects.get(pk="our-line"))
    assert "the only line that answers the whole country for: Bed bugs" in said(response)
    assert Helpline.objects.filter(pk="our-line").exists()


def test_a_phrase_goes_at_once(administrator):
    phrase = Phrase.objects.first()
    assert delete(administrator, "phrase", phrase).status_code == 302
    assert not Phrase.objects.filter(pk=phrase.pk).exists()
