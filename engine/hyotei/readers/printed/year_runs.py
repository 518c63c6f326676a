"""The columns of a table that a row of years heads: which columns each year covers, and what is said of it above and below."""

from collections.abc import Iterable
from dataclasses import field, replace

from hyotei.forms.model import Form
from hyotei.lazy_dataclass import dataclass
from hyotei.readers.evaluation_text.budget_meaning import MEANINGS
from hyotei.readers.evaluation_text.year_heading import YearHeading, word_of, year_heading
from hyotei.readers.printed.form_blocks import FormCell
from hyotei.readers.printed.grid import Grid, close
from hyotei.readers.words_of_forms import FormWords


@dataclass(slots=True)
class Run:
    """Years beside each other in one row, each one once."""

    row: int
    columns: dict[int, YearHeading] = field(default_factory=dict)
    """For each column that they cover, its year."""
    cells: list[FormCell] = field(default_factory=list)
    last: bool = True
    """Whether no more years follow in the row."""

    @property
    def first(self) -> int:
        return min(self.columns)

    @property
    def headings(self) -> tuple[YearHeading, ...]:
        """The years from left to right."""
        return tuple(dict.fromkeys(self.columns.values()))


def runs_of_years(grid: Grid, row: int, words: FormWords) -> list[Run]:
    """The runs of years that begin in a row; a year that comes again begins a new one."""
    runs: list[Run] = []
    for cell in grid.starting(row):
        heading = year_heading(cell.text, words)
        if heading is None or heading.word is None:
            continue
        covered = range(cell.column, min(cell.column + cell.columns, grid.columns.stop))
        if not runs or any(_alike(heading, each) for each in runs[-1].headings):
            for each in runs:
                each.last = False
            runs.append(Run(row))
        runs[-1].columns |= dict.fromkeys(covered, heading)
        runs[-1].cells.append(cell)
    return runs


def worded(grid: Grid, run: Run, until: int, form: Form) -> Run:
    """The run, with the words that stand right above its years, or below them before row `until`, added to them."""
    columns: dict[int, YearHeading] = {}
    for column, heading in run.columns.items():
        for row in (run.row - 1, *range(run.row + 1, until)):
            cell = grid.at(row, column)
            word = word_of(close(cell), form) if cell is not None and cell.row == row else None
            if cell is not None and word in MEANINGS and heading.word == "plain":
                heading = replace(heading, word=word, text=f"{heading.text} {cell.text}")
        columns[column] = heading
    return replace(run, columns=columns)


def stretches(grid: Grid, run: Run, row: int) -> Iterable[tuple[int, FormCell]]:
    """The cells over a row in the columns of a run, each with the column in which it is met, from left to right."""
    for column in run.columns:
        cell = grid.at(row, column)
        if cell is not None and cell.row > run.row:
            yield column, cell


def _alike(first: YearHeading, second: YearHeading) -> bool:
    return (first.year, first.word) == (second.year, second.word)
