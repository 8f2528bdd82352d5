"""A file with three faults: each is told, nothing is written; put right, it is applied."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.partners.accessibility import faults

GOOD = {
    "Service id": "", "Partner": "Teal Circle", "Summary": "Somebody who looks at your letters.",
    "Main needs": "debt-advice", "By phone": "yes", "Phone": "01632 960123",
    "E-mail": "teal@example.org", "Confirmed on": "2026-11-02", "Areas": "E07000149",
}  # fmt: skip
#: The row as a spreadsheet counts it, the column, what stands there, and what is said of it.
FAULTS = (
    (2, "Confirmed on", "31/02/2026", "31/02/2026"),
    (3, "Main needs", "debt-advise", "Did you mean debt-advice"),
    (4, "E-mail", "nobody", "valid email address"),
)


@pytest.mark.parametrize(
    ("name", "then", "public"),
    [("teal", "Send it to the hub for review", False), ("editor", "Publish it", True)],
    ids=["a partner", "the hub"],
)
def test_three_faults_are_told_and_nothing_is_written_until_they_are_right(
    name, then, public, desk, site
):
    page, rows = desk(name), [GOOD | {"Name": f"Teal {name} {n}"} for n in (1, 2, 3)]
    _upload(page, [row | {FAULTS[n][1]: FAULTS[n][2]} for n, row in enumerate(rows)], then)
    _each_fault_is_told(page)
    assert faults(page) == []
    assert rows[0]["Name"] not in _explorer(page)

    _upload(page, rows, then)
    expect(page.locator("main")).to_contain_text("3 created")
    assert faults(page) == []
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".messages")).to_contain_text("3 added, 0 changed.")
    for row in rows:
        assert row["Name"] in _explorer(page)
    anybody = desk()
    anybody.goto("/directory/teal-circle/")
    assert (rows[0]["Name"] in anybody.content()) is public


def test_an_export_brought_in_again_changes_nothing(desk):
    page = desk("teal")
    file = _exported(page)
    assert b"Teal lunches" in file.read_bytes()
    assert b"Heron" not in file.read_bytes()
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Look at what would happen").click()
    expect(page.locator("main")).to_contain_text("There is nothing to apply")


def test_what_would_change_is_shown_as_it_is_now_and_then(desk):
    page = desk("teal")
    with _exported(page).open(encoding="utf-8-sig", newline="") as file:
        [lunches] = [row for row in csv.DictReader(file) if row["Name"] == "Teal lunches"]
    _upload(page, [lunches | {"Cost": "£2 a meal"}], "Send it to the hub for review")
    expect(page.locator("main")).to_contain_text("1 changed")
    [line] = page.locator("table.listing tbody tr").all_inner_texts()
    assert line.split("\t")[1:] == ["Teal lunches", "Cost", "(empty)", "£2 a meal"]
    assert faults(page) == []


def _exported(page: Page) -> Path:
    page.goto("/admin/services/exchange/")
    page.get_by_label("Format").select_option("csv")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    return download.value.path()


def _upload(page: Page, rows: list[dict[str, str]], then: str) -> None:
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    file = {"name": "ours.csv", "mimeType": "text/csv", "buffer": target.getvalue().encode()}
    page.goto("/admin/services/exchange/")
    page.get_by_label("File").set_input_files(file)
    page.get_by_label(then).check()
    page.get_by_role("button", name="Look at what would happen").click()


def _each_fault_is_told(page: Page) -> None:
    expect(page.locator("main")).to_contain_text("3 rows are refused")
    told = page.locator("table.listing tbody tr").all_inner_texts()
    assert len(told) == len(FAULTS)
    for line, (row, column, _, words) in zip(told, FAULTS, strict=True):
        cells = line.split("\t")
        assert (cells[0], cells[2]) == (str(row), column)
        assert words in cells[3]
    expect(page.get_by_role("button", name="Apply")).to_have_count(0)


def _explorer(page: Page) -> str:
    page.goto("/admin/pages/search/?q=Teal")
    return page.content()
