"""The cells of a workbook as texts, with everything that a spreadsheet makes of what is typed understood or told."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from hyotei.base.extras import need
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, Location, phrase
from hyotei.rulebook_workbook.read_rows import Findings

_LARGEST: Final = 300 * 1024**2
"""Bytes of the unpacked parts of a workbook at most."""
_MOST_CELLS: Final = 3_000_000
"""Cells of a worksheet at most."""
_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)')
_CONTROL: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DIGITS: Final = 15
"""Significant digits of a number that a spreadsheet keeps and shows."""


@dataclass(slots=True)
class SheetCells:
    """A worksheet as rows of texts, all as long as the longest, with the ranges of its merged cells (from 0, ends included)."""

    title: str
    rows: list[list[str]]
    merged: list[tuple[int, int, int, int]]
    hidden: bool = False

    def ref(self, row: int, column: int) -> str:
        """The name of a cell, counted from 0: `評価区分!B7`."""
        return f"{self.title}!{letters(column)}{row + 1}"

    def filled(self, row: int) -> bool:
        return any(self.rows[row])


def letters(column: int) -> str:
    """The letters of a column, counted from 0."""
    name, left = "", column + 1
    while left:
        left, last = divmod(left - 1, 26)
        name = chr(ord("A") + last) + name
    return name


def read_cells(content: bytes, found: Findings) -> list[SheetCells]:
    """The worksheets of a workbook in their order; what is wrong with a cell is told.

    Raises:
        HyoteiError: it cannot be opened (HY461), or openpyxl is not installed (HY902).
    """
    need("readers", "openpyxl")
    import openpyxl

    large = HyoteiError(Diagnostic("HY461", Location(found.file), {"reason": phrase("rulebook_workbook.damage.large")}))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _LARGEST:
                raise large
        book = openpyxl.load_workbook(io.BytesIO(content))
    except HyoteiError:
        raise
    except Exception as error:  # whatever a damaged file makes of openpyxl
        reason = phrase("rulebook_workbook.damage.damaged")
        raise HyoteiError(Diagnostic("HY461", Location(found.file), {"reason": reason})) from error
    if any(sheet.max_row * sheet.max_column > _MOST_CELLS for sheet in book.worksheets):
        raise large
    return [_sheet(sheet, found) for sheet in book.worksheets]


def _sheet(sheet: Any, found: Findings) -> SheetCells:
    title = str(sheet.title)
    rows = [[""] * sheet.max_column for _ in range(sheet.max_row)]
    for across in sheet.iter_rows():
        for cell in across:
            if cell.value is not None:
                rows[cell.row - 1][cell.column - 1] = _text(cell, f"{title}!{cell.coordinate}", found)
    merged = [
        (each.min_row - 1, each.max_row - 1, each.min_col - 1, each.max_col - 1) for each in sheet.merged_cells.ranges
    ]
    return SheetCells(title, rows, sorted(merged), sheet.sheet_state != "visible")


def _text(cell: Any, ref: str, found: Findings) -> str:
    value = cell.value
    if cell.data_type == "f":
        found.tell("HY464", ref, formula=str(getattr(value, "text", value))[:40])
        return ""
    if cell.data_type == "e":
        found.tell("HY473", ref, written=str(value))
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time | timedelta):
        found.tell("HY472", ref, shown=value.isoformat() if not isinstance(value, timedelta) else str(value))
        return ""
    if isinstance(value, int | float):
        return number_text(value, str(cell.number_format))
    return _CONTROL.sub(lambda match: chr(int(match[1], 16)), str(value)).replace("\r\n", "\n").replace("\r", "\n")


def number_text(value: int | float, form: str) -> str:
    """A number as its cell shows it: a percentage as one, a unit that its format adds behind it.

    Example:
        >>> number_text(0.8, "0%"), number_text(1200, '#,##0"人"'), number_text(0.1 + 0.2, "General")
        ('80%', '1200人', '0.3')
    """
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{_DIGITS}g}")
    shape = form.split(";")[0]
    unit = "".join(match[1] if match[1] is not None else match[2] for match in _LITERAL.finditer(shape)).strip()
    bare = _LITERAL.sub("", shape)
    if "%" in bare:
        number *= 100
        unit = "%" + unit
    plain = format(number, "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain + unit


def groups_down(sheet: SheetCells, first: int, columns: int, found: Findings) -> Iterator[Diagnostic]:
    """Gives the value of cells that are merged down to each of their rows, from row `first` on; those merged across are told."""
    for top, bottom, left, right in sheet.merged:
        if bottom < first or left >= columns:
            continue
        cells = f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
        where = Location(found.file, cell=sheet.ref(top, left))
        if right > left:
            yield Diagnostic("HY474", where, {"cells": cells})
            continue
        for row in range(top, bottom + 1):
            sheet.rows[row][left] = sheet.rows[top][left]
        yield Diagnostic("HY475", where, {"cells": cells})
