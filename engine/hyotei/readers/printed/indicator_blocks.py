"""Indicators that have a block of their own: a row that names one, then its headings with figures below or beside them."""

import re
from collections.abc import Iterator
from dataclasses import field, replace
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.readers.evaluation_text.text_lines import narrow
from hyotei.readers.printed.form_blocks import FormCell
from hyotei.readers.printed.form_text import is_heading
from hyotei.readers.printed.grid import Grid, plain
from hyotei.readers.printed.headings import ROLES, Heading, Kind, heading_of
from hyotei.readers.words_of_forms import FormWords

_LABEL: Final = re.compile(
    r"(?:主要な)?(?:測定|成果|業績|評価|アウトカム|参考)?指標(?:名|の名称)?[ :]*(?P<number>[0-9]{1,2}|[①-⑳])?[.:]?"
)
_TITLE: Final = re.compile(rf"{_LABEL.pattern}(?:[ :.]+|(?=「))(?P<name>\S.*)")
_NUMBERED: Final = re.compile(r"(?P<number>[0-9]{1,2}|[①-⑳])[ .:．]*(?P<name>\D.*)")
_LONGEST: Final = 120
_LEAST_ROLES: Final = 2
_MOST_BETWEEN: Final = 6


@dataclass(frozen=True, slots=True)
class Title:
    """The row that names an indicator: its name, its number, the cell of the name, and all cells of the row."""

    name: str
    number: str | None
    cell: FormCell
    cells: tuple[FormCell, ...]


@dataclass(slots=True)
class Block:
    """An indicator with its figures beside their labels."""

    title: Title
    figures: list[tuple[Kind, int | None, FormCell]] = field(default_factory=list)
    """What each cell is, and its year where a row of years above it says so."""
    years: dict[Kind, int] = field(default_factory=dict)
    """The year that stands in a cell of its own beside a figure."""
    others: list[tuple[Heading, FormCell]] = field(default_factory=list)
    """Cells beside other labels, such as the unit."""
    used: list[FormCell] = field(default_factory=list)


def title_of(grid: Grid, row: int, words: FormWords) -> Title | None:
    """The name of the indicator that a row holds and nothing else: 「測定指標１」「利用者数」, or both in one cell."""
    cells = tuple(cell for cell in grid.starting(row) if not (cell.rows > 1 and is_heading(cell, words.form)))
    if not 0 < len(cells) <= 2 or len(cells[-1].text) > _LONGEST:
        return None
    match = _TITLE.fullmatch(plain(cells[0])) if len(cells) == 1 else _LABEL.fullmatch(plain(cells[0]))
    if match is None or heading_of(cells[-1], words) is not None:
        return None
    name = match["name"] if len(cells) == 1 else " ".join(plain(cells[1]).split())
    numbered = _NUMBERED.fullmatch(name) if match["number"] is None else None
    if numbered is not None:
        return Title(narrow(numbered["name"]), numbered["number"], cells[-1], cells)
    return Title(narrow(name), match["number"], cells[-1], cells)


def title_above(grid: Grid, row: int, words: FormWords) -> tuple[Title, int] | None:
    """The name of the indicator of a block whose headings begin in a row, with its own row; reasons may stand between."""
    for above in range(row - 1, max(grid.rows.start, row - _MOST_BETWEEN) - 1, -1):
        title = title_of(grid, above, words)
        if title is not None:
            return title, above
        cells = grid.starting(above)
        if not cells or not any(_beside_figures(cell, words) for cell in cells[:2]):
            return None
    return None


def _beside_figures(cell: FormCell, words: FormWords) -> bool:
    heading = heading_of(cell, words)
    return heading is not None and heading.kind == "other"


def blocks(grid: Grid, words: FormWords, excluded: set[tuple[int, int]]) -> Iterator[Block]:
    """The indicators of a table in which each label stands beside its figures."""
    row = grid.rows.start
    while row < grid.rows.stop:
        title = title_of(grid, row, words)
        row += 1
        if title is None:
            continue
        block = Block(title, used=list(title.cells))
        columns: dict[int, int] = {}
        while (
            row < grid.rows.stop
            and title_of(grid, row, words) is None
            and _row(block, grid, row, columns, words, excluded)
        ):
            row += 1
        if len({kind for kind, _, _ in block.figures}) >= _LEAST_ROLES:
            yield block


def _row(
    block: Block, grid: Grid, row: int, columns: dict[int, int], words: FormWords, excluded: set[tuple[int, int]]
) -> bool:
    """Takes a row of a block; False where it is none. `columns` are the years that stand above."""
    cells = grid.starting(row)
    if not cells or (row, cells[0].column) in excluded:
        return not cells
    label, *beside = cells
    heading = heading_of(label, words)
    if heading is None:
        return False
    headings = [heading_of(cell, words) for cell in beside]
    years = [each.year if each is not None and each.kind == "year" else None for each in headings]
    if heading.kind in ("years", "tag") and beside and None not in years:
        columns.clear()
        columns.update({cell.column: year for cell, year in zip(beside, years, strict=True) if year is not None})
    elif heading.kind in ROLES:
        kind: Kind = "target" if heading.kind == "final" else heading.kind
        for cell, year in zip(beside, years, strict=True):
            if year is not None and cell.column not in columns:
                block.years[kind] = year
            else:
                block.figures.append((kind, columns.get(cell.column, heading.year), cell))
    elif heading.kind in ("unit", "achieved", "condition", "other", "stated"):
        block.others += [(replace(heading, year=columns.get(cell.column, heading.year)), cell) for cell in beside]
    else:
        return False
    block.used += [label, *beside]
    return True
