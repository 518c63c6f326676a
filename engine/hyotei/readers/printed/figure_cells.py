"""The cells below headings of measures: of which role and year each is a figure."""

from dataclasses import replace
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.printed.form_blocks import FormCell
from hyotei.readers.printed.headings import FigureColumn, Header, Kind, heading_of, roles_of
from hyotei.readers.printed.measured_indicators import ROLE_OF, CellFigure, Indicated, Measured, Role
from hyotei.readers.words_of_forms import FormWords
from hyotei.sheet.notes import Notes, joined_notes, reading_note

_YEARS_OF: Final[dict[Kind, Role]] = {
    "baseline_year": "baseline",
    "target_year": "target",
    "actual_year": "actual",
}
RESULTS: Final[tuple[Role, Role]] = ("target", "actual")
MERGED: Final = "reading_notes.merged_cell"
SHARED: Final = "reading_notes.merged_over_indicators"
ESTIMATED: Final = "reading_notes.heading_estimate"


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A cell of a column that holds targets and actuals in turn."""

    indicator: Indicated
    cell: FormCell
    roles: list[Kind]
    year: int | None
    notes: Notes


class FigureCells:
    """Gives the cells of one table to its indicators. `years_alone` tells whether its headings are years and nothing else."""

    def __init__(self, header: Header, words: FormWords, years_alone: bool, found: Measured) -> None:
        self.header, self.words, self.years_alone, self.found = header, words, years_alone, found
        self.waiting: list[_Waiting] = []
        self.target_years = {
            each.year
            for each in header.columns.values()
            if roles_of(each.kinds) == ["target"] and not each.final and each.year is not None
        }

    def take(
        self, cell: FormCell, column: FigureColumn, label: Role | None, named: int | None, current: Indicated
    ) -> None:
        """One cell in a column of figures.

        Args:
            label: what the row is labelled as.
            named: the year that the row names before its figures.
            current: the indicator that gets the figures.
        """
        if "achieved" in column.kinds:
            current.achieved.append(cell)
            return
        if "condition" in column.kinds:
            current.condition = cell
            return
        for kind, role in _YEARS_OF.items():
            if kind in column.kinds:
                heading = heading_of(cell, self.words)
                if heading is not None and heading.year is not None:
                    current.years[role] = heading.year
                elif bare(cell.text) not in ("-", "/", "―"):
                    self.found.unread.append(cell)
                return
        if column.unit is not None and current.unit is None:
            current.unit = (column.unit, True)
        roles = roles_of(column.kinds)
        covered = [
            each
            for position in range(cell.column, cell.column + cell.columns)
            if (each := self.header.columns.get(position)) is not None
        ]
        years = list(
            dict.fromkeys(each.year for each in covered if each.year is not None and roles_of(each.kinds) == roles)
        )
        notes = reading_note(MERGED) if len(years) > 1 else (reading_note(ESTIMATED) if column.estimated else ())
        known: list[int | None] = [*years] or [column.year or named]
        # 目標値 over one year is the target as such; over several it is one for each.
        alone = column.final or (len(self.target_years) < len(RESULTS) and named is None)
        for year in known:
            self.figure(cell, roles, year, label, notes, current, alone=alone)

    def shared(self, cell: FormCell) -> None:
        """Notes of all figures of a cell that several indicators share it."""
        for indicator in self.found.indicators:
            indicator.figures = [
                replace(each, notes=joined_notes(each.notes, reading_note(SHARED))) if each.cell is cell else each
                for each in indicator.figures
            ]

    def figure(
        self,
        cell: FormCell,
        roles: list[Kind],
        year: int | None,
        label: Role | None,
        notes: Notes,
        current: Indicated,
        *,
        alone: bool,
    ) -> None:
        if roles == ["baseline"]:
            # Whatever the row is labelled: two that differ are told as candidates.
            current.figures.append(CellFigure("baseline", year, False, cell, notes))
            return
        if roles == ["target"] and label == "actual" and self.years_alone:
            # 成果実績 labels the row of the years; the target stands in a column of its own.
            current.figures.append(CellFigure("target", year, False, cell, notes))
            return
        if len(roles) == 1 and roles[0] == "target" and ((label is None and alone) or year is None):
            current.figures.append(CellFigure("target", year, False, cell, notes))
            return
        yearly = year is not None or roles[:1] in (["yearly_target"], ["yearly_actual"])
        if label is not None:
            current.figures.append(CellFigure(label, year, yearly, cell, notes))
        elif len(roles) == 1:
            current.figures.append(CellFigure(ROLE_OF[roles[0]], year, yearly, cell, notes))
        else:
            self.waiting.append(_Waiting(current, cell, roles, year, notes))

    def settle(self) -> None:
        """Target and actual of columns that hold both, once all rows are known."""
        for indicator in dict.fromkeys(each.indicator for each in self.waiting):
            self._settle(indicator)

    def _settle(self, indicator: Indicated) -> None:
        """From the upper and the lower row of the indicator."""
        mine = [each for each in self.waiting if each.indicator is indicator]
        top = indicator.cell.row
        rows = range(top, top + 2) if indicator.cell.rows == len(RESULTS) else sorted(indicator.rows)
        for each in mine:
            if len(rows) == len(each.roles) and each.cell.row in rows:
                role = ROLE_OF[each.roles[list(rows).index(each.cell.row)]]
                indicator.figures.append(CellFigure(role, each.year, True, each.cell, each.notes))
            else:
                indicator.doubtful.append(each.cell)
