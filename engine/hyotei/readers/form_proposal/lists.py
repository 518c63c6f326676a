"""Proposes the columns of a list: by values of a right reading where there is one, else by headings that other forms know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from hyotei.forms.library import base_form
from hyotei.forms.model import LineIs
from hyotei.readers.evaluation_text.text_lines import bare, narrow
from hyotei.readers.form_proposal.figures import Wanted, may_be, printed_value, wanted
from hyotei.readers.form_proposal.form_text import ProposedRow
from hyotei.readers.form_proposal.list_marks import marks_of, siblings_of
from hyotei.readers.printed.form_blocks import FormCell
from hyotei.readers.printed.grid import Grid, close
from hyotei.readers.printed.headings import unit_at_end
from hyotei.sheet.models import Indicator, Sheet

_NAMES: Final = ("title", "number", "policy", "field", "goal", "scheme")
_GROUPS: Final = "アイウエオカキクケコサシスセソタチツテト"
_FEWEST: Final = 3
"""Headings of a list at least."""


@dataclass(slots=True)
class ListProposal:
    """The proposed columns, what a line is, and the headings that mean nothing yet."""

    line_is: LineIs
    rows: list[ProposedRow]
    unknown: list[str]
    header: int


@dataclass(frozen=True, slots=True)
class _Column:
    heading: str
    cell: FormCell
    columns: tuple[int, ...]
    """All columns with this heading, from left to right."""


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
    columns = _columns(grid, header)
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
    rows += _indicators(grid, columns, examples, taken, several)
    headings = [column.heading for column in columns]
    texts = [
        (
            sheet,
            {
                column.heading: _texts(grid, lines[0], column.columns[0])
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


def _years_of_targets(rows: Iterable[ProposedRow], columns: Iterable[_Column], taken: set[str]) -> list[ProposedRow]:
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


def _columns(grid: Grid, header: int) -> list[_Column]:
    found: dict[str, list[FormCell]] = {}
    for cell in grid.starting(header):
        found.setdefault(close(cell), []).append(cell)
    return [_Column(text, cells[0], tuple(cell.column for cell in cells)) for text, cells in found.items()]


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
        if named or (below and not any(_texts(grid, row, column) for column in _name_columns(grid, found[0], names))):
            found.append(row)
    return found


def _name_columns(grid: Grid, row: int, names: set[str]) -> list[int]:
    """The columns in which the first line of a sheet prints its names: on lines below that are its own they are blank."""
    return [column for column in grid.columns if (cell := grid.at(row, column)) is not None and close(cell) in names]


def _texts(grid: Grid, row: int, column: int) -> str:
    cell = grid.at(row, column)
    return "" if cell is None else cell.text


Examples = Sequence[tuple[Sheet, list[int]]]


def _names(grid: Grid, columns: Iterable[_Column], examples: Examples, taken: set[str]) -> list[ProposedRow]:
    """The columns that hold the names of sheets, the same in all examples."""
    rows = []
    for name in _NAMES:
        for column in columns:
            if column.heading in taken or len(column.columns) > 1:
                continue
            pairs = [(getattr(sheet, name), _texts(grid, lines[0], column.columns[0])) for sheet, lines in examples]
            if any(value for value, _ in pairs) and all(bare(value or "") == bare(text) for value, text in pairs):
                rows.append(ProposedRow("list", column.heading, name))
                taken.add(column.heading)
                break
    rows += _year(grid, columns, examples, taken)
    return rows


def _year(grid: Grid, columns: Iterable[_Column], examples: Examples, taken: set[str]) -> list[ProposedRow]:
    """The column of the evaluated year, or of the year in which the sheets were made, which is the next one."""
    for column in columns:
        if column.heading in taken or "年度" not in column.heading or len(column.columns) > 1:
            continue
        for era, first in (("令和", 2018), ("平成", 1988), ("", 0)):
            for item, later in (("fiscal_year", 0), ("made_year", 1)):
                texts = [bare(_texts(grid, lines[0], column.columns[0])) for _, lines in examples]
                years = [str(sheet.fiscal_year + later - first) for sheet, _ in examples]
                if texts == years:
                    taken.add(column.heading)
                    return [ProposedRow("list", column.heading, item, unit=era)]
    return []


def _budget(grid: Grid, columns: Iterable[_Column], examples: Examples, taken: set[str]) -> list[ProposedRow]:
    """The columns of amounts; one heading over several columns is one of several years."""
    rows: list[ProposedRow] = []
    for column in columns:
        if column.heading in taken:
            continue
        values = [_sequence(grid, lines[0], column) for _, lines in examples]
        found = _sequences(
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


def _sequence(grid: Grid, row: int, column: _Column) -> list[object]:
    return [printed_value(_texts(grid, row, each)) for each in column.columns]


def _sequences(
    column: _Column, values: Sequence[Sequence[object]], figures: Sequence[Sequence[Wanted]], evaluated: Sequence[int]
) -> list[tuple[str, str, str]] | None:
    """What the columns of one heading are: item, occurrences and years for each run of columns; None where no way fits."""
    from decimal import Decimal

    count = len(column.columns)
    best: tuple[int, list[tuple[str, str, str]]] | None = None
    for offset in range(-10, 4):
        items: list[str | None] = []
        hits = 0
        for position in range(count):
            named = _items_at(position, offset, values, figures, evaluated)
            printed = [row[position] for row in values if isinstance(row[position], Decimal)]
            if printed and not named:
                break
            items.append(next(iter(named)) if named else None)
            hits += bool(named)
        if len(items) < count or not hits or (best is not None and hits <= best[0]):
            continue
        best = hits, _runs(items, offset, count)
    return None if best is None else best[1]


def _items_at(
    position: int,
    offset: int,
    values: Sequence[Sequence[object]],
    figures: Sequence[Sequence[Wanted]],
    evaluated: Sequence[int],
) -> list[str]:
    """What the column at a position may be in all examples, if the first one is `offset` years after the evaluated year."""
    from decimal import Decimal

    found: list[str] | None = None
    for row, known, year in zip(values, figures, evaluated, strict=True):
        printed = row[position]
        if not isinstance(printed, Decimal):
            continue
        own = [each.item for each in known if each.year == year + offset + position and may_be(printed, each.value)]
        found = own if found is None else [item for item in found if item in own]
    return found or []


def _runs(items: Sequence[str | None], offset: int, count: int) -> list[tuple[str, str, str]]:
    """Neighbours of one item as one row of the form; a column without a value goes with the one before it."""
    known = [item for item in items if item is not None]
    filled: list[str] = []
    for item in items:
        filled.append(item or (filled[-1] if filled else known[0]))
    runs: list[tuple[str, int, int]] = []
    for position, item in enumerate(filled):
        if runs and runs[-1][0] == item:
            runs[-1] = (item, runs[-1][1], position)
        else:
            runs.append((item, position, position))
    if count == 1:
        return [(filled[0], "", "" if offset == 0 else str(offset))]
    return [(item, _span(first + 1, last + 1), _span(first + offset, last + offset)) for item, first, last in runs]


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}..{last}"


def _money_unit(
    column: _Column, values: Sequence[Sequence[object]], found: Sequence[tuple[str, str, str]], examples: Examples
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


def _indicators(
    grid: Grid, columns: Sequence[_Column], examples: Examples, taken: set[str], several: bool
) -> list[ProposedRow]:
    """The columns of indicators: the name of each, its unit, and its figures."""
    rows: list[ProposedRow] = []
    groups = iter(_GROUPS)
    for kind in ("indicator", "output"):
        most = 1 if several else max((len(_of(sheet, kind)) for sheet, _ in examples), default=0)
        for position in range(most):
            group = "" if several else f" {next(groups)}"
            rows += _indicator(grid, columns, examples, taken, kind, position, group, several)
    return rows


def _of(sheet: Sheet, kind: str) -> tuple[Indicator, ...]:
    return sheet.indicators if kind == "indicator" else sheet.outputs


def _indicator(
    grid: Grid,
    columns: Sequence[_Column],
    examples: Examples,
    taken: set[str],
    kind: str,
    position: int,
    group: str,
    several: bool,
) -> list[ProposedRow]:
    pairs: list[tuple[Indicator, int, Sheet]] = []
    for sheet, lines in examples:
        own = _of(sheet, kind)
        if several:
            by_name = {bare(each.name): each for each in own}
            for row in lines:
                texts = [close(cell) for cell in grid.starting(row)]
                pairs += [(by_name[text], row, sheet) for text in texts if text in by_name]
        elif position < len(own):
            pairs.append((own[position], lines[0], sheet))
    rows: list[ProposedRow] = []
    free = [column for column in columns if column.heading not in taken]
    for column in free:
        texts = [bare(_texts(grid, row, column.columns[0])) for _, row, _ in pairs]
        if len(column.columns) == 1 and pairs and texts == [bare(each.name) for each, _, _ in pairs]:
            rows.append(ProposedRow("list", column.heading, f"{kind}{group}.name"))
            taken.add(column.heading)
            unit = _unit_beside(grid, columns, column, pairs, taken)
            rows += [ProposedRow("list", unit, f"{kind}{group}.unit")] if unit is not None else []
            break
    if not rows and not pairs:
        return []
    # What stands in several columns of one heading cannot be a chance; a single column may, so it comes last and adds something.
    explained: set[tuple[str, str]] = set()
    free = [each for each in columns if each.heading not in taken]
    figures = [[each for each in wanted(sheet) if each.indicator == indicator.name] for indicator, _, sheet in pairs]
    years = [sheet.fiscal_year for _, _, sheet in pairs]
    for column in sorted(free, key=lambda each: -len(each.columns)):
        values = [_sequence(grid, row, column) for _, row, _ in pairs]
        found = _sequences(column, values, figures, years)
        chance = len(column.columns) == 1 and (explained or any(off for _, _, off in found or ()))
        if found is not None and not chance and not any(item == "baseline" for item, _, _ in found):
            explained |= {(item, off) for item, _, off in found} if len(column.columns) > 1 else set()
            rows += [
                ProposedRow("list", column.heading, f"{kind}{group}.{item}", "", nth, off) for item, nth, off in found
            ]
            taken.add(column.heading)
            if not several and len(column.columns) > 1:
                break
    return rows


def _unit_beside(
    grid: Grid,
    columns: Sequence[_Column],
    name: _Column,
    pairs: Sequence[tuple[Indicator, int, Sheet]],
    taken: set[str],
) -> str | None:
    """The heading of the column of units, right of that of the names."""
    for column in columns:
        if column.columns[0] == name.columns[0] + 1 and len(column.columns) == 1 and column.heading not in taken:
            texts = [narrow(_texts(grid, row, column.columns[0])) for _, row, _ in pairs]
            if any(texts) and not any(any(map(str.isdigit, text)) for text in texts) and max(map(len, texts)) <= 12:
                taken.add(column.heading)
                return column.heading
    known = base_form()
    for column in columns:
        if column.heading not in taken and known.item("measures", column.heading) == "unit":
            taken.add(column.heading)
            return column.heading
    return None
