"""Changes to a table as a person makes them in a grid: many cells at once, rows and columns added, copied, moved, taken out.

Lines that say the same afterwards keep their characters. Rows count from 0, the header is row -1; columns count from 0.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple, get_args

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.blocks import TableBlock
from hyotei.rulebook.edit import replace_lines
from hyotei.rulebook.row_layout import join, refit, segments
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.table_text import Alignment, escape_cell

HEADER: Final = -1
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 100
_BLANK: Final = "   "
_DASHES: Final = " --- "

Action = Literal["add", "copy", "back", "on", "delete"]
"""To put a blank one behind, to put a copy behind, to move it one place back or on, to take it out."""
ACTIONS: Final[tuple[Action, ...]] = get_args(Action)
Cells = Mapping[tuple[int, int], str]
"""Texts by row and column."""


class _Row(NamedTuple):
    """A line of the table: what stands before it, and what stands between its pipes."""

    indent: str
    cells: list[str]


class Grid:
    """A table that is being changed; `document` gives the document with it."""

    def __init__(self, document: RulebookText, table: TableBlock) -> None:
        self._document, self._table = document, table
        numbers = [table.first_line, table.delimiter_line, *(row.line for row in table.rows)]
        self._alignments: list[Alignment | None] = list(table.alignments)
        self._written = [document.line(number) for number in numbers]
        rows = [_Row(*segments(line)) for line in self._written]
        width = len(self._alignments)
        self._lines = [self._padded(row, width) for row in rows]
        self._same = [(line, row) for line, row in zip(self._written, self._lines, strict=True)]

    def _padded(self, row: _Row, width: int) -> _Row:
        return _Row(row.indent, [*row.cells, *[_BLANK] * (width - len(row.cells))])

    @property
    def rows(self) -> int:
        """How many rows there are below the header."""
        return len(self._lines) - 2

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self._alignments)

    def set(self, cells: Cells) -> None:
        """Writes texts into cells; those that are not there are passed over. Line ends become blanks."""
        for (row, column), text in cells.items():
            if HEADER <= row < self.rows and 0 <= column < self.columns:
                line = self._lines[0 if row == HEADER else row + 2]
                if escape_cell(text) != line.cells[column].strip():
                    line.cells[column] = refit(line.cells[column], text, self._alignments[column])

    def paste(self, row: int, column: int, texts: Sequence[Sequence[str]]) -> None:
        """Writes a block of texts with its first cell at a place; rows and columns that are missing are added.

        Raises:
            HyoteiError: the table would have more rows or columns than one can have here (HY028).
        """
        width = max((len(each) for each in texts), default=0)
        if row + len(texts) > MOST_ROWS or column + width > MOST_COLUMNS:
            raise HyoteiError(Diagnostic("HY028", params={"rows": MOST_ROWS, "columns": MOST_COLUMNS}))
        while self.columns < column + width:
            self.column("add", self.columns - 1)
        while self.rows < row + len(texts):
            self.row("add", self.rows - 1)
        self.set(
            {(row + down, column + right): text for down, line in enumerate(texts) for right, text in enumerate(line)}
        )

    def replace(self, texts: Sequence[Sequence[str]]) -> None:
        """Makes the whole table say other texts, the header first; of no text it stays as it is.

        Raises:
            HyoteiError: as `paste`.
        """
        if texts:
            width = max(len(each) for each in texts)
            while self.columns > max(width, 1):
                self.column("delete", self.columns - 1)
            del self._lines[len(texts) + 1 :]
            self.paste(HEADER, 0, [[*each, *[""] * (width - len(each))] for each in texts])

    def row(self, action: Action, at: int) -> int:
        """Does something to a row; the row that is meant afterwards.

        What follows the header may be added behind it (`at` = -1). A new row has the next number in its first cell where all
        rows have whole numbers there.
        """
        if not (0 <= at < self.rows or (action == "add" and at == HEADER)):
            return at
        place = at + 2
        if action in ("add", "copy"):
            model = self._lines[place if at != HEADER else 0]
            label = self._next_label()
            cells = list(model.cells) if action == "copy" else self._blank(model)
            if label and cells:
                cells[0] = refit(cells[0], label, self._alignments[0])
            self._lines.insert(place + 1, _Row(model.indent, cells))
            return at + 1
        if action == "delete":
            self._lines.pop(place)
            return min(at, self.rows - 1)
        target = at - 1 if action == "back" else at + 1
        if 0 <= target < self.rows:
            self._lines.insert(target + 2, self._lines.pop(place))
            return target
        return at

    def column(self, action: Action, at: int) -> int:
        """Does something to a column; the column that is meant afterwards. The first one, with the numbers, stays where it is."""
        if not 0 <= at < self.columns or (at == 0 and action != "add"):
            return at
        order: list[int | None] = list(range(self.columns))
        meant = at
        if action in ("add", "copy"):
            order.insert(at + 1, at if action == "copy" else None)
            meant = at + 1
        elif action == "delete":
            order.pop(at)
            meant = min(at, self.columns - 2)
        else:
            target = at - 1 if action == "back" else at + 1
            if not 0 < target < self.columns:
                return at
            order.insert(target, order.pop(at))
            meant = target
        width = self.columns
        self._alignments = [None if was is None else self._alignments[was] for was in order]
        for number, row in enumerate(self._lines):
            blank = _DASHES if number == 1 else _BLANK
            cells = [blank if was is None else row.cells[was] for was in order] + row.cells[width:]
            self._lines[number] = _Row(row.indent, cells)
        return meant

    def document(self) -> RulebookText:
        """The document with the table as it is now."""
        kept = {id(row): line for line, row in self._same}
        before = {id(row): list(segments(line)[1]) for line, row in self._same}
        lines = []
        for row in self._lines:
            line = kept.get(id(row))
            same = (
                line is not None
                and [*before[id(row)], *[_BLANK] * (len(row.cells) - len(before[id(row)]))] == row.cells
            )
            lines.append(line if same and line is not None else join(row.indent, row.cells))
        return replace_lines(self._document, self._table.first_line, self._table.last_line, lines)

    def _blank(self, model: _Row) -> list[str]:
        return [
            refit(cell if len(cell) <= 60 else _BLANK, "", of)
            for cell, of in zip(model.cells, self._of(model), strict=True)
        ]

    def _of(self, row: _Row) -> list[Alignment | None]:
        return [*self._alignments, *[None] * (len(row.cells) - len(self._alignments))]

    def _next_label(self) -> str:
        labels = [row.cells[0].strip() for row in self._lines[2:] if row.cells]
        numbers = [int(each) for each in labels if each.isascii() and each.isdigit()]
        return str(max(numbers, default=0) + 1) if len(numbers) == len(labels) else ""


def copied_texts(text: str) -> list[list[str]]:
    """The cells of a text that a spreadsheet copied: tabs between cells, line ends between rows, quotes where they are needed."""
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), dialect="excel-tab", strict=True))
    except csv.Error:
        found = [line.split("\t") for line in text.splitlines()]
    while found and found[-1] in ([], [""]):
        found.pop()
    return found


def copyable_text(table: TableBlock) -> str:
    """The whole table, its header first, as a spreadsheet takes it from the clipboard."""
    written = io.StringIO(newline="")
    csv.writer(written, dialect="excel-tab", lineterminator="\n").writerows(
        [[cell.text for cell in row.cells] for row in (table.header, *table.rows)]
    )
    return written.getvalue()
