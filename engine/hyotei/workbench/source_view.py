"""What a file prints as a page shows it: pictures of pages, else tables and lines, with the places of figures marked."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from hyotei.readers.printed.form_blocks import Block, FormCell, FormTable, PageArea
from hyotei.workbench.figure_marks import Marked, pieces

_MOST_CELLS: Final = 6_000
"""Cells and lines that one page shows."""
_AROUND: Final = 12
"""Lines and rows that are shown before the first figure and behind the last."""


class ShownCell(NamedTuple):
    """A cell as HTML has it; `position` is that of its piece, None of a blank that fills the grid."""

    text: str
    rows: int
    columns: int
    position: int | None
    mark: Marked | None


class ShownTable(NamedTuple):
    """A table: where it stands, and its rows."""

    name: str
    rows: tuple[tuple[ShownCell, ...], ...]


class ShownLine(NamedTuple):
    """A line of text: its number, its text, and the figures that were read in it."""

    number: int | None
    text: str
    position: int
    mark: Marked | None


class ShownPage(NamedTuple):
    """A page as a picture: its number, and the areas of the figures on it."""

    number: int
    areas: tuple[tuple[PageArea, Marked], ...]


Shown = ShownTable | ShownLine | ShownPage


class SourceView(NamedTuple):
    """What is shown, in the order of the file; `cut` where the file goes on before or behind it."""

    parts: tuple[Shown, ...]
    cut: bool


def source_view(
    blocks: Sequence[Block], marks: Mapping[int, Marked], pictures: Sequence[int], *, whole: bool = False
) -> SourceView:
    """What to show of a file.

    Args:
        blocks: what it prints.
        marks: the figures that were read in its pieces.
        pictures: the pages of which there are pictures.
        whole: shows all of it, as far as a page can, and no pictures; otherwise from the first figure to the last.
    """
    placed = list(_with_positions(blocks))
    pages = _pages(placed, marks, () if whole else pictures)
    cut = False
    if not whole and marks:
        placed, cut = _near(placed, marks)
    parts: list[Shown] = list(pages)
    drawn = {page.number for page in pages}
    left = _MOST_CELLS
    for block, first in placed:
        if block.place.page in drawn:
            continue
        left -= _count(block)
        if left < 0:
            cut = True
            break
        if isinstance(block, FormTable):
            parts.append(_table(block, first, marks))
        else:
            parts.append(ShownLine(block.place.line, block.text, first, marks.get(first)))
    return SourceView(tuple(parts), cut)


def _with_positions(blocks: Sequence[Block]) -> Iterator[tuple[Block, int]]:
    """The blocks, each with the position of its first piece."""
    position = 0
    for block in blocks:
        yield block, position
        position += _count(block)


def _count(block: Block) -> int:
    """How many pieces a block has (`figure_marks.pieces`)."""
    return len(block.cells) if isinstance(block, FormTable) else 1


def _pages(
    placed: Sequence[tuple[Block, int]], marks: Mapping[int, Marked], pictures: Sequence[int]
) -> list[ShownPage]:
    areas: dict[int, list[tuple[PageArea, Marked]]] = {}
    for block, first in placed:
        for position, piece in enumerate(pieces((block,)), first):
            mark, page = marks.get(position), piece.place.page
            if mark is not None and page in pictures and page is not None and piece.area is not None:
                areas.setdefault(page, []).append((piece.area, mark))
    return [ShownPage(page, tuple(areas[page])) for page in sorted(areas)]


def _near(placed: Sequence[tuple[Block, int]], marks: Mapping[int, Marked]) -> tuple[list[tuple[Block, int]], bool]:
    """The blocks from the first figure to the last with some around them, and whether that leaves any out."""
    first, last = min(marks), max(marks)
    inside = [number for number, (block, begin) in enumerate(placed) if begin <= last and begin + _count(block) > first]
    start, end = max(0, inside[0] - _AROUND), inside[-1] + 1 + _AROUND
    found: list[tuple[Block, int]] = []
    cut = start > 0 or end < len(placed)
    for block, begin in placed[start:end]:
        if isinstance(block, FormTable) and len(block.cells) > _MOST_CELLS // 4:
            cut = True
            found += _rows_near(block, begin, marks)
        else:
            found.append((block, begin))
    return found, cut


def _rows_near(block: FormTable, begin: int, marks: Mapping[int, Marked]) -> Iterator[tuple[Block, int]]:
    """The rows of a long table around its figures, as far as its cells stand in the order of rows."""
    marked = [at for at in range(len(block.cells)) if begin + at in marks]
    if not marked:
        return
    top, bottom = block.cells[marked[0]].row - _AROUND, block.cells[marked[-1]].row + _AROUND
    rows = [cell.row for cell in block.cells]
    start, end = bisect_left(rows, top), bisect_left(rows, bottom + 1)
    yield FormTable(block.cells[start:end], block.place), begin + start


def _table(block: FormTable, first: int, marks: Mapping[int, Marked]) -> ShownTable:
    """The grid of the cells with a text; rows and columns in which none begins are left out."""
    cells = [(cell, position) for position, cell in enumerate(block.cells, first) if cell.text.strip()]
    rows = sorted({cell.row for cell, _ in cells})
    columns = sorted({cell.column for cell, _ in cells})
    at = {(cell.row, cell.column): (cell, position) for cell, position in cells}
    covered: set[tuple[int, int]] = set()
    shown: list[tuple[ShownCell, ...]] = []
    for y, row in enumerate(rows):
        line: list[ShownCell] = []
        for x, column in enumerate(columns):
            if (y, x) in covered:
                continue
            if (row, column) not in at:
                line.append(ShownCell("", 1, 1, None, None))
                continue
            cell, position = at[row, column]
            height, width = _free(cell, rows, columns, y, x, at, covered)
            covered |= {(y + down, x + right) for down in range(height) for right in range(width)}
            line.append(ShownCell(cell.text, height, width, position, marks.get(position)))
        shown.append(tuple(line))
    return ShownTable(block.place.part or "", tuple(shown))


def _free(
    cell: FormCell,
    rows: Sequence[int],
    columns: Sequence[int],
    y: int,
    x: int,
    at: Mapping[tuple[int, int], object],
    covered: set[tuple[int, int]],
) -> tuple[int, int]:
    """How many of the rows and columns that are shown a cell spans, as far as no other cell stands there."""
    height = max(1, bisect_left(rows, cell.row + cell.rows) - y)
    width = max(1, bisect_left(columns, cell.column + cell.columns) - x)

    def free(down: int, right: int) -> bool:
        return (rows[y + down], columns[x + right]) not in at and (y + down, x + right) not in covered

    while width > 1 and not all(free(0, right) for right in range(1, width)):
        width -= 1
    while height > 1 and not all(free(down, right) for down in range(1, height) for right in range(width)):
        height -= 1
    return height, width
