"""Lists are searched, narrowed and exported, and cost the same whatever their length."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from directory.models import Area, Helpline, Level, Need, Outcome, Phrase, PresentedNeed
from tests.cms.vocabulary.forms import add, said

pytestmark = pytest.mark.django_db


def _list(client, table: str, query: str = ""):
    return client.get(reverse(f"vocabulary_{table}:index") + query)


def _csv(client, table: str, query: str = "") -> list[dict[str, str]]:
    response = _list(client, table, f"?export=csv{query}")
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    ("table", "query", "names", "leaves_out"),
    [
        ("need", "?q=owe", "Debt Advice", "Family Support"),
        ("need", "?outcome=1", "Attendance", "Debt Advice"),
        ("presented", "?need=debt-advice", "Bailiffs", "My child is being bullied"),
        ("phrase", "?need=debt-advice&q=bailiff", "bailiff", "family-support"),
        ("phrase", "?writer=hub", "No phrases match", "phrases-a"),
        ("area", "?kind=county", "Norfolk", "Breckland"),
        ("area", "?when=ended", "No areas match", "Breckland"),
        ("line", "?need=debt-advice", "National Debtline", "Samaritans"),
        ("line", "?kind=safeguarding", "NSPCC", "National Debtline"),
    ],
)
def test_a_list_is_narrowed(administrator, table, query, names, leaves_out):
    response = administrator.get(reverse(f"vocabulary_{table}:index_results") + query)
    text = said(response)
    assert names in text
    assert leaves_out not in text


def _more(table: str) -> None:
    """Ten more rows of a table."""
    outcome, need = Outcome.objects.first(), Need.objects.first()
    rows = {
        "need": lambda n: Need(code=f"n{n}", name=f"N {n}", outcome=outcome, position=500 + n),
        "presented": lambda n: PresentedNeed(slug=f"p{n}", name=f"A {n}", need=need),
        "phrase": lambda n: Phrase(
            text=f"t {n}", presented_id="bailiffs", register="search", source="hub"
        ),
        "outcome": lambda n: Outcome(number=50 + n, name=f"O {n}"),
        "level": lambda n: Level(code=f"l{n}", name=f"L {n}", position=50 + n),
        "area": lambda n: Area(code=f"a{n}", name=f"A {n}", kind="parish", parent_id="E07000149"),
        "line": lambda n: Helpline(
            code=f"h{n}", name=f"H {n}", kind="helpline", source_date="2026-01-01"
        ),
    }
    for number in range(10):
        rows[table](number).save()


@pytest.mark.parametrize(
    "table", ["need", "presented", "phrase", "outcome", "level", "area", "line"]
)
def test_ten_more_rows_cost_no_query_more(administrator, table):
    _list(administrator, table)
    with CaptureQueriesContext(connection) as before:
        _list(administrator, table)
    _more(table)
    with CaptureQueriesContext(connection) as after:
        _list(administrator, table)
    assert len(after) == len(before)
    assert len(after) <= 20


def test_needs_are_exported_with_what_uses_them(administrator):
    rows = {row["Code"]: row for row in _csv(administrator, "need")}
    need = Need.objects.get(pk="debt-advice")
    assert len(rows) == Need.objects.count()
    assert int(rows["debt-advice"]["Services"]) == need.listing_needs.count()
    assert int(rows["debt-advice"]["Presented needs"]) == need.presented.count()


def test_an_export_holds_what_the_list_was_narrowed_to(administrator):
    rows = _csv(administrator, "phrase", "&need=debt-advice")
    assert len(rows) == Phrase.objects.filter(presented__need="debt-advice").count()


def test_no_cell_is_a_formula(administrator):
    for text in ('=HYPERLINK("https://example.org")', "+44 and more", "@home alone"):
        add(administrator, "phrase", text=text)
    texts = [row["Text"] for row in _csv(administrator, "phrase", "&writer=hub")]
    assert texts == ['\'=HYPERLINK("https://example.org")', "'+44 and more", "'@home alone"]
    response = _list(administrator, "phrase", "?export=xlsx&writer=hub")
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    cells = [row[0] for row in book.active.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == texts


def test_what_no_workbook_can_hold_is_left_out_of_it(administrator):
    add(administrator, "phrase", text="bell \x07 here")
    response = _list(administrator, "phrase", "?export=xlsx&writer=hub")
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert book.active["A2"].value == "bell  here"
