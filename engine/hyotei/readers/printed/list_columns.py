"""The columns of a list: which row of a table heads it, and which item of the form each column holds."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Final

from hyotei.forms.items import FIGURES_OF_MEASURES, NONE, states_fact
from hyotei.forms.model import Form, Row
from hyotei.readers.evaluation_text.text_lines import bare, narrow
from hyotei.readers.evaluation_text.year_heading import year_heading
from hyotei.readers.printed.form_blocks import FormCell
from hyotei.readers.printed.grid import Grid, close
from hyotei.readers.printed.headings import unit_at_end
from hyotei.readers.words_of_forms import FormWords

_DEEPEST: Final = 40
"""Rows among which the headings of a list stand."""
_LEVELS: Final = 3
"""Rows over which headings go at most."""
_LEAST: Final = 2
_LONGEST: Final = 400
"""Characters of a heading at most; longer texts are prose."""
_LONGEST_WORDS: Final = 40
_YEAR_IN: Final = re.compile(r"(?:平成|令和|昭和|[HRS]\.?)?(?:[0-9]{1,4}|元)年度?|[HR][0-9]{1,2}(?![0-9])")
_UNIT_ALONE: Final = re.compile(r"[(\[][^()\[\]]*[)\]]|単位:?.*")
_UNIT_AT_END: Final = re.compile(r"[(\[][^()\[\]]*[)\]]$")


@dataclass(frozen=True)
class ListColumn:
    """A column: its place, the row of the form, its heading, its unit, and the year of its figures.

    `year` is a fiscal year where the heading names one, `offset` by how many years it is later than the evaluated one.
    """

    column: int
    row: Row
    heading: FormCell
    unit: str | None = None
    year: int | None = None
    offset: int | None = None

    @cached_property
    def kind(self) -> str:
        """The first word of the item: `budget`, `indicator`, `output`, or the whole item."""
        return re.split(r"[ .]", self.row.item, maxsplit=1)[0]

    @property
    def holds_figures(self) -> bool:
        """Whether its cells are figures of a year, amounts or figures of measures."""
        return self.kind == "budget" or self.field in FIGURES_OF_MEASURES

    @cached_property
    def words(self) -> str:
        """The heading for the places of figures."""
        return narrow(self.heading.text)[:_LONGEST_WORDS]

    @cached_property
    def group(self) -> str:
        """Of an indicator the name of its group in the form."""
        return self.row.item.rpartition(".")[0].partition(" ")[2]

    @cached_property
    def field(self) -> str:
        return self.row.item.rpartition(".")[2]


@dataclass
class ListHeader:
    """The headings of a list: their rows, the columns that the form knows, and the headings of the others."""

    rows: range
    columns: list[ListColumn] = field(default_factory=list)
    others: list[FormCell] = field(default_factory=list)

    @cached_property
    def by_item(self) -> dict[str, list[ListColumn]]:
        """The columns of each item."""
        return _grouped((column.row.item, column) for column in self.columns)

    @cached_property
    def by_kind(self) -> dict[str, list[ListColumn]]:
        """The columns of each kind."""
        return _grouped((column.kind, column) for column in self.columns)

    @cached_property
    def of_facts(self) -> list[ListColumn]:
        """The columns of facts and recorded results."""
        return [column for column in self.columns if states_fact(column.row.item)]

    @cached_property
    def by_group(self) -> dict[str, dict[str, list[ListColumn]]]:
        """The columns of each kind by their groups."""
        return {kind: _grouped((column.group, column) for column in each) for kind, each in self.by_kind.items()}


def _grouped(named: Iterable[tuple[str, ListColumn]]) -> dict[str, list[ListColumn]]:
    found: dict[str, list[ListColumn]] = {}
    for name, column in named:
        found.setdefault(name, []).append(column)
    return found


def list_header(grid: Grid, form: Form, near: int) -> ListHeader | None:
    """The headings of a list; None where no row has at least two different items of the form."""
    rows = [(row, re.compile(row.pattern)) for row in form.rows("list")]
    words = FormWords(form, near)

    @cache
    def known(text: str) -> tuple[Row, ...]:
        """The rows whose words a text is."""
        found = [row for row, pattern in rows if pattern.fullmatch(text)]
        return tuple(row for row in found if row.pattern == found[0].pattern)

    @cache
    def matches(texts: tuple[str, ...]) -> tuple[Row, ...]:
        """The rows whose words headings from the top down are: the lowest alone, or with those above it."""
        for first in range(len(texts) - 1, -1, -1):
            text = "".join(texts[first:])
            for each in (text, _UNIT_AT_END.sub("", text)) if text[-1:] in (")", "]") else (text,):
                found = known(each) if len(each) <= _LONGEST else ()
                if found:
                    return found
        return ()

    shown: dict[tuple[int, int], str] = {}

    def matching(stack: Sequence[FormCell]) -> tuple[Row, ...]:
        for cell in stack:
            if (cell.row, cell.column) not in shown:
                shown[cell.row, cell.column] = close(cell)
        return matches(tuple(shown[cell.row, cell.column] for cell in stack))

    best: tuple[tuple[int, int, int], ListHeader] | None = None
    for last in range(grid.rows.start, min(grid.rows.start + _DEEPEST, grid.rows.stop)):
        for levels in range(1, _LEVELS + 1):
            first = last - levels + 1
            if first < grid.rows.start:
                break
            header = _header(grid, range(first, last + 1), matching, words)
            items = len({column.row.item for column in header.columns})
            # Of as many items those headings count that say more years: 令和5年度 may stand in a row of its own above them. Over a
            # column of names it is the title of the list, and what stands beside that is no heading either (単位：千円).
            rank = (items, sum(column.year is not None for column in header.columns if column.holds_figures), -levels)
            if items >= _LEAST and (best is None or rank > best[0]):
                best = (rank, header)
    return None if best is None else best[1]


def _header(
    grid: Grid, rows: range, matching: Callable[[Sequence[FormCell]], tuple[Row, ...]], words: FormWords
) -> ListHeader:
    header = ListHeader(rows)
    seen: dict[str, int] = {}
    for column in grid.columns:
        stack = _stack(grid, rows, column)
        if not stack:
            continue
        matches = matching(stack)
        if not matches:
            header.others.append(stack[-1])
            continue
        # Of several rows with the same words each counts for its own occurrences.
        nth = seen[matches[0].pattern] = seen.get(matches[0].pattern, 0) + 1
        row = next((each for each in matches if not each.occurrences or nth in each.occurrences), None)
        if row is None:
            header.others.append(stack[-1])
        elif row.item != NONE:
            header.columns.append(_column(column, row, stack, nth, words))
    return header


def _stack(grid: Grid, rows: range, column: int) -> list[FormCell]:
    """The headings over a column, from the top down, each once; the title of the whole list is none."""
    found: list[FormCell] = []
    for row in rows:
        cell = grid.at(row, column)
        title = cell is not None and row < rows.stop - 1 and _stands_alone(grid, cell)
        if cell is not None and not title and cell.columns < len(grid.columns) and (not found or found[-1] is not cell):
            found.append(cell)
    return found


def _stands_alone(grid: Grid, cell: FormCell) -> bool:
    """Whether a cell over one column is all that its row says but for a unit: the title of a list, in whichever column."""
    others = [each for each in grid.starting(cell.row) if each is not cell and not is_unit_alone(each.text)]
    return not others and cell.columns == cell.rows == 1


def _column(column: int, row: Row, stack: Sequence[FormCell], nth: int, words: FormWords) -> ListColumn:
    offset = None
    if row.years:
        position = row.occurrences.index(nth) if row.occurrences else nth - 1
        offset = row.years[position] if len(row.years) > 1 else row.years[0]
    # A unit alone above a heading is that of the whole list; below it, that of the column.
    units = (unit_at_end(cell.text) for cell in reversed(stack) if cell is stack[-1] or not is_unit_alone(cell.text))
    unit = next((each for each in units if each is not None), None)
    return ListColumn(column, row, stack[-1], unit or row.unit or None, _year(stack, words), offset)


def is_unit_alone(text: str) -> bool:
    """Whether a cell says a unit and nothing else: （単位：千円）."""
    return _UNIT_ALONE.fullmatch(bare(text)) is not None


def _year(stack: Sequence[FormCell], words: FormWords) -> int | None:
    for cell in reversed(stack):
        for match in _YEAR_IN.finditer(bare(cell.text)):
            heading = year_heading(match.group(), words)
            if heading is not None:
                return heading.year
    return None
