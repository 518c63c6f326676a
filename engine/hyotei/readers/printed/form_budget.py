"""The budget table of a form, by its headings: years in one direction, kinds of amounts in the other, whatever is merged."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from hyotei.base.text_folding import folded
from hyotei.messages import Diagnostic, Location, Param, phrase
from hyotei.readers.evaluation_text.budget import budget_years_of
from hyotei.readers.evaluation_text.budget_fields import NAMES
from hyotei.readers.evaluation_text.budget_meaning import PART, of_no_year, partial, unread
from hyotei.readers.evaluation_text.budget_rows import Amount, RowLabel, is_amount, row_label, unit_in
from hyotei.readers.evaluation_text.budget_table import BudgetText, RowText
from hyotei.readers.evaluation_text.text_lines import bare, narrow
from hyotei.readers.evaluation_text.year_heading import YearHeading
from hyotei.readers.printed.account_rows import account_rows, summed_up
from hyotei.readers.printed.figure_notes import noted
from hyotei.readers.printed.form_blocks import FormCell
from hyotei.readers.printed.form_text import Form, at
from hyotei.readers.printed.grid import Grid, close, plain
from hyotei.readers.printed.year_runs import Run, runs_of_years, stretches, worded
from hyotei.readers.words_of_forms import FormWords
from hyotei.sheet.models import BudgetYear, Quantity
from hyotei.sheet.notes import reading_note
from hyotei.sheet.quantity import read_quantity

_LEAST_ROWS: Final = 2
_LONGEST_GAP: Final = 3
"""Rows without a known heading after which the table has ended."""
_RATE: Final = "stated_rate"
_OTHERS: Final = "reading_notes.other_budget_tables"
_OTHER_TABLE: Final = phrase("evaluation_text.budget.other_table")
_SUM_PRINTED: Final = phrase("evaluation_text.budget.sum_of_accounts")

Key = tuple[int, int, int]
"""A cell: its table, row and column."""


@dataclass
class _Found:
    """One table as it is found: the headings of its columns, its rows, and its amounts by row and column."""

    grid: int
    headings: tuple[YearHeading, ...]
    line: int
    unit: str | None = None
    rows: dict[str, RowText] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    cells: dict[tuple[str, YearHeading], list[FormCell]] = field(default_factory=dict)
    merged: set[Key] = field(default_factory=set)
    """Cells that lie over amounts of several years or rows."""
    used: set[Key] = field(default_factory=set)
    unknown: list[FormCell] = field(default_factory=list)
    """Labels of rows that are not understood."""
    accounts: list[FormCell] = field(default_factory=list)
    """Labels of rows of one account each, whose sum another row tells."""
    beside: dict[int, list[FormCell]] = field(default_factory=dict)
    """By column what stands in the rows outside the columns of years: the heading, then the cells below it."""

    def contradicts(self, other: "_Found") -> bool:
        """Whether this is another table that tells other amounts for the same years, as of another account."""
        if self.used & other.used:
            return False
        theirs = {(key, heading.year): _amounts(cells) for (key, heading), cells in other.cells.items()}
        return any(
            {_amounts(cells), theirs.get((key, heading.year), "")}.isdisjoint({""})
            and _amounts(cells) != theirs[key, heading.year]
            for (key, heading), cells in self.cells.items()
        )


def budget_of(
    form: Form, words: FormWords, evaluated: int, problems: list[Diagnostic]
) -> tuple[tuple[BudgetYear, ...], set[Key]] | None:
    """The years of the budget table with the cells that are its own; None where the form has no such table."""
    tables = [
        each
        for number, grid in enumerate(form.grids)
        for turned in (False, True)
        for each in _tables(form, number, grid.transposed() if turned else grid, turned, words)
    ]
    # One row of executed amounts alone is the budget only where the form has no other.
    alone = [each for each in tables if len(each.rows) < _LEAST_ROWS]
    tables = [each for each in tables if each not in alone or (len(tables) == 1 and each.unit is not None)]
    best = max(tables, key=lambda each: (len(each.rows), len(each.cells)), default=None)
    if best is None:
        return None
    others = [each for each in tables if each.contradicts(best)]
    return _Reading(form, best, others, words, evaluated, problems).years(), best.used


def _tables(form: Form, number: int, grid: Grid, turned: bool, words: FormWords) -> Iterator[_Found]:
    """The tables that begin with a row of years and have rows of known headings below it."""
    for run in (each for row in grid.rows for each in runs_of_years(grid, row, words)):
        table = _Table(form, number, grid, turned, words, run)
        if table.known():
            yield table.found()


class _Table:
    """One table that may be that of the budget: a run of years with the rows below it."""

    def __init__(self, form: Form, number: int, grid: Grid, turned: bool, words: FormWords, run: Run) -> None:
        self.form, self.number, self.grid, self.turned, self.words = form, number, grid, turned, words
        self.rows: dict[int, tuple[RowLabel, FormCell]] = {}
        self.unknown: list[int] = []
        accounts = account_rows(grid, range(run.row + 1, grid.rows.stop), run.first, words.form)
        self.labels = {row: (each.label, each.cell) for row, each in accounts.items()}
        trailing: list[int] = []
        for row in range(run.row + 1, grid.rows.stop):
            label = self.label(row, run.first)
            if label is not None:
                self.rows[row] = label
                self.unknown += trailing
                trailing = []
                continue
            if any(each.columns.keys() & run.columns.keys() for each in runs_of_years(grid, row, words)):
                break
            if any(cell.column in run.columns for cell in grid.starting(row)):
                trailing.append(row)
                if len(trailing) > _LONGEST_GAP:
                    break
        self.accounts = summed_up({row: each for row, each in accounts.items() if row in self.rows})
        self.run = worded(grid, run, min(self.rows, default=run.row), words.form)
        # Above the first known row stand headings, and below the last one only what looks like one more row is of the table.
        self.unknown = [row for row in self.unknown if row > min(self.rows) or self.amounts(row)]
        self.unknown += takewhile(self.amounts, trailing)

    def known(self) -> bool:
        """Whether enough of its rows are those of a budget."""
        names = {label.name for label, _ in self.rows.values()}
        keys = {label.key for label, _ in self.rows.values()}
        return names == {"executed"} or (len(keys) >= _LEAST_ROWS and bool(names & {"initial", "total", "executed"}))

    def label(self, row: int, before: int) -> tuple[RowLabel, FormCell] | None:
        """The kind of amounts of a row, from the nearest heading to the left."""
        if row in self.labels:
            return self.labels[row]
        for cell in reversed(self.grid.left_of(row, before)):
            if cell.row != row:
                continue
            text = close(cell)
            label = row_label(text, self.words.form)
            if label is not None and not label.rest:
                return label, cell
            if text.startswith("執行率"):
                return RowLabel(_RATE, "plain", "", None), cell
        return None

    def before(self, row: int, column: int) -> list[FormCell]:
        """The cells of a row before a column; of a turned table the nearest only, as above it stand other parts of the form."""
        cells = [cell for cell in self.grid.left_of(row, column) if cell.row == row]
        return cells[-1:] if self.turned else cells

    def amounts(self, row: int) -> bool:
        """Whether a row has a label, and below the years amounts and nothing else."""
        texts = [plain(cell) for _, cell in stretches(self.grid, self.run, row)]
        labelled = any(cell.row == row for cell in self.grid.left_of(row, self.run.first))
        return labelled and all(map(is_amount, texts)) and any(map(_digits, texts))

    def found(self) -> _Found:
        grid, run = self.grid, self.run
        found = _Found(self.number, run.headings, self.line(run.cells[0]))
        corner = self.before(run.row, run.first)
        found.used |= {self.key(cell) for cell in (*run.cells, *corner)}
        for row, (label, heading) in self.rows.items():
            if row in self.accounts:
                found.accounts.append(self.back(heading))
                found.used |= {self.key(cell) for cell in (heading, *(cell for _, cell in stretches(grid, run, row)))}
            else:
                self.row(found, row, label, heading)
        for row in self.unknown:
            cells = [cell for _, cell in stretches(grid, run, row) if cell.row == row]
            labels = [each for each in self.before(row, run.first) if unit_in(plain(each)) is None]
            found.unknown += [self.back(each) for each in (labels[-1:] or cells[:1])]
            found.used |= {self.key(cell) for cell in (*labels, *cells)}
        self.beside(found)
        found.unit = self.unit(found)
        return found

    def row(self, found: _Found, row: int, label: RowLabel, heading: FormCell) -> None:
        """The amounts of one row."""
        found.rows.setdefault(label.key, RowText(label.name, self.line(heading), [], word=label.word))
        left = [cell for cell in self.before(row, self.run.first) if cell.column <= heading.column]
        found.used |= {self.key(cell) for cell in (*left, heading)}
        unit = label.unit or self.unit_of_row(row, heading)
        if unit is not None:
            found.units[label.key] = unit
        seen: dict[Key, YearHeading] = {}
        for column, cell in stretches(self.grid, self.run, row):
            year, key = self.run.columns[column], self.key(cell)
            if cell.row != row or seen.setdefault(key, year) is not year:
                found.merged.add(key)
            held = found.cells.setdefault((label.key, year), [])
            if all((each.row, each.column) != key[1:] for each in held):
                held.append(self.back(cell))
            found.used.add(key)

    def unit_of_row(self, row: int, heading: FormCell) -> str | None:
        """The unit in a cell of its own behind the label of a row, as in a column 単位."""
        cells = [self.grid.at(row, column) for column in self.grid.columns if column not in self.run.columns]
        units = [
            unit
            for cell in cells
            if cell is not None and cell.column > heading.column
            if (unit := unit_in(plain(cell))) is not None
        ]
        return units[0] if len(set(units)) == 1 else None

    def beside(self, found: _Found) -> None:
        """What stands in the rows behind their labels and outside the columns of years, by its column."""
        run = self.run
        for column in self.grid.columns:
            if column < run.first or column not in run.columns:
                cells = [
                    cell
                    for row, (_, label) in self.rows.items()
                    for cell in self.grid.starting(row)
                    if cell.column == column > label.column
                ]
                heading = self.grid.at(run.row, column)
                heading = heading if heading is not None and heading.row == run.row else None
                if column > max(run.columns) and (heading or cells) and not self.goes_on(heading, cells):
                    break
                if not cells:
                    continue
                above = (
                    heading
                    if heading is not None and heading.column > min(each.column for _, each in self.rows.values())
                    else cells[0]
                )
                if any(unit_in(plain(cell)) is None for cell in cells):  # a column of units is read
                    found.beside.setdefault(above.column, [self.back(above)]).extend(map(self.back, cells))
                found.used |= {self.key(cell) for cell in (above, *cells)}

    def goes_on(self, heading: FormCell | None, cells: list[FormCell]) -> bool:
        """Whether a column behind the last year is still of the table: below a turned table stand other parts of the form."""
        if not self.run.last:
            return False
        texts = [plain(cell) for cell in cells]
        if texts and all(map(is_amount, texts)) and any(map(_digits, texts)):
            return True
        return heading is not None and not self.turned

    def unit(self, found: _Found) -> str | None:
        """The unit of the amounts, from a heading of the table, the row above it, or the lines before it."""
        nearby = [cell for each in range(self.run.row - 2, self.grid.rows.stop) for cell in self.grid.starting(each)][
            :60
        ]
        # Without blanks, because the width of a cell may break （千円） anywhere.
        texts = [close(cell) for cell in nearby if len(cell.text) <= 60]
        lines = self.form.document.lines[max(0, found.line - 12) : found.line]
        texts += [line.plain for line in reversed(lines) if len(line.plain) <= 60]
        return next((unit for text in texts if (unit := unit_in(text)) is not None), None)

    def key(self, cell: FormCell) -> Key:
        return (self.number, cell.column, cell.row) if self.turned else (self.number, cell.row, cell.column)

    def back(self, cell: FormCell) -> FormCell:
        """A cell as it stands in the form, if the grid was turned."""
        return FormCell(cell.text, *self.key(cell)[1:], cell.place, notes=cell.notes) if self.turned else cell

    def line(self, cell: FormCell) -> int:
        return self.form.lines[self.key(cell)][0].number


def _amounts(cells: list[FormCell]) -> str:
    """The amounts of cells without their separators; nothing where they hold none."""
    text = " ".join(folded(plain(cell)).replace(",", "") for cell in cells)
    return text if _digits(text) else ""


def _digits(text: str) -> bool:
    return any(character.isdigit() for character in text)


@dataclass
class _Reading:
    """Turns the cells of a table into budget years."""

    form: Form
    found: _Found
    others: list[_Found]
    """Tables that tell other amounts for the same years: this one may be of one account, and is then not simply stated."""
    words: FormWords
    evaluated: int
    problems: list[Diagnostic]

    def years(self) -> tuple[BudgetYear, ...]:
        found = self.found
        printed = BudgetText(
            years=found.headings,
            rows={key: row for key, row in found.rows.items() if key != _RATE},
            unit=found.unit or next(iter(found.units.values()), None),
            line=found.line,
        )
        amounts: dict[tuple[str, YearHeading], Amount] = {}
        several: dict[tuple[str, YearHeading], tuple[str, ...]] = {}
        rates: dict[int, Quantity] = {}
        for (key, heading), cells in found.cells.items():
            texts = tuple(dict.fromkeys(plain(cell) for cell in cells))
            merged = any((found.grid, cell.row, cell.column) in found.merged for cell in cells)
            if key == _RATE:
                # A rate that lies over several years, or one of an estimate, is that of none.
                if not merged and len(texts) == 1 and heading.word in ("plain", "executed"):
                    rates[heading.year] = self.rate(heading, cells[0])
            elif len(texts) > 1 or (merged and any(map(_digits, texts))):
                several[key, heading] = texts
            else:
                # （円） behind one year and （千円） behind the next are the units of their columns.
                unit = found.units.get(key) or unit_in(bare(heading.text)) or printed.unit
                amounts[key, heading] = self.amount(found.rows[key].name, heading, cells[0], unit)
        for cell in found.unknown:
            self.problems.append(Diagnostic("HY842", self.at(cell), {"text": cell.text.strip()[:40]}))
        if found.accounts:
            named = "、".join(dict.fromkeys(cell.text.strip()[:20] for cell in found.accounts))
            why: dict[str, Param] = {"text": named[:60], "why": _SUM_PRINTED}
            self.problems.append(Diagnostic("HY267", self.at(found.accounts[0]), why))
        for other in self.others:
            cell = next(cell for cells in other.cells.values() for cell in cells if _digits(plain(cell)))
            located = at(self.form.document.file, cell.place)
            told: dict[str, Param] = {"text": plain(cell)[:60], "why": _OTHER_TABLE}
            self.problems.append(Diagnostic("HY267", located, told))
        for heading_cell, *cells in found.beside.values():
            self.stranger(printed, heading_cell, cells)
        years, more = budget_years_of(printed, amounts, several, self.form.document, self.evaluated)
        self.problems += more
        return tuple(
            each.model_copy(update={_RATE: rates[each.fiscal_year]}) if each.fiscal_year in rates else each
            for each in years
        )

    def stranger(self, printed: BudgetText, heading: FormCell, cells: list[FormCell]) -> None:
        """A column of which no year is known: with amounts in it, the table is not understood as a whole."""
        found = (narrow(heading.text), self.form.of(self.found.grid, heading)[0].number)
        amounts = any(_digits(plain(cell)) and is_amount(plain(cell)) for cell in cells)
        (printed.strange if amounts and not of_no_year(bare(heading.text)) else printed.beside).append(found)

    def rate(self, year: YearHeading, cell: FormCell) -> Quantity:
        """The printed rate, with its cell."""
        quantity = self.amount(_RATE, year, cell, None).quantity
        known = quantity.source
        if known is None:
            return quantity
        line = self.form.of(self.found.grid, cell)[0].number
        place = self.form.document.source(known.text, line, place=known.place)
        where = {"page": place.page, "line": place.line, "cell": place.cell, "place": place.place}
        return quantity.model_copy(update={"source": known.model_copy(update=where)})

    def amount(self, name: str, year: YearHeading, cell: FormCell, unit: str | None) -> Amount:
        line = self.form.of(self.found.grid, cell)[0].number
        place = f"予算の状況、{NAMES.get(name, '執行率')}、{year.printed}の列"
        text = cell.text.strip()
        if bare(text) in ("/", "\\"):  # a line through the cell
            text = "-"
        quantity, problems = read_quantity(
            text,
            year_hint=self.words.near,
            default_unit=unit if name != _RATE else "%",
            location=self.at(cell),
            place=place,
        )
        self.problems += problems
        quantity = noted(quantity, cell.notes + (reading_note(_OTHERS) if self.others else ()))
        if partial(folded(text)) or partial(text):
            quantity = unread(quantity, reading_note(PART))
        return Amount(folded(text), line, quantity)

    def at(self, cell: FormCell) -> Location:
        return at(self.form.document.file, cell.place)
