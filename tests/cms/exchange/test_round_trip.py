"""What comes out and is brought in again changes nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.admin.panels import FieldPanel, InlinePanel

from cms.exchange.columns import LEFT_OUT, Needs, parts
from cms.exchange.comparing import plan_for
from cms.exchange.contents import CHUNK
from cms.exchange.known import known
from cms.models import ServicePage, ServicePageSite
from tests.cms.exchange.files import cells_of, exported, row_of, rows_of
from tests.cms.pages import add_partner, add_service

pytestmark = pytest.mark.django_db

FORMS = ["csv", "xlsx"]


def _unchanged(scope, form: str) -> int:
    counts = plan_for(exported(scope, form), scope, publish=True).counts
    assert counts["unchanged"] == sum(counts.values()), counts
    return counts["unchanged"]


@pytest.mark.parametrize("form", FORMS)
def test_the_whole_demonstration_brought_in_again_changes_nothing(operator, form):
    assert _unchanged(operator, form) == ServicePage.objects.count() >= 60


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("who", ["as_editor", "as_administrator", "as_heron"])
def test_so_does_the_file_of_everybody_who_may_export(who, form, request):
    assert _unchanged(request.getfixturevalue(who), form) >= 2


HOSTILE = (
    "=HYPERLINK(\"http://x\")", "+44 1632 960001", "-1", "@here", "'=quoted", "'", "=", "a;b,c\td",
    'says "no"', "two\nlines\r\nthree", "<script>alert(1)</script>", " spaces ", "Zażółć 中文 🙂",
    "2026-11-26", "007", "yes", "1e5", "TRUE", "#N/A", "x" * 40_000,
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_texts_that_spreadsheets_mistake_come_back_as_they_were(operator, form):
    partner = add_partner("=cmd|' /C calc'!A0")
    for number, text in enumerate(HOSTILE):
        add_service(partner, f"Hostile {number}", description=text, how_to_access=text)
    assert _unchanged(operator.narrowed(partner), form) == len(HOSTILE)


@pytest.mark.parametrize("form", FORMS)
def test_no_cell_is_a_formula(operator, form):
    partner = add_partner("=1+1 Trust")
    add_service(partner, "@cmd", fees="=1+1", description="+1+1", eligibility="-1+1")
    data = exported(operator.narrowed(partner), form)
    lines = cells_of(data) if form == "xlsx" else [list(row.values()) for row in rows_of(data)]
    texts = [cell for line in lines for cell in line if isinstance(cell, str)]
    assert "'=1+1" in texts
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@"))]


def test_every_field_of_the_form_has_a_column():
    """Whoever adds a field adds a column, or says in LEFT_OUT that files do not know it."""
    table = parts(known(), hidden=False)
    named = {part.name for part in table if hasattr(part, "name")}
    named |= {"page_needs"} if any(isinstance(part, Needs) for part in table) else set()
    named |= {"page_sites"}
    wanted = set(_fields_of(ServicePage.get_edit_handler()))
    assert wanted - LEFT_OUT == named


def _fields_of(panel):
    if isinstance(panel, InlinePanel):
        yield panel.relation_name
    elif isinstance(panel, FieldPanel):
        yield panel.field_name
    for child in getattr(panel, "children", []) if not isinstance(panel, InlinePanel) else []:
        yield from _fields_of(child)


def test_a_draft_is_exported_as_its_editor_sees_it(as_heron, heron):
    row = row_of(as_heron, heron.live)
    assert row["Summary"] == "Heron Trust secret change"
    assert row["Status"] == "live, with changes that are not published"
    assert row_of(as_heron, heron.draft)["Status"] == "not published"


def test_codes_stand_beside_their_names(operator):
    page = add_service(partner := add_partner())
    row = row_of(operator.narrowed(partner), page)
    assert row["Main needs"] == "debt-advice"
    assert row["Areas"] == "E07000149"
    assert "South Norfolk" in row["Areas in words"]
    assert row["Levels of need"] == "universal; emerging"
    assert row["Opening hours"] == "MO TU 09:30-16:00"


def test_the_workbook_tells_the_codes(operator):
    import io

    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(exported(operator, "xlsx")))["Codes"]
    assert ("Areas", "E07000149", "South Norfolk") in set(sheet.values)


def _queries(scope) -> int:
    with CaptureQueriesContext(connection) as queries:
        exported(scope)
    return len(queries)


def test_more_services_take_no_more_queries(operator):
    one, many = add_partner("One"), add_partner("Many")
    add_service(one, "A", sites=(ServicePageSite(name="Hall", confidential=True),))
    for number in range(12):
        add_service(many, f"S {number}", sites=(ServicePageSite(name="Hall", confidential=True),))
    few = _queries(operator.narrowed(one))
    assert _queries(operator.narrowed(many)) == few < 20
    assert CHUNK > 12
