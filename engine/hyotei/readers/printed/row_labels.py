"""What stands before the figures of a row: the name of its indicator, whether they are targets or actuals, and their year."""

import re
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.readers.printed.form_blocks import FormCell
from hyotei.readers.printed.grid import Grid, close
from hyotei.readers.printed.headings import Header, Heading, Kind, closes, heading_of, roles_of
from hyotei.readers.printed.measured_indicators import ROLE_OF, Role
from hyotei.readers.words_of_forms import FormWords

NUMBER: Final = re.compile(r"[(\[]?[0-9]{1,3}[)\].．]?|[①-⑳]")
"""The number of an indicator in a cell of its own."""

_OTHERS: Final[frozenset[Kind]] = frozenset(("rate", "stated"))
"""What a row is labelled as besides targets and actuals."""


@dataclass(frozen=True, slots=True)
class RowLabels:
    """Reads the cells before the figures of the rows below one header."""

    grid: Grid
    header: Header
    words: FormWords

    @property
    def years_alone(self) -> bool:
        """Whether some columns are those of years only, so that the labels of rows say what their figures are."""
        return any(column.year is not None and not roles_of(column.kinds) for column in self.header.columns.values())

    def beside(self, row: int) -> list[FormCell]:
        """The cells before the figures of a row that are neither headings nor the names of parts."""
        found: list[FormCell] = []
        for cell in self.grid.left_of(row, self.header.first):
            if cell.column in self.header.others or cell.row < self.header.rows.start or closes(cell, self.words.form):
                continue
            if self.header.objectives is not None and cell.column in self.header.objectives:
                continue
            if heading_of(cell, self.words) is None:
                found.append(cell)
        return found

    def name(self, row: int) -> list[FormCell] | None:
        """The cells that name the indicator of a row."""
        if self.header.names is not None:
            columns = self.header.names
            cells = [cell for column in columns if (cell := self.grid.at(row, column)) is not None]
            named = [
                cell for cell in dict.fromkeys(cells) if cell.row >= self.header.rows.start and self.may_name(cell)
            ]
        else:
            named = self.beside(row)[-2:]
            if len(named) == 2 and not NUMBER.fullmatch(close(named[0])):
                named = named[1:]
        worded = [cell for cell in named if not NUMBER.fullmatch(close(cell))]
        return named if worded else None

    def may_name(self, cell: FormCell) -> bool:
        """Whether a cell in the column of names is one: no heading, except that an indicator may be called 達成率.

        It is where the columns say what the figures are, or another cell of the row does.
        """
        heading = heading_of(cell, self.words)
        if heading is None:
            return True
        others = [heading_of(each, self.words) for each in self.grid.starting(cell.row) if each is not cell]
        labelled = any(each is not None and each.kind in ROLE_OF for each in others)
        return heading.kind == "rate" and cell.row >= self.header.rows.stop and (labelled or not self.years_alone)

    def role(self, row: int) -> Role | None:
        """Whether a row is labelled as that of targets or of actuals; in the column of objectives 目標 is a name."""
        label = self.label(row)
        return None if label is None or label[1].kind in _OTHERS else ROLE_OF[label[1].kind]

    def label(self, row: int) -> tuple[FormCell, Heading] | None:
        """The label that says what the figures of a row are."""
        for cell in reversed(self.grid.left_of(row, max(self.header.columns) + 1)):
            if cell.row == row and cell.column not in (self.header.objectives or ()):
                heading = heading_of(cell, self.words)
                named = cell.column in (self.header.names or ()) and self.may_name(cell)
                if heading is not None and not named and (heading.kind in ROLE_OF or heading.kind in _OTHERS):
                    return cell, heading
        return None

    def year(self, row: int) -> int | None:
        """The year that stands before the figures of a row."""
        for cell in reversed(self.grid.left_of(row, self.header.first)):
            heading = heading_of(cell, self.words) if cell.row >= self.header.rows.stop else None
            if heading is not None and heading.kind == "year":
                return heading.year
        return None
