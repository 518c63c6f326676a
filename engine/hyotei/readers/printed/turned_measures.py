"""Tables of measures in which each indicator is a column: its names stand in one row, what its figures are before the others."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from hyotei.readers.printed.form_blocks import FormCell
from hyotei.readers.printed.grid import Grid, rows_of
from hyotei.readers.printed.headings import heading_of
from hyotei.readers.printed.measured_indicators import Indicated, Measured
from hyotei.readers.words_of_forms import FormWords

_LEAST_ROWS: Final = 3
_LONGEST_NAME: Final = 80


def turned(grid: Grid, words: FormWords, excluded: set[tuple[int, int]]) -> Iterator[Grid]:
    """The parts of a grid that may be such tables, with rows for columns."""
    row = grid.rows.start
    while row < grid.rows.stop:
        first = _first_name(grid, row, words)
        if first is None:
            row += 1
            continue
        end = row + 1
        while end < grid.rows.stop and _labelled(grid, end, first, words, excluded):
            end += 1
        if end - row >= _LEAST_ROWS:
            yield rows_of(grid, range(row, end)).transposed()
        row = end


def _first_name(grid: Grid, row: int, words: FormWords) -> int | None:
    """The column of the first name of an indicator, where a row holds the heading of names and then names only."""
    cells = grid.starting(row)
    kinds = [heading.kind if (heading := heading_of(cell, words)) is not None else None for cell in cells]
    if "name" not in kinds:
        return None
    position = kinds.index("name") + 1
    named = cells[position:]
    if not named or any(kinds[position:]) or any(len(cell.text) > _LONGEST_NAME for cell in named):
        return None
    return named[0].column


def _labelled(grid: Grid, row: int, first: int, words: FormWords, excluded: set[tuple[int, int]]) -> bool:
    """Whether a row says before the columns of the indicators what its figures are."""
    if any((cell.row, cell.column) in excluded for cell in grid.starting(row)):
        return False
    return any(heading_of(cell, words) is not None for cell in grid.left_of(row, first))


def turned_back(found: Measured, grid: Grid) -> Measured:
    """What was read of a part with rows for columns, by the cells as they stand in the grid."""

    def place(cell: FormCell) -> FormCell:
        own = grid.at(cell.column, cell.row)
        assert own is not None, "a turned cell is one of the grid"
        return own

    def indicator(each: Indicated) -> Indicated:
        return replace(
            each,
            cell=place(each.cell),
            objective=None if each.objective is None else place(each.objective),
            condition=None if each.condition is None else place(each.condition),
            figures=[replace(figure, cell=place(figure.cell)) for figure in each.figures],
            achieved=[*map(place, each.achieved)],
            stated=[replace(stated, cell=place(stated.cell)) for stated in each.stated],
            doubtful=[*map(place, each.doubtful)],
        )

    return Measured(
        [indicator(each) for each in found.indicators],
        {(column, row) for row, column in found.used},
        [*map(place, found.unread)],
        {(column, row): place(cell) for (row, column), cell in found.aside.items()},
    )
