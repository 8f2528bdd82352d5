"""Files as people have them, and what a scope's export says."""

import csv
import io

from openpyxl import Workbook, load_workbook

from cms.exchange.applying import apply_file
from cms.exchange.comparing import plan_for
from cms.exchange.exporting import as_csv, as_xlsx
from tests.cms.pages import add_service

NEW = {
    "Service id": "",
    "Partner": "Heron Trust",
    "Name": "Benefit checks",
    "Summary": "Somebody who looks whether you get all you can.",
    "Main needs": "debt-advice",
    "By phone": "yes",
    "Phone": "01632 960123",
    "Areas": "E07000149",
}


def csv_of(*rows: dict[str, str], delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """The rows under all headings that any of them has."""
    headings = list(dict.fromkeys(name for row in rows for name in row))
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, headings, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue().encode(encoding)


def xlsx_of(*rows: dict[str, object]) -> bytes:
    headings = list(dict.fromkeys(name for row in rows for name in row))
    return book_of([headings, *([row.get(name) for name in headings] for row in rows)])


def book_of(lines: list[list[object]], merge: str = "") -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    if merge:
        book.active.merge_cells(merge)
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def exported(scope, form: str = "csv") -> bytes:
    if form == "csv":
        return b"".join(as_csv(scope))
    with as_xlsx(scope) as file:
        return file.read()


def rows_of(data: bytes) -> list[dict[str, str]]:
    """An exported CSV file as a spreadsheet shows it."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def row_of(scope, page) -> dict[str, str]:
    return next(r for r in rows_of(exported(scope)) if r["Service id"] == str(page.service_id))


def cells_of(data: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(io.BytesIO(data))["Services"].values)


def add_complete(partner, title: str = "Kingfisher casework", **values):
    """A live service that lacks nothing that is asked for when it is published."""
    return add_service(partner, title, **{"phone": "01632 960001", **values})


def planned(scope, *rows: dict[str, str], publish: bool = True):
    return plan_for(csv_of(*rows), scope, publish=publish)


def applied(scope, *rows: dict[str, str], publish: bool = True):
    data = csv_of(*rows)
    agreed = plan_for(data, scope, publish=publish)
    assert not agreed.refused, said(agreed)
    return apply_file(data, scope, publish=publish, agreed=agreed.fingerprint, name="test.csv")


def said(plan) -> list[tuple[int, str, str]]:
    """Row, column and words of all that is wrong."""
    return [(row.number, p.column, p.message) for row in plan.rows for p in row.problems]
