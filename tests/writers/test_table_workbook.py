"""Workbooks: texts stay texts, numbers are exact or texts, and the same rows give the same bytes."""

import zipfile
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.base.printable import printable
from hyotei.writers import table_workbook
from hyotei.writers.excel_values import exact_in_excel
from hyotei.writers.table_workbook import Column, Value, Workbook

TEXTS = st.one_of(
    st.text(max_size=20),
    st.builds("{}{}".format, st.sampled_from(["=", "+", "-", "@", "\t=", "#", "'=", "＝"]), st.text(max_size=10)),
    st.sampled_from(["#N/A", "TRUE", "1", "007", "2024-01-01", "=1+1", "_x0041_"]),
)
NUMBERS = st.one_of(st.integers(-(10**20), 10**20), st.decimals(allow_nan=False, allow_infinity=False, places=6))
VALUES = st.one_of(st.none(), TEXTS, NUMBERS)


def written(path: Path, rows: list[list[Value]]) -> None:
    book = Workbook()
    table = book.table("表", [Column("甲", 10), Column("乙", 20, True)])
    for row in rows:
        table.row(row)
    book.save(path)


@settings(max_examples=40)
@given(st.lists(st.lists(VALUES, min_size=2, max_size=2), max_size=8))
def test_what_is_read_back_is_what_was_written(rows: list[list[Value]]) -> None:
    """A text as that text and never as a formula; a number as that very number, or as its digits."""
    with TemporaryDirectory() as folder:
        written(Path(folder) / "a.xlsx", rows)
        sheet = openpyxl.load_workbook(Path(folder) / "a.xlsx")["表"]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:B{len(rows) + 1}"
        assert sheet.print_title_rows == "$1:$1"
        for row, cells in zip(rows, list(sheet.iter_rows(min_row=2, max_col=2)), strict=False):
            for value, cell in zip(row, cells, strict=True):
                if value is None or value == "":
                    assert cell.value is None
                elif isinstance(value, str):
                    assert cell.data_type in ("s", "inlineStr")
                    plain = printable(value)
                    assert _ends(cell.value) == _ends(plain)
                    assert cell.quotePrefix or not plain.startswith(("=", "+", "-", "@"))
                elif exact_in_excel(Decimal(value)):
                    assert cell.data_type == "n"
                    assert Decimal(repr(cell.value)) == Decimal(value)
                else:
                    assert Decimal(cell.value) == Decimal(value)


def _ends(text: object) -> str:
    """A text without what XML does to the ends of lines, and openpyxl to escapes, when it reads."""
    from openpyxl.utils.escape import unescape

    return str(unescape(str(text))).replace("\r\n", "\n").replace("\r", "\n")


@settings(max_examples=10)
@given(st.lists(st.lists(VALUES, min_size=2, max_size=2), max_size=4))
def test_the_same_rows_give_the_same_bytes(rows: list[list[Value]]) -> None:
    """No time, no name of a temporary file."""
    with TemporaryDirectory() as folder:
        one, other = Path(folder) / "a.xlsx", Path(folder) / "b.xlsx"
        written(one, rows)
        written(other, rows)
        assert one.read_bytes() == other.read_bytes()


def test_a_formula_is_no_formula_in_the_file(tmp_path: Path) -> None:
    """Not even for a program that looks at the XML only."""
    written(tmp_path / "a.xlsx", [["=1+1", "=cmd|' /C calc'!A0"]])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert 't="inlineStr"' in xml


def test_a_long_table_goes_on_in_a_further_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its heading again."""
    monkeypatch.setattr(table_workbook, "ROWS", 3)
    written(tmp_path / "a.xlsx", [[number, "x"] for number in range(7)])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["表", "表2", "表3"]
    found = [[cell.value for cell in sheet["A"]] for sheet in book.worksheets]
    assert found == [["甲", 0, 1, 2], ["甲", 3, 4, 5], ["甲", 6]]
    assert [sheet.auto_filter.ref for sheet in book.worksheets] == ["A1:B4", "A1:B4", "A1:B2"]


@given(st.lists(NUMBERS, min_size=1, max_size=4))
def test_numbers_stand_to_the_right_also_those_too_long_to_be_numbers(numbers: list[Value]) -> None:
    """In one column, and not flush with the text of the next."""
    with TemporaryDirectory() as folder:
        written(Path(folder) / "a.xlsx", [[number, "甲"] for number in numbers])
        sheet = openpyxl.load_workbook(Path(folder) / "a.xlsx")["表"]
        for row in range(2, len(numbers) + 2):
            alignment = sheet.cell(row, 1).alignment
            assert (alignment.horizontal, alignment.indent) == ("right", 1)


def test_rows_are_as_high_as_what_is_printed(tmp_path: Path) -> None:
    """A long text beside the paper does not make a row higher."""
    book = Workbook()
    table = book.table("表", [Column("甲", 10, True), Column("乙", 10, True)], printed=1)
    table.row(["短い", "長い文" * 40])
    table.row(["長い文" * 4, "短い"])
    book.save(tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["表"]
    one, several = (sheet.row_dimensions[row].height for row in (2, 3))
    assert one < several
