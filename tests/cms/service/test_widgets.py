"""What is ticked in the form is what is kept, and nothing that was there is lost."""

import pytest
from django.http import QueryDict

from cms.editing.widgets import Areas, DaysOfTheWeek, Languages, NeedSelect, PresentedNeeds
from cms.models import ServicePage
from directory.models import Area, Need, PresentedNeed
from tests.cms.pages import add_partner, add_service


def kept(widget, *values: str) -> str:
    data = QueryDict(mutable=True)
    data.setlist("x", values)
    return widget.value_from_datadict(data, {}, "x")


@pytest.mark.parametrize(
    ("ticked", "says"),
    [
        (("TH", "MO", "TU"), "MO TU TH"),
        (("MO TU",), "MO TU"),
        (("MO", "MO"), "MO"),
        ((), ""),
        (("MO", "XX"), "MO XX"),
    ],
)
def test_days_are_kept_as_codes_in_the_order_of_the_week(ticked, says):
    assert kept(DaysOfTheWeek(), *ticked) == says


def test_the_boxes_of_the_days_that_are_kept_are_ticked():
    html = DaysOfTheWeek().render("x", "MO TH", {"id": "id_x", "maxlength": 20})
    assert html.count(" checked") == 2
    assert "Wednesday" in html
    assert "maxlength" not in html


def test_a_language_without_a_box_keeps_its_place():
    html = Languages().render("x", "en ti cy", {"id": "id_x"})
    assert "Welsh" in html
    assert html.count(" checked") == 3
    assert kept(Languages(), "cy", "pl", "en") == "en pl cy"


@pytest.mark.django_db
def test_every_need_stands_under_its_outcome(django_assert_num_queries):
    NeedSelect().render("x", "")  # What is held in memory is read.
    with django_assert_num_queries(1):
        html = NeedSelect().render("x", "debt-advice")
    assert html.count("<option") == Need.objects.count() + 1
    assert '<optgroup label="Financial stability">' in html
    assert '<option value="debt-advice" selected>' in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("widget", "model", "chosen"),
    [(PresentedNeeds, PresentedNeed, None), (Areas, Area, "E07000149")],
)
def test_a_group_with_something_ticked_is_open(widget, model, chosen):
    chosen = chosen or PresentedNeed.objects.first().pk
    html = widget().render("x", [chosen])
    assert html.count("<input") == model.objects.count()
    assert html.count("<details open>") == 1
    assert "(1 ticked)" in html
    assert "<details open>" not in widget().render("x", [])


@pytest.mark.django_db
def test_the_demonstration_is_kept_as_it_is_by_its_own_form():
    """Days and languages of a page come back from the boxes as they went in."""
    add_service(add_partner())
    for page in ServicePage.objects.all():
        assert set(kept(Languages(), *page.languages.split()).split()) == set(
            page.languages.split()
        )
        for row in page.page_schedules.all():
            assert kept(DaysOfTheWeek(), *row.byday.split()) == row.byday
