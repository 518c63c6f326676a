"""What the tables of a form tell: its budget years and its objectives, and which of its cells nothing was made of."""

import re
from dataclasses import dataclass, field
from typing import Final

from hyotei.forms.items import states_fact
from hyotei.messages import Diagnostic, Param, Phrase, phrase
from hyotei.readers.evaluation_text.achievement import Achievement
from hyotei.readers.evaluation_text.budget_rows import unit_in
from hyotei.readers.evaluation_text.measures_table import MeasureRow, MeasuresText
from hyotei.readers.evaluation_text.objectives import objectives_of
from hyotei.readers.evaluation_text.text_cells import figure_of
from hyotei.readers.evaluation_text.text_lines import bare, narrow
from hyotei.readers.printed.achievement_claims import claimed
from hyotei.readers.printed.form_blocks import FormCell
from hyotei.readers.printed.form_budget import budget_of
from hyotei.readers.printed.form_cells import cells_of
from hyotei.readers.printed.form_facts import Stated
from hyotei.readers.printed.form_measures import FormMeasures
from hyotei.readers.printed.form_text import Form
from hyotei.readers.printed.grid import Grid, plain
from hyotei.readers.printed.headings import heading_of
from hyotei.readers.printed.indicator_rows import measured
from hyotei.readers.printed.labelled_cells import evaluated_title, first_values, labelled
from hyotei.readers.printed.measure_facts import MeasureFacts
from hyotei.readers.printed.measured_indicators import Measured
from hyotei.readers.words_of_forms import FormWords
from hyotei.sheet.models import BudgetYear, Indicator, Objective, Sheet
from hyotei.sheet.units import YEN

_LONGEST_FIGURE: Final = 120
_HEAD: Final = 5
"""Lines among which the title of a document stands."""
_POLICY_LABEL: Final = re.compile("(?:政策|施策)(?:分野)?名(?:称)?")
_WORKED_OUT: Final = phrase("printed_forms.worked_out")
_NO_FIGURES: Final = phrase("printed_forms.no_column_of_figures")


@dataclass
class FormTables:
    """The tables of one form."""

    form: Form
    found: set[tuple[int, int, int]] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    stated: list[Stated] = field(default_factory=list)
    """Facts and recorded results beside their labels."""
    title_is_labelled: bool = False
    """Whether the title among the labels counts before what follows 政策名 in the text; where 政策名 is its label, the text knows
    its number and field as well.
    """
    near: int = 2000
    """A year near which those of the form are."""

    def labels(self) -> dict[str, tuple[str, int]]:
        """The texts and lines of labelled values, by the item that the form says they are."""
        found = labelled(self.form, self.near)
        values = first_values(found)
        lines = [line.plain for line in self.form.document.lines if not line.blank]
        title = evaluated_title(found, bare("\n".join(lines[:_HEAD])))
        if title is not None:
            values["title"] = title
            self.title_is_labelled = _POLICY_LABEL.fullmatch(title.label) is None
        self.found |= {key for each in values.values() for key in each.cells}
        self.stated = [
            Stated(item, each.text, self.form.document.place(each.line), bare(each.row.printed)[:40])
            for item, each in values.items()
            if states_fact(item)
        ]
        return {item: (each.text, each.line) for item, each in values.items()}

    def used(self) -> set[int]:
        """The lines of the cells that were understood."""
        return {line.number for key in self.found for line in self.form.lines.get(key, ())}

    def actual_years(self, near: int) -> set[int]:
        """The years of which the tables of measures print actual figures."""
        words = FormWords(self.form.document.form, near)
        return {
            figure.year
            for grid in self.form.grids
            for indicator in measured(grid, words, set()).indicators
            for figure in indicator.figures
            if figure.role == "actual" and figure.year is not None and any(map(str.isdigit, figure.cell.text))
        }

    def budget(self, near: int, evaluated: int, problems: list[Diagnostic]) -> tuple[BudgetYear, ...] | None:
        self.near = near
        known = budget_of(self.form, FormWords(self.form.document.form, near), evaluated, problems)
        if known is None:
            return None
        years, cells = known
        self.found |= cells
        self.read.add("budget")
        return years

    def objectives(
        self, near: int, evaluated: int, title: str, items: list[Achievement], problems: list[Diagnostic]
    ) -> tuple[Objective, ...] | None:
        """The objectives of all tables of measures together, in the order of the form."""
        tables: list[tuple[int, Measured]] = []
        for number, grid in enumerate(self.form.grids):
            excluded = {(row, column) for each, row, column in self.found if each == number}
            read = measured(grid, FormWords(self.form.document.form, near, evaluated), excluded)
            self.found |= {(number, row, column) for row, column in read.used}
            if read.indicators or read.unread:
                tables.append((number, read))
        # Rows of which no cell is a figure of any kind name no indicator; what stands in them is told.
        listed = [
            (number, each)
            for number, read in tables
            for each in read.indicators
            if each.figures or each.stated or not (each.doubtful or _across(each.cell, self.form.grids[number]))
        ]
        self.tell(tables, problems)
        if not listed:
            return None
        self.read.add("measures")
        text = MeasuresText()
        rows: list[tuple[MeasureRow, Indicator]] = []
        last: FormCell | None = None
        facts = MeasureFacts(self.form.document.form, self.form.document.file, evaluated, problems)
        for number, each in listed:
            line = self.form.of(number, each.cell)[0].number
            if each.objective is not None and (last is None or not _same(last, each.objective)):
                name = narrow("".join(part.strip() for part in each.objective.text.splitlines()))
                at = self.form.of(number, each.objective)[0].number
                text.objectives.append((name, at, len(rows)))
                last = each.objective
            row = MeasureRow(each.name, line, each.number, position=len(rows))
            text.rows.append(row)
            reader = FormMeasures(self.form, number, near, evaluated, problems)
            measures = reader.measures(each)
            indicator = Indicator(number=each.number, name=each.name, main=each.main, measures=measures)
            of_table = [other for table, other in listed if table == number]
            rows.append((row, facts.put(indicator, each, of_table)))
        told: list[Diagnostic] = []
        objectives = objectives_of(text, items, rows, title, self.form.document, told)
        claims = claimed(objectives, [(number, each) for number, each in listed], self.form, problems)
        # What the text does not claim may stand in a column of the table.
        unclaimed = {each.name[:30] for each in claims if each.claim is None}
        problems += [each for each in told if each.code != "HY274" or each.params.get("name") in unclaimed]
        return claims

    def left(self, sheet: Sheet | None, problems: list[Diagnostic]) -> None:
        """Figures in tables of which nothing was made, one problem for each stretch of rows.

        Where no table gave the measures of the sheet they were looked for in the text of all tables, and so was the budget:
        what came from there is not told again.
        """
        if sheet is None or ("measures" not in self.read and sheet.objectives):
            return
        money = "budget" not in self.read and bool(sheet.budget_years)
        for number, grid in enumerate(self.form.grids):
            run: list[FormCell] = []
            last = -2
            for row in grid.rows:
                cells = [cell for cell in grid.starting(row) if self.is_left(number, cell, money)]
                if cells and row > last + 1:
                    self.stretch(number, run, problems)
                    run = []
                if cells:
                    run += cells
                    last = row
            self.stretch(number, run, problems)

    def is_left(self, number: int, cell: FormCell, money: bool) -> bool:
        """Whether nothing was made of a figure; of amounts of money nothing is said where `money` came from the text."""
        if (number, cell.row, cell.column) in self.found or len(cell.text) > _LONGEST_FIGURE:
            return False
        if unit_in(plain(cell)) is not None:  # 千円 alone is a unit, not a thousand yen
            return False
        held = cells_of(self.form.of(number, cell), self.near)
        if not held or not all(each.figure for each in held):
            return False
        quantities = [figure_of(item.text) for each in held for item in each.items]
        return any(
            each is not None and each.value is not None and not (money and each.unit in (None, YEN))
            for each in quantities
        )

    def stretch(self, number: int, cells: list[FormCell], problems: list[Diagnostic]) -> None:
        if cells:
            at = self.form.document.at(self.form.of(number, cells[0])[0].number)
            params = {"text": bare(cells[0].text)[:40], "count": f"{len(cells):,}"}
            problems.append(Diagnostic("HY845", at, dict(params)))

    def tell(self, tables: list[tuple[int, Measured]], problems: list[Diagnostic]) -> None:
        """Cells of the tables that were read as nothing."""
        for number, read in tables:
            for cell in read.unread:
                self.one(number, cell, "HY842", problems)
            for cell in read.aside.values():
                line = self.form.of(number, cell)[0].number
                params: dict[str, Param] = {"text": bare(cell.text)[:40], "why": self.why_aside(cell)}
                problems.append(Diagnostic("HY267", self.form.document.at(line), params))
            for each in read.indicators:
                for cell in each.doubtful:
                    line = self.form.of(number, cell)[0].number
                    said: dict[str, Param] = {"name": each.name[:30], "text": bare(cell.text)[:40]}
                    problems.append(Diagnostic("HY843", self.form.document.at(line), said))

    def why_aside(self, cell: FormCell) -> Phrase:
        """Why a column or row of a table is not read."""
        heading = heading_of(cell, FormWords(self.form.document.form, self.near))
        return _WORKED_OUT if heading is not None and heading.kind == "rate" else _NO_FIGURES

    def one(self, number: int, cell: FormCell, code: str, problems: list[Diagnostic]) -> None:
        line = self.form.of(number, cell)[0].number
        problems.append(Diagnostic(code, self.form.document.at(line), {"text": bare(cell.text)[:40]}))
        self.found.add((number, cell.row, cell.column))


def _across(cell: FormCell, grid: Grid) -> bool:
    """Whether a cell goes over the whole width of a table, as the heading of a part does."""
    return cell.columns >= len(grid.columns)


def _same(first: FormCell, second: FormCell) -> bool:
    return first is second or bare(first.text) == bare(second.text)
