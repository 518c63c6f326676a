"""Lists of no known form: known by what their headings say, whatever words the rest of the document prints."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from hyotei.forms.library import common_list
from hyotei.readers.printed.form_blocks import Block, FormLine
from hyotei.readers.printed.grid import close, grid_of
from hyotei.readers.printed.list_columns import ListColumn, ListHeader, list_header
from hyotei.sheet.models import FIRST_YEAR

_FIGURES: Final = frozenset(("initial", "total", "executed", "target", "actual", "baseline"))
_LEAST_COLUMNS: Final = 4
_LEAST_LINES: Final = 2
_GROUPED: Final = ("indicator", "output")


def is_common_list(blocks: Sequence[Block]) -> bool:
    """Whether the largest table of a document is a list of sheets, to judge by its headings.

    It has columns of titles and of figures, at least two different titles, and most of the document stands in its lines.
    """
    tables = [block for block in blocks if not isinstance(block, FormLine)]
    if not tables:
        return False
    largest = max(tables, key=lambda table: len(table.cells))
    if 2 * len(largest.cells) < sum(len(table.cells) for table in tables):
        return False
    grid = grid_of(largest)
    header = list_header(grid, common_list(), FIRST_YEAR)
    if (
        header is None
        or len(header.columns) < _LEAST_COLUMNS
        or not any(each.field in _FIGURES for each in header.columns)
    ):
        return False
    titles = [each for each in header.columns if each.row.item == "title"]
    if len(titles) != 1:
        return False
    named = {close(cell) for row in range(header.rows.stop, grid.rows.stop) if (cell := grid.at(row, titles[0].column))}
    lines = [cell for cell in grid.cells if cell.row >= header.rows.start]
    return len(named) >= _LEAST_LINES and 2 * len(lines) > len(grid.cells)


def in_groups(header: ListHeader) -> ListHeader:
    """The header in which each name of an indicator begins a group of its own, for lists with several indicators a line."""
    names = [column.column for column in header.columns if column.kind in _GROUPED and column.field == "name"]
    if len(names) < len(_GROUPED):
        return header

    def grouped(column: ListColumn) -> ListColumn:
        if column.kind not in _GROUPED:
            return column
        group = max((position for position, name in enumerate(names) if name <= column.column), default=0)
        return replace(column, row=replace(column.row, item=f"{column.kind} {group + 1}.{column.field}"))

    return ListHeader(header.rows, [*map(grouped, header.columns)], header.others)
