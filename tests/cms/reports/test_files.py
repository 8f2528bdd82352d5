"""What is downloaded: no cell becomes a formula, and no text breaks the file."""

import pytest

from cms.models import ServicePage
from tests.cms.pages import add_partner, add_service
from tests.cms.reports.reading import column_of, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("calm")]

FORMULAS = [
    '=HYPERLINK("http://evil.example","x")',
    "+44 1632 960001",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "＝1+1",
]
NAME = "hub_report_capacity"


def _add(title: str) -> ServicePage:
    page = add_service(add_partner(), "Plain", capacity="closed")
    ServicePage.objects.filter(pk=page.pk).update(title=title)
    return page


@pytest.mark.parametrize("title", FORMULAS)
def test_no_cell_of_a_csv_begins_like_a_formula(hub, title):
    _add(title)
    (said,) = column_of(hub, NAME, "Service")
    assert said == f"'{title}" or said.strip("'\r\n\t ") == title.strip()
    assert said.startswith("'")


@pytest.mark.parametrize("title", FORMULAS)
def test_no_cell_of_a_spreadsheet_is_a_formula(hub, title):
    _add(title)
    types = {cell.data_type for row in sheet_of(hub, NAME) for cell in row}
    assert "f" not in types


def test_a_partners_name_is_guarded_as_well(hub):
    page = _add("Plain")
    type(page.get_parent().specific).objects.filter(pk=page.get_parent().pk).update(title="=1+1")
    assert column_of(hub, NAME, "Partner") == ["'=1+1"]


def test_the_name_of_an_area_in_the_heading_is_guarded(hub):
    from directory.models import Area
    from tests.cms.reports.reading import rows_of

    Area.objects.filter(code="locality-diss").update(name="=1+1")
    assert "'=1+1" in rows_of(hub, "hub_report_coverage")[0]


def test_control_characters_break_no_file(hub):
    _add("Bell \x07 and \x0b tab")
    assert column_of(hub, NAME, "Service") == ["Bell  and  tab"]
    assert sheet_of(hub, NAME)[1][0].value == "Bell  and  tab"


def test_plain_text_stays_as_it_is(hub):
    _add("Mums' group – 2 to 4 = fun")
    assert column_of(hub, NAME, "Service") == ["Mums' group – 2 to 4 = fun"]
