"""Reading a report as the people do who download it, and counting what it asks the database."""

import csv
from io import BytesIO

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from cms.reports.admin import REPORTS

#: The names of all addresses of reports.
NAMES = [
    name for _, report in REPORTS for name in (report.index_url_name, report.index_results_url_name)
]


def rows_of(client, name: str, **query) -> list[dict[str, str]]:
    """The rows of the CSV file."""
    response = client.get(reverse(name), {**query, "export": "csv"})
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(text.splitlines(keepends=True)))


def column_of(client, name: str, heading: str, **query) -> list[str]:
    """One column of the CSV file."""
    return [row[heading] for row in rows_of(client, name, **query)]


def sheet_of(client, name: str, **query) -> list[tuple]:
    """The cells of the XLSX file."""
    response = client.get(reverse(name), {**query, "export": "xlsx"})
    assert response.status_code == 200
    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    return list(book.active.iter_rows())


def page_of(client, name: str, **query) -> str:
    """What the page says."""
    response = client.get(reverse(name), query)
    assert response.status_code == 200
    return response.content.decode()


def queries_of(client, address: str) -> int:
    """How many queries a page takes, once what a process keeps is kept."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
