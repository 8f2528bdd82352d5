"""Services as CSV and XLSX: what comes out, brought in again, changes nothing."""

import csv
import io
import re
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from cms.exchange.cells import CELL_LIMIT, guarded, plain
from cms.exchange.columns import ID, PARTNER, STATUS, parts
from cms.exchange.contents import contents_of, pages_of
from cms.exchange.known import Known, known
from cms.exchange.reading import SHEET
from cms.exchange.scope import Scope
from cms.exchange.sites import site_headings

Line = list[str]

_NUMBERS = frozenset({"Youngest age", "Oldest age", "Waiting weeks"})
_DATES = frozenset({"Confirmed on", "Closed until"})
_POINT = ("latitude", "longitude")
#: So that a spreadsheet keeps the 0 at the start of a phone number.
_AS_TEXT = "@"
_WIDE = {"Name": 36, "Summary": 50, "Description": 60, ID: 38, PARTNER: 28}


class ExportMoved(Exception):
    """A service got more sites than there are columns while the file was written."""


def lines(scope: Scope) -> Iterator[Line]:
    """The headings, then a line for each service in reach, partner by partner.

    The same few queries for any number of services, and one more for each
    `cms.exchange.contents.CHUNK`.
    """
    words = known()
    table = parts(words, scope.hidden)
    headings = [ID, PARTNER, STATUS, *(name for part in table for name in part.headings)]
    headings += site_headings(_most_sites(scope))
    yield headings
    places = {name: place for place, name in enumerate(headings)}
    for page in contents_of(pages_of(scope), scope):
        texts = {ID: str(page.service_id), PARTNER: page.partner.title, STATUS: page.status}
        for part in table:
            texts |= part.show(page.content)
        line = [""] * len(headings)
        for name, text in texts.items():
            if name not in places:
                raise ExportMoved("A service got another site meanwhile. Export again.")
            line[places[name]] = plain(text)
        yield line


def as_csv(scope: Scope) -> Iterator[bytes]:
    """CSV as spreadsheets open it: UTF-8 with a byte order mark, no formulas."""
    yield b"\xef\xbb\xbf"
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    for line in lines(scope):
        writer.writerow([guarded(text) if not _is_number(text) else text for text in line])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def as_xlsx(scope: Scope) -> IO[bytes]:
    """A workbook with the services, and beside them the codes that may be written."""
    book = Workbook(write_only=True)
    _write_services(book.create_sheet(SHEET), lines(scope))
    _write_codes(book.create_sheet("Codes"), known())
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    book.save(file)
    file.seek(0)
    return file


def _most_sites(scope: Scope) -> int:
    """One more than any service has, so that there is room for another."""
    counts = [
        len(page.content.get("page_sites", [])) for page in contents_of(pages_of(scope), scope)
    ]
    return max([1, *counts]) + 1


def _write_services(sheet: Worksheet, table: Iterator[Line]) -> None:
    headings = next(table)
    sheet.freeze_panes = "E2"
    for place, name in enumerate(headings, start=1):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width = _WIDE.get(name, max(12, len(name) + 2))
        if name not in _NUMBERS | _DATES and not name.endswith(_POINT):
            column.number_format = _AS_TEXT
    sheet.append([_bold(sheet, name) for name in headings])
    for line in table:
        sheet.append([_value(sheet, n, text) for n, text in zip(headings, line, strict=True)])


def _write_codes(sheet: Worksheet, words: Known) -> None:
    for letter, width in (("A", 26), ("B", 40), ("C", 50)):
        sheet.column_dimensions[letter].width = width
    sheet.append([_bold(sheet, name) for name in ("For the column", "Code", "What it means")])
    columns: tuple[tuple[str, Mapping[str, str]], ...] = (
        ("Main needs, Also helps with", words.needs),
        ("Needs in people's words", words.presented_needs),
        ("Levels of need", words.levels),
        ("Areas", words.areas),
    )
    for column, codes in columns:
        for code, name in codes.items():
            sheet.append([column, guarded(code), guarded(name)])


def _value(sheet: Worksheet, heading: str, text: str) -> object:
    if not text:
        return None
    if heading in _DATES:
        return date.fromisoformat(text)
    if heading in _NUMBERS:
        return int(text)
    if heading.endswith(_POINT) and _is_number(text):
        return float(text)
    # What is longer than a cell is cut, as the spreadsheet would; brought in again, it is known.
    kept = guarded(text)[:CELL_LIMIT]
    if heading != "Phone":
        return kept
    cell = WriteOnlyCell(sheet, kept)
    cell.number_format = _AS_TEXT
    return cell


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) is not None


def _bold(sheet: Worksheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    return cell
