"""Which kinds of help nobody offers where: the page and the file."""

import pytest
from django.utils import timezone

from cms.reports.coverage import USUAL
from cms.reports.gaps import coverage, number_of_gaps
from cms.reports.reach import areas_of_kind
from directory.models import Area, Need
from tests.cms.pages import add_partner, add_service
from tests.cms.reports.reading import page_of, rows_of, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_directory")]

NAME = "hub_report_coverage"


@pytest.fixture
def partner():
    return add_partner()


def _service(partner, need: str, area: str, title: str = "A service", **values):
    page = add_service(partner, title, need=need, **values)
    page.areas = [Area.objects.get(code=area)]
    page.save_revision().publish()
    return page


def _row(client, need: str, **query) -> dict[str, str]:
    name = Need.objects.get(code=need).name
    (row,) = [row for row in rows_of(client, NAME, **query) if row["Kind of help"] == name]
    return row


def test_every_kind_of_help_has_a_row_and_every_locality_a_column(hub):
    found = rows_of(hub, NAME)
    names = [need.name for need in Need.objects.order_by("position", "code")]
    assert [row["Kind of help"] for row in found] == names
    assert list(found[0])[1:4] == ["Costessey locality", "Diss locality", "Wymondham locality"]


def test_what_is_offered_in_one_locality_is_a_gap_in_the_others(hub, partner):
    _service(partner, "debt-advice", "locality-diss")
    row = _row(hub, "debt-advice")
    assert (row["Diss locality"], row["Wymondham locality"]) == ("1", "0")
    assert row["Nobody offers it in"] == "Costessey locality, Wymondham locality"


def test_a_wider_area_covers_what_lies_in_it_and_a_district_is_covered_in_part(hub, partner):
    _service(partner, "debt-advice", "E07000149")
    _service(partner, "youth-mediation", "locality-diss", title="For a locality")
    assert _row(hub, "debt-advice")["Nobody offers it in"] == ""
    row = _row(hub, "youth-mediation", kind="district")
    assert row["South Norfolk"] == "1"
    assert row["Offered only in a part of"] == "South Norfolk"
    assert "Norwich" in row["Nobody offers it in"]


def test_drafts_and_what_was_withdrawn_offer_nothing(hub, partner):
    _service(partner, "debt-advice", "locality-diss").unpublish()
    add_service(partner, "Draft", publish=False)
    assert _row(hub, "debt-advice")["Diss locality"] == "0"


def test_services_closed_to_new_people_count_unless_they_are_left_out(hub, partner):
    _service(partner, "debt-advice", "locality-diss", capacity="closed")
    assert _row(hub, "debt-advice")["Diss locality"] == "1"
    assert _row(hub, "debt-advice", taking="yes")["Diss locality"] == "0"


def test_a_gap_is_marked_in_words(hub, partner):
    _service(partner, "debt-advice", "locality-diss")
    said = page_of(hub, NAME)
    needs = Need.objects.count()
    assert said.count(">Nobody<") == 3 * needs - 1
    assert f"{3 * needs - 1} gaps" in said


def test_by_outcome(hub):
    outcome = Need.objects.first().outcome
    names = set(Need.objects.filter(outcome=outcome).values_list("name", flat=True))
    assert {row["Kind of help"] for row in rows_of(hub, NAME, outcome=outcome.pk)} == names


def test_the_spreadsheet_holds_numbers(hub, partner):
    _service(partner, "debt-advice", "locality-diss")
    heading, *rows = sheet_of(hub, NAME)
    assert [cell.value for cell in heading][:2] == ["Kind of help", "Costessey locality"]
    assert {type(row[1].value) for row in rows} == {int}


def test_a_kind_of_area_that_there_is_not_is_said(hub):
    Area.objects.filter(kind="parish").delete()
    assert "Choose another kind" in page_of(hub, NAME, kind="parish")
    assert rows_of(hub, NAME, kind="parish") == []


def test_the_number_on_the_dashboard_is_the_one_of_the_report(partner):
    areas, needs = areas_of_kind(USUAL, timezone.localdate()), list(Need.objects.all())

    def number() -> int:
        found = number_of_gaps(areas, needs)
        assert found == coverage(areas, needs).gaps
        return found

    everything = len(areas) * len(needs)
    assert number() == everything
    _service(partner, "debt-advice", "locality-diss")
    assert number() == everything - 1
    _service(partner, "debt-advice", "E07000149", title="For the district")
    assert number() == everything - len(areas)
    for need in needs:
        add_service(partner, f"For all {need.code}", need=need.code, national=True)
    assert number() == 0
