"""A file as rows of texts: CSV as spreadsheets write it, and XLSX. Its name does not matter.

Nothing is guessed at but what is plain from the file itself: the encoding (UTF-8, else the one of
Western Windows), and the delimiter under which the headings are known.
"""

import csv
import io
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES

from cms.exchange.cells import has_control_characters, plain, unguarded
from cms.exchange.headings import folded

ROWS_LIMIT = 20_000
COLUMNS_LIMIT = 400
BYTES_LIMIT = 10 * 1024 * 1024
#: What a workbook may become when it is unpacked.
UNPACKED_LIMIT = 100 * 1024 * 1024
SHEET = "Services"

_LAST_ROW_OF_EXCEL = 1_048_576
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_SAVE_AS = "Open it in your spreadsheet program and save it as .xlsx or as CSV (UTF-8)."


class Unreadable(Exception):
    """A file that is no table; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file. `number` is what the spreadsheet shows; `faults` are by place."""

    number: int
    texts: list[str]
    faults: dict[int, str] = field(default_factory=dict)


def read(data: bytes, headings: Collection[str], most: int | None = None) -> list[Row]:
    """Rows that say something, the headings first. Raises Unreadable.

    `headings`: those that are expected, to tell which delimiter a CSV file has. `most`: rows
    beside them, if it may be fewer than `ROWS_LIMIT`.
    """
    if len(data) > BYTES_LIMIT:
        raise Unreadable(f"A file may have {BYTES_LIMIT // 1024**2} MB. Split it into several.")
    if data.startswith(_OLD_EXCEL):
        raise Unreadable(f"This is an old Excel file, or one with a password. {_SAVE_AS}")
    cells = _workbook(data) if data.startswith(b"PK") else _text(data, headings)
    rows = list(_limited(cells, most or ROWS_LIMIT))
    if not rows:
        raise Unreadable("The file is empty. Its first row has to hold the headings.")
    return rows


def _limited(rows: Iterable[Row], most: int) -> Iterator[Row]:
    count = 0
    for row in rows:
        while row.texts and not row.texts[-1] and len(row.texts) - 1 not in row.faults:
            row.texts.pop()
        if not row.texts:
            continue
        count += 1
        if count > most + 1:
            raise Unreadable(f"A file may have {most:,} rows. Split it into several.")
        if len(row.texts) > COLUMNS_LIMIT:
            raise Unreadable(
                f"Row {row.number} has {len(row.texts):,} columns; {COLUMNS_LIMIT} are the most."
            )
        yield row


def _row(number: int, values: Iterable[tuple[str, str]]) -> Row:
    row = Row(number, [])
    for place, (text, fault) in enumerate(values):
        row.texts.append(unguarded(plain(text)))
        if fault:
            row.faults[place] = fault
        elif has_control_characters(text):
            row.faults[place] = "There is an invisible character in it. Type the text anew."
    return row


def _text(data: bytes, headings: Collection[str]) -> Iterator[Row]:
    text = _decoded(data)
    head = text[:10_000].split("\n")[0]
    delimiter = max(",;\t", key=lambda mark: _known_in(head, mark, headings))
    csv.field_size_limit(BYTES_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    try:
        for values in reader:
            # A text with line ends takes several lines of the file: one row for who reads it.
            before += 1
            yield _row(before, ((value, "") for value in values))
    except csv.Error as error:
        raise Unreadable(
            f"After row {before} the file is not CSV any more ({error}). A quotation mark may be "
            f"missing. {_SAVE_AS}"
        ) from error


def _known_in(head: str, mark: str, headings: Collection[str]) -> int:
    return sum(folded(part.strip('" \r')) in headings for part in head.split(mark))


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "cp1252" or not has_control_characters(text):
            return text
    raise Unreadable(f"This is neither CSV nor an Excel workbook. {_SAVE_AS}")


def _workbook(data: bytes) -> Iterator[Row]:
    for number, values in enumerate(_rows_of_sheet(data), start=1):
        yield _row(number, (_cell(value) for value in values))


def _rows_of_sheet(data: bytes) -> Iterator[tuple[Any, ...]]:
    """The values of each row, as the library reads them. Nothing of ours is done in here."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > UNPACKED_LIMIT:
            raise Unreadable("The workbook is too large when unpacked. Split it into several.")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        # What a workbook says of its own size is not always true.
        sheet.reset_dimensions()
        yield from sheet.iter_rows(max_row=_LAST_ROW_OF_EXCEL, values_only=True)
    except Unreadable:
        raise
    except Exception as error:
        # Whatever its parsers meet in a damaged file, the library raises as it comes.
        raise Unreadable(f"The workbook is damaged or is none. {_SAVE_AS}") from error


def _cell(value: Any) -> tuple[str, str]:
    """The text of a cell, and what is wrong with it."""
    match value:
        case None:
            return "", ""
        case bool():
            return ("yes" if value else "no"), ""
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value)), ""
        case datetime() if value.time() == time():
            return value.date().isoformat(), ""
        case datetime() | date() | time():
            return value.isoformat(), ""
        case str() if value in ERROR_CODES:
            return value, "The spreadsheet could not work this out. Write the value itself."
        case str() if value.startswith("="):
            return value, "This is a formula. Copy the cell and paste it as a value."
        case str():
            return value, ""
        case int() | float():
            return str(value), ""
        case _:
            return "", "This is a formula. Copy the cell and paste it as a value."
