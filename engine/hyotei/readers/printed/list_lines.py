"""Which lines of a list are of one sheet."""

from collections.abc import Sequence
from itertools import islice
from typing import Final

from hyotei.forms.model import Form
from hyotei.readers.printed.grid import Grid, close
from hyotei.readers.printed.list_columns import ListColumn, ListHeader

_KEYS: Final = ("id", "key", "number", "title")
"""The items that say which lines are of one sheet, the surest first."""
_TOTALS: Final = frozenset(("計", "合計", "総計", "小計", "平均"))


def lines_of_sheets(grid: Grid, header: ListHeader, form: Form) -> list[list[int]]:
    """The rows of each sheet, by the columns that name it; a line without a name goes on with the sheet above it."""
    keys = _keys(header)
    found: dict[object, list[int]] = {}
    last: object = None
    for row in range(header.rows.stop, grid.rows.stop):
        cells = grid.starting(row)
        if not cells or _aside(grid, header, row):
            continue
        named = [close(cell) for column in keys if (cell := grid.at(row, column.column)) is not None]
        if form.line_is == "sheet":
            last = row
        elif named and (_given_anew(grid, row, keys) or last is None):
            last = tuple(named)
        found.setdefault(last, []).append(row)
    return list(found.values())


def _keys(header: ListHeader) -> list[ListColumn]:
    """The columns of the surest item that names sheets."""
    for item in _KEYS:
        columns = [column for column in header.columns if column.row.item == item]
        if columns:
            return columns
    return []


def _given_anew(grid: Grid, row: int, keys: Sequence[ListColumn]) -> bool:
    return any((cell := grid.at(row, column.column)) is not None and cell.row == row for column in keys)


def _aside(grid: Grid, header: ListHeader, row: int) -> bool:
    """Whether a line is none of the list: a total, a footnote, or one without anything in a column of the form."""
    first = header.rows.stop
    cells = (grid.at(row, column.column) for column in header.columns)
    known = list(islice((cell for cell in cells if cell is not None and cell.row >= first), 2))
    if not known:
        return True
    names = [
        close(cell)
        for column in header.columns
        if column.row.item in (*_KEYS, "indicator.name") and (cell := grid.at(row, column.column)) is not None
    ]
    return any(name in _TOTALS for name in names) or (len(known) == 1 and close(known[0])[:1] in ("※", "注"))
