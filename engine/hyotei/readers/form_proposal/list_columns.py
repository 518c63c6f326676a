"""The columns of a list under one heading, and what figures of right readings their values may be."""

from collections.abc import Sequence
from dataclasses import dataclass

from hyotei.readers.form_proposal.figures import Wanted, may_be, printed_value
from hyotei.readers.printed.form_blocks import FormCell
from hyotei.readers.printed.grid import Grid, close
from hyotei.sheet.models import Sheet

Examples = Sequence[tuple[Sheet, list[int]]]
"""The right readings, each with the lines of the list that it stands on."""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading of the list with all its columns."""

    heading: str
    cell: FormCell
    columns: tuple[int, ...]
    """All columns with this heading, from left to right."""


def columns_of(grid: Grid, header: int) -> list[Column]:
    """The headings of a list, from left to right."""
    found: dict[str, list[FormCell]] = {}
    for cell in grid.starting(header):
        found.setdefault(close(cell), []).append(cell)
    return [Column(text, cells[0], tuple(cell.column for cell in cells)) for text, cells in found.items()]


def text_at(grid: Grid, row: int, column: int) -> str:
    """What is printed in a cell; nothing where there is none."""
    cell = grid.at(row, column)
    return "" if cell is None else cell.text


def printed_in(grid: Grid, row: int, column: Column) -> list[object]:
    """The values of a line in all columns of a heading."""
    return [printed_value(text_at(grid, row, each)) for each in column.columns]


def fitting_items(
    column: Column, values: Sequence[Sequence[object]], figures: Sequence[Sequence[Wanted]], evaluated: Sequence[int]
) -> list[tuple[str, str, str]] | None:
    """What the columns of one heading are: item, occurrences and years for each run of columns; None where no way fits."""
    from decimal import Decimal

    count = len(column.columns)
    best: tuple[int, list[tuple[str, str, str]]] | None = None
    for offset in range(-10, 4):
        items: list[str | None] = []
        hits = 0
        for position in range(count):
            named = _items_at(position, offset, values, figures, evaluated)
            printed = [row[position] for row in values if isinstance(row[position], Decimal)]
            if printed and not named:
                break
            items.append(next(iter(named)) if named else None)
            hits += bool(named)
        if len(items) < count or not hits or (best is not None and hits <= best[0]):
            continue
        best = hits, _runs(items, offset, count)
    return None if best is None else best[1]


def _items_at(
    position: int,
    offset: int,
    values: Sequence[Sequence[object]],
    figures: Sequence[Sequence[Wanted]],
    evaluated: Sequence[int],
) -> list[str]:
    """What the column at a position may be in all examples, if the first one is `offset` years after the evaluated year."""
    from decimal import Decimal

    found: list[str] | None = None
    for row, known, year in zip(values, figures, evaluated, strict=True):
        printed = row[position]
        if not isinstance(printed, Decimal):
            continue
        own = [each.item for each in known if each.year == year + offset + position and may_be(printed, each.value)]
        found = own if found is None else [item for item in found if item in own]
    return found or []


def _runs(items: Sequence[str | None], offset: int, count: int) -> list[tuple[str, str, str]]:
    """Neighbours of one item as one row of the form; a column without a value goes with the one before it."""
    known = [item for item in items if item is not None]
    filled: list[str] = []
    for item in items:
        filled.append(item or (filled[-1] if filled else known[0]))
    runs: list[tuple[str, int, int]] = []
    for position, item in enumerate(filled):
        if runs and runs[-1][0] == item:
            runs[-1] = (item, runs[-1][1], position)
        else:
            runs.append((item, position, position))
    if count == 1:
        return [(filled[0], "", "" if offset == 0 else str(offset))]
    return [(item, _span(first + 1, last + 1), _span(first + offset, last + offset)) for item, first, last in runs]


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}..{last}"
