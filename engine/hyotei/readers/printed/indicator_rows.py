"""The indicators of a table of measures: which rows are of one indicator, and which of its cells are figures."""

import re
from typing import Final

from hyotei.readers.evaluation_text.text_lines import bare, narrow
from hyotei.readers.printed.figure_cells import FigureCells
from hyotei.readers.printed.form_blocks import FormCell
from hyotei.readers.printed.grid import Grid, close, plain
from hyotei.readers.printed.headings import (
    ROLES,
    Header,
    closes,
    headers,
    heading_of,
    mark_below,
    roles_below,
    unit_at_end,
)
from hyotei.readers.printed.indicator_blocks import Title, blocks, title_above
from hyotei.readers.printed.measured_indicators import ROLE_OF, Indicated, Measured, Role, StatedCell, add_block
from hyotei.readers.printed.row_labels import NUMBER, RowLabels
from hyotei.readers.printed.turned_measures import turned, turned_back
from hyotei.readers.words_of_forms import FormWords

_NUMBERED: Final = re.compile(
    r"(?P<number>[0-9]{1,2})(?:[.．、:)]|\s)\s*(?P<name>\D.+)|(?P<circled>[①-⑳])\s*(?P<rest>.+)", re.DOTALL
)
_OBJECTIVE: Final = re.compile(r"(?:達成|施策)目標[0-9①-⑳]{1,2}(?:-[0-9]+)*[:.、 ]?.*", re.DOTALL)
_FOOTNOTE: Final = re.compile(r"[※*]|\(?注|\(※")
_MARKED: Final = ("○", "◯", "〇", "◎", "●", "主要")


def measured(grid: Grid, words: FormWords, excluded: set[tuple[int, int]]) -> Measured:
    """The indicators of a grid; none where it has no headings of measures."""
    found = _upright(grid, words, excluded)
    if not found.indicators:
        for part in turned(grid, words, excluded):
            found.add(turned_back(_upright(part, words, set()), grid))
    return found


def _upright(grid: Grid, words: FormWords, excluded: set[tuple[int, int]]) -> Measured:
    """The indicators of a grid in which each is a row, some rows, or a block."""
    found = Measured()
    listed = list(headers(grid, words, excluded))
    titles = [title_above(grid, header.rows.start, words) for header in listed]
    for position, header in enumerate(listed):
        stop = grid.rows.stop
        if position + 1 < len(listed):
            following = titles[position + 1]
            stop = listed[position + 1].rows.start if following is None else following[1]
        reader = _Rows(grid, header, stop, words, excluded, found)
        if not reader.plausible():
            continue
        found.used |= {(cell.row, cell.column) for row in header.rows for cell in grid.starting(row)}
        title = titles[position]
        if title is not None:
            between = range(title[1] + 1, header.rows.start)
            found.used |= {(cell.row, cell.column) for row in between for cell in grid.starting(row)}
        reader.read(None if title is None else title[0])
    if not found.indicators:
        for block in blocks(grid, words, excluded):
            add_block(found, block)
    return found


class _Rows:
    """Reads the rows below one header."""

    def __init__(
        self, grid: Grid, header: Header, stop: int, words: FormWords, excluded: set[tuple[int, int]], found: Measured
    ) -> None:
        self.grid, self.header, self.words, self.found, self.excluded = grid, header, words, found, excluded
        self.labels = RowLabels(grid, header, words)
        self.rows = range(header.rows.stop, self.end(header.rows.stop, stop))
        self.cells = FigureCells(header, words, self.labels.years_alone, found)
        self.objective: FormCell | None = _above(grid, header, found)

    def end(self, start: int, stop: int) -> int:
        """Where another part of the form begins."""
        for row in range(start, stop):
            if self.years_anew(row) or any(
                (closes(cell, self.words.form) and cell.column <= self.header.first)
                or (row, cell.column) in self.excluded
                for cell in self.grid.starting(row)
            ):
                return row
        return stop

    def years_anew(self, row: int) -> bool:
        """Whether a row of years below figures begins a table of something else."""
        columns = self.header.columns
        cells = [
            cell for cell in self.grid.starting(row) if cell.column in columns and not columns[cell.column].year_of
        ]
        headings = [heading_of(cell, self.words) for cell in cells]
        return len(cells) > 1 and all(each is not None and each.kind == "year" for each in headings)

    def plausible(self) -> bool:
        """Whether the columns, or the rows, are those of measures: years alone are the headings of many tables."""
        kinds = {kind for column in self.header.columns.values() for kind in column.kinds}
        if (
            kinds & {"both", "both_turned", "yearly_target", "yearly_actual", "baseline"}
            or {"target", "actual"} <= kinds
        ):
            return True
        if not kinds & {"target", "actual"}:
            return self.labels.years_alone and roles_below(self.grid, self.header.rows.stop - 1, self.words)
        return self.header.names is not None

    def read(self, title: Title | None = None) -> None:
        """The rows; `title` names the indicator of a block whose rows do not."""
        current: Indicated | None = None
        for row in self.rows:
            cells = self.grid.starting(row)
            if not cells:
                continue
            if self.aside(row, cells):
                continue
            name = self.labels.name(row)
            if name is not None and (current is None or not self.same(current, name, row)):
                first = current is None
                current = self.indicator(row, name)
                if first:
                    self.beside_header(current)
            if current is None and title is not None:
                current = self.titled(title)
            if current is None:
                self.found.unread += [cell for cell in cells if cell.column in self.header.columns]
                continue
            current.rows.add(row)
            self.row(row, current)
        self.cells.settle()

    def aside(self, row: int, cells: list[FormCell]) -> bool:
        """Whether a row is no row of figures: an objective over the width of the table, a footnote, or a label with words over all
        columns of figures (総合評価 and its reason below a table), which would else be an indicator without values.
        """
        columns = self.header.columns
        if any(
            cell.column not in columns and all(cell.column < column < cell.column + cell.columns for column in columns)
            for cell in cells[1:]
        ):
            self.found.unread += [cell for cell in cells if (cell.row, cell.column) not in self.found.used]
            return True
        if len(cells) != 1 or cells[0].column > self.header.first:
            return False
        text = plain(cells[0])
        if _OBJECTIVE.fullmatch(text) and (self.header.objectives is None or cells[0].columns > 1):
            self.objective = cells[0]
            self.found.used.add((row, cells[0].column))
            return True
        return _FOOTNOTE.match(text) is not None

    def same(self, current: Indicated, name: list[FormCell], row: int) -> bool:
        """Whether a row goes on with the indicator of the row above: the same cell, or its name again beside another row label."""
        worded = next(cell for cell in name if not NUMBER.fullmatch(close(cell)))
        if worded is current.cell:
            return True
        return (
            close(worded) == close(current.cell)
            and max(current.rows) == row - 1
            and self.labels.role(row) not in (None, self.labels.role(row - 1))
        )

    def indicator(self, row: int, name: list[FormCell]) -> Indicated:
        worded = [cell for cell in name if not NUMBER.fullmatch(close(cell))]
        number = next((close(cell).strip("()[].．") for cell in name if NUMBER.fullmatch(close(cell))), None)
        for column, kind in self.header.others.items():
            cell = self.grid.at(row, column)
            if cell is not None and kind == "number" and NUMBER.fullmatch(close(cell)):
                number = close(cell).strip("()[].．")
                self.found.used.add((cell.row, cell.column))
        text = " ".join(narrow(_joined(cell.text)) for cell in worded)
        numbered = _NUMBERED.fullmatch(text) if number is None else None
        if numbered is not None:
            number, text = numbered["number"] or numbered["circled"], numbered["name"] or numbered["rest"]
        found = Indicated(text, worded[0], number, self.objective_at(row))
        unit = unit_at_end(text)
        found.unit = (unit, False) if unit is not None else None
        self.found.indicators.append(found)
        self.found.used |= {(cell.row, cell.column) for cell in name}
        return found

    def titled(self, title: Title) -> Indicated:
        """The indicator of a block."""
        found = Indicated(title.name, title.cell, title.number, self.objective)
        unit = unit_at_end(title.name)
        found.unit = (unit, False) if unit is not None else None
        self.found.indicators.append(found)
        self.found.used |= {(cell.row, cell.column) for cell in title.cells}
        return found

    def objective_at(self, row: int) -> FormCell | None:
        """The objective of a row: in its column, or the last one named above."""
        if self.header.objectives is not None:
            for column in self.header.objectives:
                cell = self.grid.at(row, column)
                if cell is not None and cell.row >= self.header.rows.stop:
                    self.objective = cell
                    self.found.used.add((cell.row, cell.column))
        return self.objective

    def row(self, row: int, current: Indicated) -> None:
        """The cells of one row."""
        label = self.labels.label(row)
        if label is not None and label[1].kind == "rate":
            self.rates(row, label[0])
            return
        if label is not None and label[1].item is not None:
            self.stated_row(row, label[0], label[1].item, label[1].unit, current)
            return
        if label is not None and label[1].unit is not None:
            current.unit = (label[1].unit, True)
        role = None if label is None else ROLE_OF[label[1].kind]
        year = self.labels.year(row)
        for cell in self.grid.starting(row):
            if label is not None and cell is label[0]:
                self.found.used.add((cell.row, cell.column))
                continue
            column = self.header.columns.get(cell.column)
            if column is None:
                self.beside_figures(cell, current, year if cell.rows == 1 else None)
                continue
            self.found.used.add((cell.row, cell.column))
            heading = heading_of(cell, self.words)
            if heading is None or heading.kind not in ROLES:
                self.cells.take(cell, column, role, year, current)
        if row == min(current.rows):
            self.shared(row, role, year, current)

    def shared(self, row: int, role: Role | None, year: int | None, current: Indicated) -> None:
        """The figures of cells that are merged downwards from an indicator above: they are those of both."""
        for position, column in self.header.columns.items():
            cell = self.grid.at(row, position)
            above = cell is not None and self.header.rows.stop <= cell.row < min(row, current.cell.row)
            if cell is None or not above or cell.column != position:
                continue
            heading = heading_of(cell, self.words)
            if heading is None or heading.kind not in ROLES:
                self.cells.take(cell, column, role, year, current)
                self.cells.shared(cell)

    def stated_row(self, row: int, label: FormCell, item: str, unit: str | None, current: Indicated) -> None:
        """A row of facts or recorded results, each of the year of its column."""
        for cell in self.grid.starting(row):
            column = self.header.columns.get(cell.column)
            if column is not None and cell is not label:
                words = narrow(plain(label))
                current.stated.append(StatedCell(item, column.year, words, cell, unit))
            elif cell is not label:
                self.beside_figures(cell, current)
            self.found.used.add((cell.row, cell.column))

    def rates(self, row: int, label: FormCell) -> None:
        """A row of rates that follow from targets and actuals; they are told where any is printed."""
        cells = self.grid.starting(row)
        self.found.used |= {(cell.row, cell.column) for cell in cells}
        if any(sign.isdigit() for cell in cells if cell.column in self.header.columns for sign in cell.text):
            self.found.aside.setdefault((label.row, label.column), label)

    def beside_header(self, current: Indicated) -> None:
        """Marks that begin beside the headings of years, and so above the first row."""
        for row in self.header.rows:
            for cell in self.grid.starting(row):
                column = self.header.columns.get(cell.column)
                if not mark_below(self.grid, cell, self.words):
                    continue
                if column is not None and "achieved" in column.kinds:
                    current.achieved.append(cell)
                elif self.header.others.get(cell.column) == "main":
                    current.main = bare(cell.text) in _MARKED
                elif cell.column in self.header.stated:
                    self.beside_figures(cell, current)

    def beside_figures(self, cell: FormCell, current: Indicated, year: int | None = None) -> None:
        """A cell in no column of figures; `year` is that of its row, where it stands in no other."""
        kind = self.header.others.get(cell.column)
        place = (cell.row, cell.column)
        stated = self.header.stated.get(cell.column)
        if stated is not None:
            current.stated.append(StatedCell(stated.item, stated.year or year, stated.words, cell, stated.unit))
            self.found.used.add(place)
        elif kind == "unit":
            current.unit = (plain(cell), True)
            self.found.used.add(place)
        elif kind == "main":
            current.main = bare(cell.text) in _MARKED
            self.found.used.add(place)
        elif kind in ("other", "rate"):
            above = self.grid.at(self.header.rows.stop - 1, cell.column) or cell
            self.found.aside.setdefault((above.row, above.column), above)
            self.found.used.add(place)
        elif kind is not None or heading_of(cell, self.words) is not None or place in self.found.used:
            self.found.used.add(place)
        elif self.header.objectives is None or cell.column not in self.header.objectives:
            self.found.unread.append(cell)


def _above(grid: Grid, header: Header, found: Measured) -> FormCell | None:
    """The objective named in the row above a header, or the last one known."""
    for row in range(header.rows.start - 1, max(grid.rows.start, header.rows.start - 4) - 1, -1):
        for cell in grid.starting(row):
            if _OBJECTIVE.fullmatch(plain(cell)) and len(cell.text) < 300:
                found.used.add((cell.row, cell.column))
                return cell
    return found.indicators[-1].objective if found.indicators else None


def _joined(text: str) -> str:
    return "".join(part.strip() for part in text.splitlines())
