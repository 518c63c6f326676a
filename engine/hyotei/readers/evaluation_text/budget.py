"""The budget years of a sheet from its table: what is printed in place is stated, what was placed is inferred or ambiguous."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from hyotei.base import exact
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, Location, Param, phrase
from hyotei.readers.evaluation_text.budget_fields import NAMES, Fields
from hyotei.readers.evaluation_text.budget_rows import ROWS, Amount
from hyotei.readers.evaluation_text.budget_solver import Assignment, BudgetCells, Cell, solve
from hyotei.readers.evaluation_text.budget_table import BudgetText
from hyotei.readers.evaluation_text.detached_amounts import torn
from hyotei.readers.evaluation_text.text_lines import SheetText
from hyotei.readers.evaluation_text.year_heading import YearHeading
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.sheet.models import MISSING, BudgetYear, Quantity, Source
from hyotei.sheet.notes import Notes, reading_note
from hyotei.sheet.numerals import DECIMALS
from hyotei.sheet.units import YEN

_PARTS: Final = ("initial", "supplementary", "carried_over", "reserve")
_NO_ROW: Final = phrase("evaluation_text.budget.row_not_understood")
_SUM_PRINTED: Final = phrase("evaluation_text.budget.sum_of_accounts")
_NO_SUM: Final = phrase("evaluation_text.budget.accounts_alone")
_NO_YEAR: Final = phrase("evaluation_text.budget.no_year_column")
_BLANKS: Final = "reading_notes.fewer_figures_than_years"
_TORN: Final = "reading_notes.away_from_heading_by_sum"
_AWAY: Final = "reading_notes.away_from_row_by_sum"
_EMPTY: Final = "reading_notes.other_years_figures"
_AFTER: Final = "reading_notes.other_line_than_heading"
_SEVERAL: Final = "reading_notes.several_figures_fit"
_STATED_BLANK: Final = "reading_notes.stated_blank"
_BLANK_MEANS: Final = re.compile(r"空欄は[「『]?記載なし")
"""How a form says itself what a blank of it means."""
_COLUMNS: Final = "reading_notes.years_not_in_order"


def budget_years(
    printed: BudgetText, document: SheetText, evaluated: int
) -> tuple[tuple[BudgetYear, ...], list[Diagnostic]]:
    """The years of the table, ascending, and what is to be said of it."""
    if not printed.years or not printed.rows:
        return (), [Diagnostic("HY257", document.at(printed.line), {"part": phrase("evaluation_text.part.budget")})]
    work = _Work(printed, document, evaluated)
    work.fill()
    years = work.years()
    work.check(years)
    return years, work.problems


def budget_years_of(
    printed: BudgetText,
    amounts: Mapping[tuple[str, YearHeading], Amount],
    several: Mapping[tuple[str, YearHeading], tuple[str, ...]],
    document: SheetText,
    evaluated: int,
) -> tuple[tuple[BudgetYear, ...], list[Diagnostic]]:
    """The same of a table whose cells are known: amounts by row and column, and what stands in a cell that holds several."""
    work = _Work(printed, document, evaluated)
    if printed.unit is None:
        work.tell("HY263", printed.line)
    for (name, heading), amount in amounts.items():
        work.cells[name, work.order.index(heading)] = _Placed(amount)
    for (name, heading), texts in several.items():
        work.doubtful[name, work.order.index(heading)] = texts
        work.tell_several((name, work.order.index(heading)), texts)
    years = work.years()
    work.check(years)
    return years, work.problems


@dataclass(slots=True)
class _Placed:
    """An amount in a cell with the reason why it is not simply stated."""

    amount: Amount
    notes: Notes = ()


class _Work:
    def __init__(self, printed: BudgetText, document: SheetText, evaluated: int) -> None:
        self.printed, self.document, self.evaluated = printed, document, evaluated
        self.order = sorted(printed.years, key=lambda each: each.year)
        years = [each.year for each in printed.years]
        self.regular = sorted(years) in (years, years[::-1])
        # Position among the ascending years of each printed column.
        self.columns = [self.order.index(heading) for heading in printed.years]
        self.rows = tuple(name for name in ROWS if name in printed.rows)
        self.cells: dict[Cell, _Placed] = {}
        self.doubtful: dict[Cell, tuple[str, ...]] = {}
        self.blanks: set[Cell] = set()
        self.problems: list[Diagnostic] = []
        self.blank_is_missing = any(_BLANK_MEANS.search(line.plain) for line in document.lines)

    def tell(self, code: str, line: int | None, **params: Param) -> None:
        self.problems.append(Diagnostic(code, self.document.at(line), params))

    # Filling the cells

    def fill(self) -> None:
        if self.printed.unit is None:
            self.tell("HY263", self.printed.line)
        if self.printed.bulk and self.bulk():
            return
        loose: dict[str, list[Amount]] = {}
        strays = list(self.printed.strays)
        for name, row in self.printed.rows.items():
            if len(row.amounts) > len(self.columns):
                strays += row.amounts
            elif len(row.amounts) == len(self.columns):
                notes = () if row.beside else reading_note(_AFTER)
                for column, amount in zip(self.columns, row.amounts, strict=True):
                    self.cells[name, column] = _Placed(amount, notes if self.regular else reading_note(_COLUMNS))
            elif row.amounts:
                descending = self.regular and self.columns[0] > self.columns[-1]
                loose[name] = row.amounts[::-1] if descending else row.amounts
        for amounts in self.printed.bulk:
            strays += amounts
        if loose or strays:
            self.search(loose, strays)

    def bulk(self) -> bool:
        """A table torn in two, labels here and amounts there: read by rows or by columns, whichever adds up alone."""
        flat = [amount for amounts in self.printed.bulk for amount in amounts]
        fitting: list[dict[Cell, Amount]] = []
        for cells in torn(tuple(self.printed.rows), tuple(self.columns), len(flat)):
            filled = dict(zip(cells, flat, strict=True))
            if self.adds_up(filled) and all(_texts(filled) != _texts(each) for each in fitting):
                fitting.append(filled)
        if len(fitting) != 1:
            return False
        for cell, amount in fitting[0].items():
            self.cells[cell] = _Placed(amount, reading_note(_TORN))
        return True

    def adds_up(self, cells: dict[Cell, Amount]) -> bool:
        totals = 0
        for column in range(len(self.order)):
            total = cells.get(("total", column))
            if total is None or total.quantity.value is None:
                continue
            totals += 1
            parts = [cells[name, column].quantity.value for name in _PARTS if (name, column) in cells]
            if exact.total(part for part in parts if part is not None) != total.quantity.value:
                return False
        return totals > 0

    def search(self, loose: dict[str, list[Amount]], strays: list[Amount]) -> None:
        """Amounts whose cell is not certain, by what adds up."""
        known = [amount for amount in strays if amount.known]
        printed_known = {name: [each for each in amounts if each.known] for name, amounts in loose.items()}
        table = BudgetCells(
            years=len(self.order),
            parts=tuple(name for name in _PARTS if name in self.rows),
            rows=self.rows,
            fixed={
                cell: _scaled(placed.amount) if placed.amount.known else None for cell, placed in self.cells.items()
            },
            loose={
                name: tuple(_scaled(each) for each in amounts) for name, amounts in printed_known.items() if amounts
            },
            strays=tuple(_scaled(amount) for amount in known),
            open_from=self.open_from(),
        )
        answers, complete = solve(table)
        if not complete:
            self.tell("HY264", self.printed.line)
        if not answers or not complete:
            for name, amounts in printed_known.items():
                for cell in self.free(name):
                    self.doubtful[cell] = tuple(amount.text for amount in amounts)
            for amount in known:
                self.tell("HY261", amount.line, text=amount.text)
            return
        self.take(answers, printed_known, known)

    def take(self, answers: list[Assignment], loose: dict[str, list[Amount]], strays: list[Amount]) -> None:
        """The figures on which all answers agree, and as ambiguous those on which they do not."""
        best = answers[0]
        placed = {origin[1] for origin in best.places.values() if origin[0] == "stray"}
        for position, amount in enumerate(strays):
            if position not in placed:
                self.tell("HY261", amount.line, text=amount.text)
        open_cells = [cell for name in self.rows for cell in self.free(name)]
        for cell in open_cells:
            values = {answer.values.get(cell) for answer in answers}
            if len(values) == 1:
                origin = best.places.get(cell)
                if origin is not None:
                    kind, position = origin
                    amount = strays[position] if kind == "stray" else loose[cell[0]][position]
                    self.cells[cell] = _Placed(
                        amount, reading_note(_AWAY) if kind == "stray" else reading_note(_BLANKS)
                    )
                else:
                    self.blanks.add(cell)
                continue
            texts: list[str] = []
            for answer in answers:
                origin = answer.places.get(cell)
                if origin is None:
                    text = "（空欄）"
                else:
                    text = (strays[origin[1]] if origin[0] == "stray" else loose[cell[0]][origin[1]]).text
                if text not in texts:
                    texts.append(text)
            self.doubtful[cell] = tuple(texts)
            self.tell_several(cell, texts)

    def tell_several(self, cell: Cell, texts: Sequence[str]) -> None:
        row = self.printed.rows[cell[0]]
        self.tell("HY262", row.line, row=NAMES[row.name], year=self.order[cell[1]].printed, candidates="、".join(texts))

    def free(self, name: str) -> list[Cell]:
        return [(name, column) for column in range(len(self.order)) if (name, column) not in self.cells]

    def open_from(self) -> int:
        """Position of the first year whose accounts may not be closed when the evaluation is written."""
        return next(
            (position for position, each in enumerate(self.order) if each.year >= self.evaluated), len(self.order)
        )

    # The years

    def years(self) -> tuple[BudgetYear, ...]:
        for text, line in self.printed.lost:
            self.tell("HY267", line, text=text[:40], why=_NO_ROW)
        for text, line, summed in self.printed.parts:
            self.tell("HY267", line, text=text[:40], why=_SUM_PRINTED if summed else _NO_SUM)
        for text, line in self.printed.beside:
            self.tell("HY267", line, text=text[:40], why=_NO_YEAR)
        for text, line in self.printed.strange:
            self.tell("HY268", line, text=text[:40])
        fields = Fields(self.document, self.printed, self.problems)
        for column, heading in enumerate(self.order):
            for key in self.printed.rows:
                fields.take(key, heading, self.quantity(key, column))
        return fields.years()

    def quantity(self, name: str, column: int) -> Quantity:
        placed = self.cells.get((name, column))
        row = self.printed.rows[name]
        place = f"予算の状況、{NAMES[row.name]}、{self.order[column].printed}の列"
        if placed is not None:
            return self.annotated(placed, place)
        if (name, column) in self.doubtful:
            source = self.document.source("", row.line, place=place, reading="ambiguous", notes=reading_note(_SEVERAL))
            return Quantity(
                unknown="missing", source=source.model_copy(update={"candidates": self.doubtful[name, column]})
            )
        if name == "executed" and self.blank_is_missing:
            # The form's own word counts before what blanks mean in others.
            source = self.document.source("", row.line, place=place, notes=reading_note(_STATED_BLANK))
            return Quantity(unknown="missing", source=source)
        if name == "executed" and column >= self.open_from():
            notes = reading_note("reading_notes.accounts_not_closed")
            source = self.document.source("", row.line, place=place, reading="inferred", notes=notes)
            return Quantity(unknown="unsettled", source=source)
        if (name, column) in self.blanks:
            source = self.document.source("", row.line, place=place, reading="inferred", notes=reading_note(_EMPTY))
            return Quantity(unknown="missing", source=source)
        return MISSING

    def annotated(self, placed: _Placed, place: str) -> Quantity:
        amount = placed.amount
        own = amount.quantity.source or Source(text=amount.text)
        where = self.document.source(own.text, amount.line, place=place)
        changes: dict[str, object] = {"place": where.place, "page": where.page, "line": where.line, "cell": where.cell}
        if placed.notes:
            changes |= {"reading": "inferred", "notes": placed.notes}
        return amount.quantity.model_copy(update={"source": own.model_copy(update=changes)})

    # What does not add up

    def check(self, years: tuple[BudgetYear, ...]) -> None:
        for year in years:
            where = self.document.at(self.line(year.total) or self.printed.line)
            parts = [getattr(year, name) for name in _PARTS if name in self.rows]
            known = [part.value for part in parts if part.value is not None]
            total, executed = year.total.value, year.executed.value
            if total is None or not known or any(map(_doubt, parts)):
                pass
            elif exact.total(known) != total and not _without_carried_forward(known, year, total):
                params = {"year": print_fiscal_year(year.fiscal_year), "total": _shown(total, year.total.unit),
                          "sum": _shown(exact.total(known), year.total.unit)}  # fmt: skip
                self.problems.append(Diagnostic("HY260", where, dict(params)))
            if total is not None and executed is not None and executed > total:
                line = self.line(year.executed)
                self.problems.append(
                    Diagnostic("HY265", Location(where.file, line), {"year": print_fiscal_year(year.fiscal_year)})
                )

    def line(self, quantity: Quantity) -> int | None:
        return None if quantity.source is None else quantity.source.line


def _texts(cells: Mapping[Cell, Amount]) -> dict[Cell, str]:
    return {cell: amount.text for cell, amount in cells.items()}


def _scaled(amount: Amount) -> int:
    """The amount as a whole number of the smallest part that a figure may have."""
    assert amount.quantity.value is not None, "only amounts with a value are placed by their sum"
    return int(Fraction(amount.quantity.value) * 10**DECIMALS)


def _doubt(quantity: Quantity) -> bool:
    return quantity.source is not None and quantity.source.reading == "ambiguous"


def _without_carried_forward(parts: list[Decimal], year: BudgetYear, total: Decimal) -> bool:
    """Whether the total is what remains when that which was carried to the next year is taken away, whatever its sign."""
    carried = year.carried_forward.value
    return carried is not None and exact.subtract(exact.total(parts), abs(carried)) == total


def _shown(value: Decimal, unit: str | None) -> str:
    return f"{value:,f}{'円' if unit == YEN else ''}"
