"""Proposes the columns of indicators of a list: the name of each, its unit, its figures."""

from collections.abc import Sequence
from typing import Final

from hyotei.forms.library import base_form
from hyotei.readers.evaluation_text.text_lines import bare, narrow
from hyotei.readers.form_proposal.figures import wanted
from hyotei.readers.form_proposal.form_text import ProposedRow
from hyotei.readers.form_proposal.list_columns import Column, Examples, fitting_items, printed_in, text_at
from hyotei.readers.printed.grid import Grid, close
from hyotei.sheet.models import Indicator, Sheet

_GROUPS: Final = "アイウエオカキクケコサシスセソタチツテト"


def indicator_rows(
    grid: Grid, columns: Sequence[Column], examples: Examples, taken: set[str], several: bool
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
    columns: Sequence[Column],
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
        texts = [bare(text_at(grid, row, column.columns[0])) for _, row, _ in pairs]
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
        values = [printed_in(grid, row, column) for _, row, _ in pairs]
        found = fitting_items(column, values, figures, years)
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
    columns: Sequence[Column],
    name: Column,
    pairs: Sequence[tuple[Indicator, int, Sheet]],
    taken: set[str],
) -> str | None:
    """The heading of the column of units, right of that of the names."""
    for column in columns:
        if column.columns[0] == name.columns[0] + 1 and len(column.columns) == 1 and column.heading not in taken:
            texts = [narrow(text_at(grid, row, column.columns[0])) for _, row, _ in pairs]
            if any(texts) and not any(any(map(str.isdigit, text)) for text in texts) and max(map(len, texts)) <= 12:
                taken.add(column.heading)
                return column.heading
    known = base_form()
    for column in columns:
        if column.heading not in taken and known.item("measures", column.heading) == "unit":
            taken.add(column.heading)
            return column.heading
    return None
