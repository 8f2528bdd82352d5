"""Files as people have them: whatever wrote them, whatever they are called."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from cms.exchange import reading
from cms.exchange.reading import Unreadable, read
from tests.cms.exchange.files import NEW, book_of, csv_of, saved, xlsx_of

KNOWN = {"name", "summary", "service id", "partner", "phone", "areas"}
ROW = {"Name": "Café", "Summary": "Zwei; drei, vier"}


def _texts(data: bytes) -> list[list[str]]:
    return [row.texts for row in read(data, KNOWN)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_as_spreadsheets_write_it(delimiter, encoding):
    data = csv_of(ROW, delimiter=delimiter, encoding=encoding)
    assert _texts(data) == [["Name", "Summary"], ["Café", "Zwei; drei, vier"]]


def test_a_workbook_is_read_whatever_its_cells_are():
    values = [True, 3, 3.0, 52.5, date(2026, 11, 26), datetime(2026, 11, 26), None, " x ", 1e300]
    assert _texts(book_of([["Name"] * 9, values]))[1] == [
        "yes", "3", "3", "52.5", "2026-11-26", "2026-11-26", "", "x", "1e+300",
    ]  # fmt: skip


def test_the_name_of_a_file_does_not_matter_but_what_is_in_it():
    assert _texts(xlsx_of(ROW)) == _texts(csv_of(ROW))


def test_the_sheet_of_services_is_read_wherever_it_is():
    book = Workbook()
    book.active.append(["Notes"])
    book.create_sheet("Services").append(["Name"])
    assert _texts(saved(book)) == [["Name"]]


def test_empty_rows_and_columns_at_the_end_are_nothing():
    data = book_of([["Name", "Summary", None], ["A"], [None, None], ["  "], [None, None, ""]])
    assert _texts(data) == [["Name", "Summary"], ["A"]]
    assert _texts(b"Name,Summary,,\r\nA,,,\r\n,,,\r\n\r\n") == [["Name", "Summary"], ["A"]]


def test_rows_keep_the_numbers_that_the_spreadsheet_shows():
    lines = [["Name"], ["A"], [None], ["B"]]
    assert [row.number for row in read(book_of(lines), KNOWN)] == [1, 2, 4]
    assert [row.number for row in read(b'Name\n"two\nlines"\n\nB\n', KNOWN)] == [1, 2, 4]


def test_merged_cells_are_read_where_their_text_stands():
    assert _texts(book_of([["Name", "Summary"], ["A", "S"]], merge="A2:A3"))[1] == ["A", "S"]


@pytest.mark.parametrize("value", ["=1+1", "#REF!", "#N/A"])
def test_formulas_in_a_workbook_are_faults_of_their_cells(value):
    row = read(book_of([["Name", "Summary"], ["A", value]]), KNOWN)[1]
    assert list(row.faults) == [1]


@pytest.mark.parametrize("text", ["A\x00B", "A\x07B", "￾"])
def test_invisible_characters_are_faults_of_their_cells(text):
    row = read(f"Name,Summary\n{text},B\n".encode(), KNOWN)[1]
    assert list(row.faults) == [0]


def _zip(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return target.getvalue()


def _laughing() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">{entities}]><a>&l9;</a>'
    source = io.BytesIO(xlsx_of(ROW))
    target = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = bomb.encode() if name.endswith("sheet1.xml") else old.read(name)
            new.writestr(name, data)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\r\n,,\r\n", "empty"),
        (b"PK\x03\x04 but no zip", "damaged"),
        (_zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "damaged"),
        (xlsx_of(ROW)[:-400], "damaged"),
        (_laughing(), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file, or one with a password"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff", "neither CSV nor"),
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3\x00\x01", "neither CSV nor"),
        (b'Name,Summary\nA,"never closed\nB,C\n', "After row 1 the file is not CSV"),
    ],
    ids=["nothing", "blank", "torn", "odf", "cut", "laughs", "xls", "png", "pdf", "quotes"],
)
def test_what_is_no_table_says_what_to_do(data, words):
    with pytest.raises(Unreadable, match=words):
        read(data, KNOWN)


def test_a_file_may_not_unpack_to_more_than_it_should(monkeypatch):
    monkeypatch.setattr(reading, "UNPACKED_LIMIT", 1_000_000)
    with pytest.raises(Unreadable, match="too large when unpacked"):
        read(_zip(xl__worksheets__sheet1_xml=b" " * 2_000_000), KNOWN)


def test_limits_are_said(monkeypatch):
    with pytest.raises(Unreadable, match="10 MB"):
        read(b"x" * (reading.BYTES_LIMIT + 1), KNOWN)
    with pytest.raises(Unreadable, match="columns; 400 are the most"):
        read(b"," * 500 + b"x", KNOWN)
    monkeypatch.setattr(reading, "ROWS_LIMIT", 3)
    assert len(read(csv_of(*[NEW] * 3), KNOWN)) == 4
    with pytest.raises(Unreadable, match="may have 3 rows"):
        read(csv_of(*[NEW] * 4), KNOWN)
    with pytest.raises(Unreadable, match="may have 3 rows"):
        read(xlsx_of(*[NEW] * 4), KNOWN)


def test_a_workbook_that_lies_about_its_size_is_read_as_it_is():
    source, target = io.BytesIO(xlsx_of(ROW)), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b'ref="A1:B2"', b'ref="A1:A1"')
            new.writestr(name, data)
    assert _texts(target.getvalue()) == _texts(xlsx_of(ROW))


def test_a_cell_of_a_million_characters_is_read_and_left_to_its_column():
    assert len(_texts(b"Name\n" + b"x" * 1_000_000 + b"\n")[1][0]) == 1_000_000
