"""A table as a grid in which each place knows the cell that covers it, for looking up what stands above and to the left."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Final

from hyotei.base.text_folding import folded
from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.printed.form_blocks import FormCell, FormPlace, FormTable

PLACES: Final = 2_000_000
"""Places that the cells of a table may cover together; cells beyond count for one place each."""


_order = attrgetter("row", "column")


@dataclass(frozen=True)
class Grid:
    """The cells of a table that hold a text, in the order of rows and columns."""

    cells: tuple[FormCell, ...]
    place: FormPlace = field(default_factory=FormPlace)

    @cached_property
    def rows(self) -> range:
        """From the first row in which a cell begins to the last."""
        rows = [cell.row for cell in self.cells]
        return range(min(rows), max(rows) + 1) if rows else range(0)

    @cached_property
    def columns(self) -> range:
        columns = [cell.column for cell in self.cells]
        return range(min(columns), max(columns) + 1) if columns else range(0)

    @cached_property
    def _covered(self) -> dict[tuple[int, int], FormCell]:
        covered: dict[tuple[int, int], FormCell] = {}
        room = PLACES
        for cell in self.cells:
            if cell.rows == cell.columns == 1:
                covered.setdefault((cell.row, cell.column), cell)
                room -= 1
                continue
            # A cell merged over a whole column of a sheet ends with the last cell that holds anything.
            height = min(cell.rows, self.rows.stop - cell.row)
            width = min(cell.columns, self.columns.stop - cell.column)
            if height * width > room:
                height = width = 1
            room -= height * width
            for row in range(cell.row, cell.row + height):
                for column in range(cell.column, cell.column + width):
                    covered.setdefault((row, column), cell)
        return covered

    @cached_property
    def _starting(self) -> dict[int, list[FormCell]]:
        starting: dict[int, list[FormCell]] = {}
        for cell in self.cells:
            starting.setdefault(cell.row, []).append(cell)
        return starting

    def at(self, row: int, column: int) -> FormCell | None:
        """The cell that covers a place."""
        return self._covered.get((row, column))

    def starting(self, row: int) -> list[FormCell]:
        """The cells that begin in a row, from left to right."""
        return self._starting.get(row, [])

    def left_of(self, row: int, column: int) -> list[FormCell]:
        """The cells that cover a row before a column, from left to right, each once."""
        found: list[FormCell] = []
        for each in range(self.columns.start, column):
            cell = self.at(row, each)
            if cell is not None and (not found or found[-1] is not cell):
                found.append(cell)
        return found

    def transposed(self) -> "Grid":
        """The same with rows for columns."""
        turned = (
            FormCell(cell.text, cell.column, cell.row, cell.place, cell.columns, cell.rows, cell.notes, cell.shaded)
            for cell in self.cells
        )
        return Grid(tuple(sorted(turned, key=_order)), self.place)


def grid_of(table: FormTable) -> Grid:
    """The grid of a table, without its empty cells."""
    return Grid(tuple(sorted((cell for cell in table.cells if cell.text.strip()), key=_order)), table.place)


def rows_of(grid: Grid, rows: Iterable[int]) -> Grid:
    """The part of a grid that begins in some of its rows."""
    wanted = set(rows)
    return Grid(tuple(cell for cell in grid.cells if cell.row in wanted), grid.place)


def plain(cell: FormCell) -> str:
    """The text of a cell in one line: folded, with single blanks."""
    return " ".join(folded(cell.text).split())


def close(cell: FormCell) -> str:
    """The text of a cell for comparison: folded, without any blanks."""
    return bare(cell.text)
