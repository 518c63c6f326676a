"""Proposes the columns of a list: by values of a right reading where there is one, else by headings that other forms know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from hyotei.forms.library import base_form
from hyotei.forms.model import LineIs
from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.form_proposal.figures import printed_value, wanted
from hyotei.readers.form_proposal.form_text import ProposedRow
from hyotei.readers.form_proposal.list_columns import Column, Examples, columns_of, fitting_items, printed_in, text_at
from hyotei.readers.form_proposal.list_indicators import indicator_rows
from hyotei.readers.form_proposal.list_marks import marks_of, siblings_of
from hyotei.readers.printed.grid import Grid, close
from hyotei.readers.printed.headings import unit_at_end
from hyotei.sheet.models import Sheet

_NAMES: Final = ("title", "number", "policy", "field", "goal", "scheme")
_FEWEST: Final = 3
"""Headings of a list at least."""


@dataclass(slots=True)
class ListProposal:
    """The proposed columns, what a line is, and the headings that mean nothing yet."""

    line_is: LineIs
    rows: list[ProposedRow]
    unknown: list[str]
    header: int


def header_row(grid: Grid, sheets: Sequence[Sheet]) -> int | None:
    """The row of headings of a list: the row above the first one that holds the title or number of a sheet, of the widest kind."""
    names = {bare(each) for sheet in sheets for each in (sheet.title, sheet.number) if each}
    first = next((row for row in grid.rows if any(close(cell) in names for cell in grid.starting(row))), None)
    stop = grid.rows.stop if first is None else first
    known = [row for row in range(grid.rows.start, stop) if len(grid.starting(row)) >= _FEWEST]
    if not known:
        return None
    texts = [row for row in known if sum(printed_value(cell.text) is None for cell in grid.starting(row)) >= _FEWEST]
    if first is not None:
        distinct = [(len({close(cell) for cell in grid.starting(row)}), row) for row in texts]
        return max(distinct, default=(0, None))[1]
    return max(((len(grid.starting(row)), -row) for row in texts), default=(0, 0))[1] * -1 if texts else None


def propose_list(grid: Grid, sheets: Sequence[Sheet]) -> ListProposal | None:
    """The columns of a list by the lines whose right reading is known; None where the table is no list of these sheets."""
    header = header_row(grid, sheets)
    if header is None:
        return None
    columns = columns_of(grid, header)
    lines = [_lines_of(grid, header, sheet) for sheet in sheets]
    if not any(lines):
        return None
    several = any(len(each) > 1 for each in lines)
    line_is: LineIs = "indicator" if several else "sheet"
    rows: list[ProposedRow] = []
    taken: set[str] = set()
    examples = [(sheet, each) for sheet, each in zip(sheets, lines, strict=True) if each]
    rows += _names(grid, columns, examples, taken)
    rows += _budget(grid, columns, examples, taken)
    rows += indicator_rows(grid, columns, examples, taken, several)
    headings = [column.heading for column in columns]
    texts = [
        (
            sheet,
            {
                column.heading: text_at(grid, lines[0], column.columns[0])
                for column in columns
                if len(column.columns) == 1
            },
        )
        for sheet, lines in examples
    ]
    rows += marks_of(texts, headings, taken)
    rows += siblings_of(rows, headings, taken)
    rows += _years_of_targets(rows, columns, taken)
    unknown = [heading for heading in headings if heading not in taken]
    return ListProposal(line_is, rows, unknown, header)


def _years_of_targets(rows: Iterable[ProposedRow], columns: Iterable[Column], taken: set[str]) -> list[ProposedRow]:
    """The column that all forms know as the year of targets, from which the evaluated year may follow."""
    groups = {row.item.rpartition(".")[0] for row in rows if row.item.endswith(".target")}
    found = [
        column.heading
        for column in columns
        if column.heading not in taken and base_form().item("measures", column.heading) == "target_year"
    ]
    if len(groups) != 1 or len(found) != 1:
        return []
    taken.update(found)
    return [ProposedRow("list", found[0], f"{next(iter(groups))}.target_year")]


def _lines_of(grid: Grid, header: int, sheet: Sheet) -> list[int]:
    """The lines of a sheet: those with its title or number, and those without a name below them that hold its indicators."""
    names = {bare(each) for each in (sheet.title, sheet.number) if each}
    indicators = {bare(each.name) for each in (*sheet.indicators, *sheet.outputs)}
    found: list[int] = []
    title = bare(sheet.title)
    for row in range(header + 1, grid.rows.stop):
        texts = {close(cell) for cell in grid.starting(row)}
        covering = {close(cell) for column in grid.columns if (cell := grid.at(row, column)) is not None}
        named = title in covering or (bool(names & texts) and not sheet.title)
        below = bool(found) and found[-1] == row - 1 and bool(indicators & texts) and not names & texts
        if named or (below and not any(text_at(grid, row, column) for column in _name_columns(grid, found[0], names))):
            found.append(row)
    return found


def _name_columns(grid: Grid, row: int, names: set[str]) -> list[int]:
    """The columns in which the first line of a sheet prints its names: on lines below that are its own they are blank."""
    return [column for column in grid.columns if (cell := grid.at(row, column)) is not None and close(cell) in names]


def _names(grid: Grid, columns: Iterable[Column], examples: Examples, taken: set[str]) -> list[ProposedRow]:
    """The columns that hold the names of sheets, the same in all examples."""
    rows = []
    for name in _NAMES:
        for column in columns:
            if column.heading in taken or len(column.columns) > 1:
                continue
            pairs = [(getattr(sheet, name), text_at(grid, lines[0], column.columns[0])) for sheet, lines in examples]
            if any(value for value, _ in pairs) and all(bare(value or "") == bare(text) for value, text in pairs):
                rows.append(ProposedRow("list", column.heading, name))
                taken.add(column.heading)
                break
    rows += _year(grid, columns, examples, taken)
    return rows


def _year(grid: Grid, columns: Iterable[Column], examples: Examples, taken: set[str]) -> list[ProposedRow]:
    """The column of the evaluated year, or of the year in which the sheets were made, which is the next one."""
    for column in columns:
        if column.heading in taken or "年度" not in column.heading or len(column.columns) > 1:
            continue
        for era, first in (("令和", 2018), ("平成", 1988), ("", 0)):
            for item, later in (("fiscal_year", 0), ("made_year", 1)):
                texts = [bare(text_at(grid, lines[0], column.columns[0])) for _, lines in examples]
                years = [str(sheet.fiscal_year + later - first) for sheet, _ in examples]
                if texts == years:
                    taken.add(column.heading)
                    return [ProposedRow("list", column.heading, item, unit=era)]
    return []


def _budget(grid: Grid, columns: Iterable[Column], examples: Examples, taken: set[str]) -> list[ProposedRow]:
    """The columns of amounts; one heading over several columns is one of several years."""
    rows: list[ProposedRow] = []
    for column in columns:
        if column.heading in taken:
            continue
        values = [printed_in(grid, lines[0], column) for _, lines in examples]
        found = fitting_items(
            column,
            values,
            [[each for each in wanted(sheet) if not each.indicator] for sheet, _ in examples],
            [sheet.fiscal_year for sheet, _ in examples],
        )
        if found is not None:
            unit = _money_unit(column, values, found, examples)
            rows += [
                ProposedRow("list", column.heading, f"budget.{item}", unit, nth, years) for item, nth, years in found
            ]
            taken.add(column.heading)
    return rows


def _money_unit(
    column: Column, values: Sequence[Sequence[object]], found: Sequence[tuple[str, str, str]], examples: Examples
) -> str:
    """The unit by which the amounts of a column are multiplied, where its heading does not say it."""
    from decimal import Decimal

    if unit_at_end(column.cell.text) is not None:
        return ""
    for row, (sheet, _) in zip(values, examples, strict=True):
        for printed in row:
            if not isinstance(printed, Decimal) or not printed:
                continue
            for unit, power in (("円", 1), ("千円", 1_000), ("万円", 10_000), ("百万円", 1_000_000)):
                if any(each.value == printed * power for each in wanted(sheet) if not each.indicator):
                    return unit
    return "円"
