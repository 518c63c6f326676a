"""The budget table of a form, by its headings: years in one direction, kinds of amounts in the other, whatever is merged."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from hyotei.base.fold import folded
from hyotei.messages import Diagnostic, Location
from hyotei.readers.evaluation_text.budget import NAMES, budget_years_of
from hyotei.readers.evaluation_text.budget_table import Amount, BudgetText, RowText, row_label, unit_in
from hyotei.readers.evaluation_text.lines import bare
from hyotei.readers.printed.blocks import Cell
from hyotei.readers.printed.flat import Form, at
from hyotei.readers.printed.grid import Grid, close, plain
from hyotei.readers.printed.notes import noted
from hyotei.readers.printed.years import heading_year
from hyotei.sheet.fiscal_year import print_fiscal_year
from hyotei.sheet.models import BudgetYear, Quantity
from hyotei.sheet.quantity import read_quantity

_LEAST_ROWS: Final = 2
_LONGEST_GAP: Final = 3
"""Rows without a known heading after which the table has ended."""
_RATE: Final = "stated_rate"

Key = tuple[int, int, int]
"""A cell: its table, row and column."""


@dataclass
class _Found:
    """One table as it is found: its years by column, its rows, and its amounts by row and year."""

    grid: int
    years: list[int]
    line: int
    unit: str | None = None
    rows: dict[str, int] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    cells: dict[tuple[str, int], list[Cell]] = field(default_factory=dict)
    used: set[Key] = field(default_factory=set)
    unknown: list[Cell] = field(default_factory=list)


def budget_of(
    form: Form, hint: int, evaluated: int, problems: list[Diagnostic]
) -> tuple[tuple[BudgetYear, ...], set[Key]] | None:
    """The years of the budget table with the cells that are its own; None where the form has no such table."""
    tables = [
        each
        for number, grid in enumerate(form.grids)
        for turned in (False, True)
        for each in _tables(form, number, grid.transposed() if turned else grid, turned, hint)
    ]
    best = max(tables, key=lambda each: (len(each.rows), len(each.cells)), default=None)
    if best is None:
        return None
    return _Reading(form, best, hint, evaluated, problems).years(), best.used


def _tables(form: Form, number: int, grid: Grid, turned: bool, hint: int) -> Iterator[_Found]:
    """The tables that begin with a row of years and have rows of known headings below it."""
    for row, columns in [(each, run) for each in grid.rows for run in _years_in(grid, each, hint)]:
        first = min(columns)
        heading = next(cell for cell in grid.starting(row) if cell.column == first)
        found = _Found(number, list(dict.fromkeys(columns.values())), _line(form, number, heading, turned))
        gap = 0
        unknown: list[Cell] = []
        for below in range(row + 1, grid.rows.stop):
            label = _label(grid, below, first)
            if label is None:
                if any(run.keys() & columns.keys() for run in _years_in(grid, below, hint)):
                    break
                if any(cell.column in columns for cell in grid.starting(below)):
                    unknown += [cell for cell in grid.left_of(below, first) if cell.row == below][-1:]
                    gap += 1
                    if gap > _LONGEST_GAP:
                        break
                continue
            # Only between known rows is an unknown one a row of this table.
            found.unknown += unknown
            unknown, gap = [], 0
            _row(form, found, grid, below, label, columns, turned)
        if len(found.rows) >= _LEAST_ROWS and {"initial", "total", "executed"} & found.rows.keys():
            headings = [cell for cell in grid.starting(row) if cell.column in columns or cell.column < first]
            found.used |= {_key(number, cell, turned) for cell in headings}
            found.unit = _unit(form, grid, row, found)
            yield found


def _years_in(grid: Grid, row: int, hint: int) -> list[dict[int, int]]:
    """The runs of years that begin in a row with no other text between them: for each column that they cover, its year."""
    runs: list[dict[int, int]] = [{}]
    for cell in grid.starting(row):
        year = heading_year(cell.text, hint)
        if year is None or year in runs[-1].values():
            runs.append({})
        if year is not None:
            covered = range(cell.column, min(cell.column + cell.columns, grid.columns.stop))
            runs[-1] |= dict.fromkeys(covered, year)
    return [run for run in runs if run]


def _label(grid: Grid, row: int, before: int) -> tuple[str, Cell, str | None] | None:
    """The kind of amounts of a row, from the nearest heading to the left."""
    for cell in reversed(grid.left_of(row, before)):
        if cell.row != row:
            continue
        text = close(cell)
        label = row_label(text)
        if label is not None and not label[1]:
            return label[0], cell, label[2]
        if text.startswith("執行率"):
            return _RATE, cell, None
    return None


def _row(
    form: Form,
    found: _Found,
    grid: Grid,
    row: int,
    label: tuple[str, Cell, str | None],
    columns: dict[int, int],
    turned: bool,
) -> None:
    name, heading, unit = label
    found.rows.setdefault(name, _line(form, found.grid, heading, turned))
    found.used |= {_key(found.grid, cell, turned) for cell in grid.left_of(row, min(columns)) if cell.row == row}
    if unit is not None:
        found.units[name] = unit
    for cell in grid.starting(row):
        year = columns.get(cell.column)
        if year is None:
            continue
        found.cells.setdefault((name, year), []).append(
            Cell(cell.text, cell.column, cell.row, cell.place, reading_note=cell.reading_note) if turned else cell
        )
        found.used.add(_key(found.grid, cell, turned))


def _key(number: int, cell: Cell, turned: bool) -> Key:
    return (number, cell.column, cell.row) if turned else (number, cell.row, cell.column)


def _line(form: Form, number: int, cell: Cell, turned: bool) -> int:
    return form.lines[_key(number, cell, turned)][0].number


def _unit(form: Form, grid: Grid, row: int, found: _Found) -> str | None:
    """The unit of the amounts, from a heading of the table, the row above it, or the lines before it."""
    nearby = [cell for each in range(row - 2, grid.rows.stop) for cell in grid.starting(each)][:60]
    # Without blanks, because the width of a cell may break （千円） anywhere.
    texts = [close(cell) for cell in nearby if len(cell.text) <= 60]
    lines = form.document.lines[max(0, found.line - 12) : found.line]
    texts += [line.plain for line in reversed(lines) if len(line.plain) <= 60]
    return next((unit for text in texts if (unit := unit_in(text)) is not None), None)


@dataclass
class _Reading:
    """Turns the cells of a table into budget years."""

    form: Form
    found: _Found
    hint: int
    evaluated: int
    problems: list[Diagnostic]

    def years(self) -> tuple[BudgetYear, ...]:
        found = self.found
        printed = BudgetText(
            years=tuple(found.years),
            rows={name: RowText(name, line, []) for name, line in found.rows.items() if name != _RATE},
            unit=found.unit or next(iter(found.units.values()), None),
            line=found.line,
        )
        amounts: dict[tuple[str, int], Amount] = {}
        several: dict[tuple[str, int], tuple[str, ...]] = {}
        rates: dict[int, Quantity] = {}
        for (name, year), cells in found.cells.items():
            texts = tuple(dict.fromkeys(plain(cell) for cell in cells))
            if name == _RATE:
                rates[year] = self.rate(year, cells[0])
            elif len(texts) > 1:
                several[name, year] = texts
            else:
                unit = found.units.get(name) or printed.unit
                amounts[name, year] = self.amount(name, year, cells[0], unit)
        for cell in found.unknown:
            self.problems.append(Diagnostic("HY842", self.at(cell), {"text": cell.text.strip()[:40]}))
        years, more = budget_years_of(printed, amounts, several, self.form.document, self.evaluated)
        self.problems += more
        return tuple(
            each.model_copy(update={_RATE: rates[each.fiscal_year]}) if each.fiscal_year in rates else each
            for each in years
        )

    def rate(self, year: int, cell: Cell) -> Quantity:
        """The printed rate, with its cell."""
        quantity = self.amount(_RATE, year, cell, None).quantity
        known = quantity.source
        if known is None:
            return quantity
        line = self.form.of(self.found.grid, cell)[0].number
        place = self.form.document.source(known.text, line, place=known.place)
        where = {"page": place.page, "line": place.line, "cell": place.cell, "place": place.place}
        return quantity.model_copy(update={"source": known.model_copy(update=where)})

    def amount(self, name: str, year: int, cell: Cell, unit: str | None) -> Amount:
        line = self.form.of(self.found.grid, cell)[0].number
        place = f"予算の状況、{NAMES.get(name, '執行率')}、{print_fiscal_year(year)}の列"
        text = cell.text.strip()
        if bare(text) in ("/", "\\"):  # a line through the cell
            text = "-"
        quantity, problems = read_quantity(
            text,
            year_hint=self.hint,
            default_unit=unit if name != _RATE else "%",
            location=self.at(cell),
            place=place,
        )
        self.problems += problems
        quantity = noted(quantity, cell.reading_note)
        return Amount(folded(text), line, quantity)

    def at(self, cell: Cell) -> Location:
        return at(self.form.document.file, cell.place)
