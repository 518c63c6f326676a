"""Workbooks of long tables, written row by row while these come.

Texts stay texts, numbers are numbers only where Excel holds them exactly, and the same rows give the same bytes.
"""

import re
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from hyotei.base.atomic_write import draft_file
from hyotei.base.display_width import display_width
from hyotei.base.extras import need
from hyotei.base.printable import printable
from hyotei.lazy_dataclass import dataclass
from hyotei.writers.excel_values import LONGEST, exact_in_excel, looks_active
from hyotei.writers.zip_file import WHEN

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

ROWS: Final = 1_000_000
"""Rows of a worksheet at most, a little below what Excel can open; the rest goes to a further one."""
_LINE: Final = 17
"""Points of a line, also where a program shows Japanese in a higher font than the one that the workbook names."""
_MOST_LINES: Final = 24
_WIDE: Final = 170
"""From this width on, in half-width characters, a table is printed on A3."""

Value = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in half-width characters, whether its texts are folded."""

    heading: str
    width: int
    folded: bool = False


class Workbook:
    """A workbook of tables, each with a frozen heading, filters, and print titles.

    Raises:
        HyoteiError: openpyxl is not installed (HY902).
    """

    def __init__(self) -> None:
        need("report", "openpyxl")
        import openpyxl

        self._book = openpyxl.Workbook(write_only=True)
        self.styles = _styles(self._book)
        self._tables: list[Table] = []

    def table(self, title: str, columns: Sequence[Column], printed: int | None = None) -> "Table":
        """A further table, in the order in which they are begun; only its first `printed` columns go on paper."""
        table = Table(self, self._book, title, tuple(columns), printed or len(columns))
        self._tables.append(table)
        return table

    def abandon(self) -> None:
        """Lets go of what was written so far; a workbook that nobody closes complains when it is cleared away."""
        for table in self._tables:
            with suppress(Exception):  # whatever openpyxl has to say about a file that is thrown away
                table.end()
            for _, rows in table.written:
                rows.close()

    def save(self, path: Path) -> None:
        """Writes the file; no time enters it, so that the same tables give the same bytes."""
        from openpyxl.writer.excel import ExcelWriter

        for table in self._tables:
            table.end()
        self._book.properties.creator = "hyotei"
        self._book.properties.created = self._book.properties.modified = WHEN
        with draft_file(path) as draft, _Timeless(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            archive.rows = [each for table in self._tables for each in table.written]
            ExcelWriter(self._book, archive).write_data()


class Table:
    """One table, which goes on in a further worksheet where it gets too long.

    Everything but the rows is openpyxl's. A row is written as the text of its XML into a file of its own, which is put in
    its place at the end: openpyxl makes an element of every cell, which takes several times as long.
    """

    def __init__(self, workbook: Workbook, book: Any, title: str, columns: tuple[Column, ...], printed: int) -> None:
        self.workbook, self._book, self.title, self.columns, self.printed = workbook, book, title, columns, printed
        self.rows = 0
        self.written: list[tuple[WriteOnlyWorksheet, IO[bytes]]] = []
        """The worksheets with their rows."""
        self._letters = [_letter(index) for index in range(1, len(columns) + 1)]
        self._sheet = self._begin()

    def row(
        self, values: Sequence[Value], money: frozenset[int] = frozenset(), ratios: frozenset[int] = frozenset()
    ) -> None:
        """One row. Positions in `money` and `ratios` are shown as amounts and as percentages."""
        if self.rows and self.rows % ROWS == 0:
            self.end()
            self._sheet = self._begin()
        self.rows += 1
        lines = 1
        # As high as what goes on paper needs; the columns beside it are for filters and programs.
        for value, column in zip(values[: self.printed], self.columns, strict=False):
            if isinstance(value, str) and (len(value) * 2 > column.width - 3 or "\n" in value):
                lines = max(lines, _lines_of(value, column.width))
        # Programs fit the height of rows to folded texts only when somebody asks them to.
        self._write(
            _LINE * min(lines, _MOST_LINES),
            [
                ""
                if value is None
                else self._text(value, "folded")
                if isinstance(value, str)
                else self._number(value, "ratio" if index in ratios else "money" if index in money else "")
                for index, value in enumerate(values)
            ],
        )

    def end(self) -> None:
        """No more rows in the present worksheet."""
        last = self.rows - (len(self.written) - 1) * ROWS + 1
        self._sheet.auto_filter.ref = f"A1:{_letter(len(self.columns))}{last}"
        if self.printed < len(self.columns):
            self._sheet.print_area = f"A1:{_letter(self.printed)}{last}"
        self._sheet.close()

    def _begin(self) -> "WriteOnlyWorksheet":
        from openpyxl.worksheet.properties import PageSetupProperties

        self._at = 1
        title = self.title if not self.written else f"{self.title}{len(self.written) + 1}"
        sheet = self._book.create_sheet(title)
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation = "landscape"
        wide = sum(column.width for column in self.columns[: self.printed]) > _WIDE
        sheet.page_setup.paperSize = 8 if wide else 9  # A3, A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.oddFooter.center.text = "&P / &N"
        for index, column in enumerate(self.columns, 1):
            sheet.column_dimensions[_letter(index)].width = column.width
        rows = tempfile.TemporaryFile()  # noqa: SIM115  # open until the workbook is saved or abandoned
        self.written.append((sheet, rows))
        heading = max(_lines(column.heading, column) for column in self.columns)
        self._write(_LINE * heading + 6, [self._text(column.heading, "heading") for column in self.columns])
        return sheet

    def _write(self, height: int, cells: Sequence[str]) -> None:
        """A row of cells, each the XML after its name; one without is left out."""
        number = self._at
        self._at += 1
        inside = "".join(
            [f'<c r="{letter}{number}"{cell}' for letter, cell in zip(self._letters, cells, strict=False) if cell]
        )
        text = f'<row r="{number}" ht="{height}" customHeight="1">{inside}</row>'
        self.written[-1][1].write(text.encode("utf-8"))

    def _number(self, value: int | Decimal, style: str) -> str:
        number = Decimal(value)
        if not exact_in_excel(number):
            return self._text(format(number, "f"), "digits")
        whole = number == number.to_integral_value()
        shown = self.workbook.styles[style or ("whole" if whole else "number")]
        return f' s="{shown}" t="n"><v>{int(number) if whole else number}</v></c>'

    def _text(self, value: str, style: str) -> str:
        if not value:
            return ""
        guarded, inside = _inline(value)
        shown = "guarded" if guarded and style != "digits" else style
        return f' s="{self.workbook.styles[shown]}" t="inlineStr"><is>{inside}</is></c>'


@lru_cache(maxsize=1 << 12)
def _inline(value: str) -> tuple[bool, str]:
    """Whether a text has to be kept from being taken for a formula, and the text as XML; blanks and line ends are kept."""
    text = printable(value)
    if len(text) > LONGEST:
        text = text[:LONGEST] + "…"
    kept = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return looks_active(text), f"<t{kept}>{escaped}</t>"


def _lines(value: Value, column: Column) -> int:
    """How many lines a cell takes at the width of its column."""
    if not isinstance(value, str) or (len(value) * 2 <= column.width - 3 and "\n" not in value):
        return 1
    return _lines_of(value, column.width)


@lru_cache(maxsize=1 << 12)
def _lines_of(value: str, width: int) -> int:
    # A little less than the width, because programs fold between words.
    room = max(width - 3, 1)
    return sum(max(1, -(-display_width(line) // room)) for line in value[:LONGEST].split("\n"))


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def _styles(book: Any) -> dict[str, int]:
    """The numbers of the styles of cells."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    folded = Alignment(vertical="top", wrap_text=True)
    # Not flush with the text of the next column; numbers too long to be numbers stand like the others.
    right = Alignment(horizontal="right", vertical="top", indent=1)
    sheet = book.create_sheet("styles")
    styles = {}
    for name, form in (
        ("heading", "@"), ("folded", "General"), ("guarded", "@"), ("digits", "@"), ("whole", "0"), ("number", "General"),
        ("money", "#,##0"), ("ratio", "0.0??%"),
    ):  # fmt: skip
        cell = WriteOnlyCell(sheet)
        cell.number_format = form
        cell.alignment = folded if name in ("heading", "folded", "guarded") else right
        if name == "heading":
            cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F3A5F")
        cell.quotePrefix = name in ("guarded", "digits")
        styles[name] = int(cell.style_id)
    book.remove(sheet)
    return styles


class _Timeless(zipfile.ZipFile):
    """A zip whose entries all have the same time, and whose worksheets get their rows."""

    rows: "Sequence[tuple[WriteOnlyWorksheet, IO[bytes]]]" = ()

    def writestr(self, zinfo_or_arcname: Any, data: Any, *args: Any, **options: Any) -> None:
        if isinstance(zinfo_or_arcname, str):
            entry = zipfile.ZipInfo(zinfo_or_arcname, WHEN.timetuple()[:6])
            entry.compress_type, entry.external_attr = self.compression, 0o600 << 16
            zinfo_or_arcname = entry
        super().writestr(zinfo_or_arcname, data, *args, **options)

    def write(self, filename: Any, arcname: Any = None, *args: Any, **options: Any) -> None:
        del args, options
        name = str(arcname or filename)
        entry = zipfile.ZipInfo(name, WHEN.timetuple()[:6])
        entry.compress_type, entry.external_attr = self.compression, 0o600 << 16
        rows = next((rows for sheet, rows in self.rows if sheet.path.lstrip("/") == name), None)
        with Path(filename).open("rb") as source, self.open(entry, "w", force_zip64=True) as into:
            if rows is None:
                shutil.copyfileobj(source, into, 1 << 20)
                return
            before, after = _NO_ROWS.split(source.read())
            into.write(before + b"<sheetData>")
            rows.seek(0)
            shutil.copyfileobj(rows, into, 1 << 20)
            rows.close()
            into.write(b"</sheetData>" + after)


_NO_ROWS: Final = re.compile(rb"<sheetData\s*/>|<sheetData>\s*</sheetData>")
"""A worksheet without rows, as openpyxl writes it with lxml and without."""
