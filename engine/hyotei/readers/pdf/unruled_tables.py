"""Tables without lines: columns told from where texts stand below each other, rows from the space between lines."""

import math
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.readers.pdf.glyph_text import GlyphLine, Segment
from hyotei.readers.pdf.ink import Box, Rule

_FIGURE: Final = re.compile(r"[0-9０-９]")
_TAG: Final = re.compile(r"[【\[（(]\s*(?:平成|令和|昭和|[HRS])?\s*[0-9０-９元]{0,4}\s*年\s*度\s*[】\]）)]")
_CLOSED_UP: Final = 1.6
"""Where the widest space between lines is so many times the narrowest, narrow ones are within rows."""
_LOOSE: Final = 2.5
"""A space of so many heights of a line ends a table."""
_NEXT: Final = 1.25
_MOST_SPANNED: Final = 60
_CENTRE: Final = 3.0
"""Points by which a text may be off the middle of its rows."""
_TIGHT: Final = 0.5
_BEGINS_AT: Final = 3.0
MOST_LINES: Final = 400

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class AlignedCell:
    """A text with its first row, its column, how many rows it spans, and where it is printed."""

    text: str
    row: int
    column: int
    rows: int
    box: Box


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table without lines: its columns and cells; `lines` says how many lines it took."""

    columns: tuple[Interval, ...]
    cells: tuple[AlignedCell, ...]
    box: Box
    lines: int

    @property
    def rows(self) -> int:
        return max(cell.row + cell.rows for cell in self.cells)


def aligned_table(lines: Sequence[GlyphLine], rules: Sequence[Rule] = ()) -> Aligned | None:
    """The table with which a run of lines begins; None where it begins with none.

    `rules` are the lines drawn across between rows, if there are any.
    """
    columns, count = _run(lines[:MOST_LINES])
    if count < 2 or len(columns) < 2:
        return None
    run = list(lines[:count])
    if not _tabular(run, columns):
        return None
    cells = tuple(_cells(run, columns, rules))
    if max(cell.row for cell in cells) < 1:
        return None
    box = Box(min(line.box.x0 for line in run), run[0].box.top, max(line.box.x1 for line in run), run[-1].box.bottom)
    return Aligned(tuple(columns), cells, box, count)


def fragment(line: GlyphLine) -> Aligned | None:
    """A line as a table of one row, which may be the end of a table on the page before; None where it has no figures."""
    if len(line.segments) < 2 or not any(_FIGURE.search(segment.text) for segment in line.segments[1:]):
        return None
    columns = tuple((segment.box.x0, segment.box.x1) for segment in line.segments)
    cells = tuple(AlignedCell(segment.text, 0, index, 1, segment.box) for index, segment in enumerate(line.segments))
    return Aligned(columns, cells, line.box, 1)


def _run(lines: Sequence[GlyphLine]) -> tuple[list[Interval], int]:
    """The columns that the first lines share, and how many lines share them."""
    if not lines or len(lines[0].segments) < 2:
        return [], 0
    columns = [(each.box.x0, each.box.x1) for each in lines[0].segments]
    count = last = 1
    widest = 0.0
    for before, line in pairwise(lines):
        space = line.box.top - before.box.bottom
        if space > _LOOSE * max(before.box.height, line.box.height):
            break
        merged = _with(columns, line.segments)
        if len(merged) < len(columns) or len(merged) < 2:
            break
        touched = {_column(merged, segment) for segment in line.segments}
        if len(touched) < len(line.segments):
            break
        # Further columns below a wider space are those of another table.
        far = space > _NEXT * (widest if last > 2 else line.box.height)
        if far and len(merged) > len(columns):
            break
        columns, widest = merged, max(widest, space)
        count += 1
        if (
            len(line.segments) > 1
            or _TAG.search(line.text)
            or (space <= _TIGHT * line.box.height and _aligned(line, columns))
        ):
            last = count
    return columns, last


def _aligned(line: GlyphLine, columns: Sequence[Interval]) -> bool:
    """Whether a single text begins where a column does."""
    segment = line.segments[0]
    return abs(columns[_column(columns, segment)][0] - segment.box.x0) <= _BEGINS_AT


def _with(columns: list[Interval], segments: Sequence[Segment]) -> list[Interval]:
    """The columns with more text in them; what overlaps is one."""
    found: list[Interval] = []
    for start, end in sorted([*columns, *((each.box.x0, each.box.x1) for each in segments)]):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _column(columns: Sequence[Interval], segment: Segment) -> int:
    middle = (segment.box.x0 + segment.box.x1) / 2
    return min(range(len(columns)), key=lambda index: _distance(columns[index], middle))


def _distance(interval: Interval, x: float) -> float:
    return max(interval[0] - x, 0.0, x - interval[1])


def _tabular(lines: Sequence[GlyphLine], columns: Sequence[Interval]) -> bool:
    """Whether lines in columns are a table: figures below each other right of the first column in most of them."""
    full = [line for line in lines if len(line.segments) > 1]
    figures = [
        {_column(columns, segment) for segment in line.segments[1:] if _FIGURE.search(segment.text)} for line in full
    ]
    if len(full) < 2 or 2 * sum(map(bool, figures)) < len(full):
        return False
    return any(sum(column in each for each in figures) > 1 for column in range(1, len(columns)))


def _bounded(segments: Sequence[Segment], rules: Sequence[Rule]) -> list[float]:
    """The spaces between texts of one column below each other; where a line is drawn in between, it is without end."""
    return [
        math.inf if any(_between(above, below, rule) for rule in rules) else max(0.0, below.box.top - above.box.bottom)
        for above, below in pairwise(segments)
    ]


def _between(above: Segment, below: Segment, rule: Rule) -> bool:
    return (
        rule.horizontal
        and above.box.middle[1] < rule.at < below.box.middle[1]
        and rule.start < below.box.x1
        and rule.end > below.box.x0
    )


def _closed_up(printed: Sequence[Sequence[Segment]], spaces: Sequence[Sequence[float]]) -> float:
    """The space up to which texts below each other are one cell; 0 where nothing tells lines of a cell from rows.

    The least spaces are those within cells if there are wider ones as well. A space in which a text of another column
    stands is that of a blank cell and says nothing.
    """
    every = sorted((segment.box.top, segment.box.bottom) for column in printed for segment in column)
    telling: list[float] = []
    for column, own in zip(printed, spaces, strict=True):
        for above, space in zip(column, own, strict=False):
            start, end = above.box.bottom - 0.5, above.box.bottom + space + 0.5
            if space < math.inf and not any(start <= top and bottom <= end for top, bottom in every):
                telling.append(space)
    # A year below a figure belongs to it, so that space is one within cells.
    tagged = [
        space
        for column, own in zip(printed, spaces, strict=True)
        for below, space in zip(column[1:], own, strict=True)
        if _TAG.fullmatch(below.text) and space < math.inf
    ]
    if tagged:
        least = max(min(tagged), 0.5)
        return min((space for space in telling if space > _CLOSED_UP * least + 1.0), default=3 * least) / 2 + least / 2
    for small, large in pairwise(sorted(telling)):
        if large > _CLOSED_UP * max(small, 0.5) + 1.0:
            return (small + large) / 2
    return 0.0


def _cells(lines: Sequence[GlyphLine], columns: Sequence[Interval], rules: Sequence[Rule]) -> list[AlignedCell]:
    """The cells: in each column texts close below each other, in rows by the column that has most of them."""
    printed: list[list[Segment]] = [[] for _ in columns]
    for line in lines:
        for segment in line.segments:
            printed[_column(columns, segment)].append(segment)
    for column in printed:
        column.sort(key=lambda segment: segment.box.top)
    spaces = [_bounded(column, rules) for column in printed]
    limit = _closed_up(printed, spaces)
    blocks = [_blocks(column, own, limit) for column, own in zip(printed, spaces, strict=True)]
    most = max(range(len(columns)), key=lambda index: len(blocks[index]))
    rows: list[Interval] = [_extent(block) for block in blocks[most]]
    placed: list[tuple[int, list[Segment]]] = [(most, block) for block in blocks[most]]
    # Columns with many cells first: what spans rows is known by the rows that others have.
    for index in sorted(range(len(columns)), key=lambda each: -len(blocks[each])):
        if index == most:
            continue
        for block in blocks[index]:
            placed.append((index, block))
            start, end = _extent(block)
            met = [position for position, row in enumerate(rows) if _overlap(row, (start, end))]
            if not met:
                rows.append((start, end))
            elif len(met) == 1 and index > 0:
                rows[met[0]] = min(rows[met[0]][0], start), max(rows[met[0]][1], end)
    rows.sort()
    found: list[AlignedCell] = []
    spans = _centred(blocks[0], rows) if most != 0 else None
    if spans is not None:
        placed = [each for each in placed if each[0] != 0]
        for block, (first, last) in zip(blocks[0], spans, strict=True):
            text = "\n".join(segment.text for segment in block)
            found.append(AlignedCell(text, first, 0, last - first + 1, _around(block)))
    for place, block in placed:
        covered = [index for index, row in enumerate(rows) if _overlap(row, _extent(block))]
        if not covered:
            covered = [min(range(len(rows)), key=lambda index: abs(rows[index][0] - block[0].box.top))]
        text = "\n".join(segment.text for segment in block)
        found.append(AlignedCell(text, covered[0], place, covered[-1] - covered[0] + 1, _around(block)))
    return _joined(found)


def _centred(blocks: Sequence[Sequence[Segment]], rows: Sequence[Interval]) -> list[tuple[int, int]] | None:
    """The rows that each text of the first column spans, if the texts stand in the middle of their rows; None if not so.

    Where no line tells how far such a text reaches, rows above it would fall to the text before.
    """
    count = len(rows)
    if not blocks or len(blocks) >= count or count > _MOST_SPANNED:
        return None
    # For the first texts and rows together: how far off the worst is, and where the last text begins.
    best: list[tuple[float, int]] = [(0.0, 0)] + [(math.inf, 0)] * count
    began: list[list[int]] = []
    for block in blocks:
        start, end = _extent(block)
        following: list[tuple[float, int]] = [(math.inf, 0)] * (count + 1)
        for last in range(count):
            for first in range(last + 1):
                off = abs((rows[first][0] + rows[last][1]) / 2 - (start + end) / 2)
                worst = max(best[first][0], off)
                if worst < following[last + 1][0]:
                    following[last + 1] = worst, first
        began.append([first for _, first in following])
        best = following
    if best[count][0] > _CENTRE:
        return None
    found: list[tuple[int, int]] = []
    end_row = count
    for starts in reversed(began):
        found.append((starts[end_row], end_row - 1))
        end_row = starts[end_row]
    return found[::-1]


def _blocks(column: Sequence[Segment], spaces: Sequence[float], limit: float) -> list[list[Segment]]:
    found: list[list[Segment]] = []
    for segment, space in zip(column, (math.inf, *spaces), strict=True):
        if space <= limit or (found and space < math.inf and _TAG.fullmatch(segment.text)):
            found[-1].append(segment)
        else:
            found.append([segment])
    return found


def _extent(block: Sequence[Segment]) -> Interval:
    return block[0].box.top, block[-1].box.bottom


def _around(parts: Iterable[Segment | AlignedCell]) -> Box:
    """The box around all of them."""
    boxes = [part.box for part in parts]
    return Box(
        min(box.x0 for box in boxes), min(box.top for box in boxes),
        max(box.x1 for box in boxes), max(box.bottom for box in boxes),
    )  # fmt: skip


def _overlap(first: Interval, second: Interval) -> bool:
    """Whether two extents share more than their edges: a third of the lower."""
    shared = min(first[1], second[1]) - max(first[0], second[0])
    return shared > min(first[1] - first[0], second[1] - second[0]) / 3


def _joined(cells: Sequence[AlignedCell]) -> list[AlignedCell]:
    """The cells in their order, those that begin in one place as one."""
    found: dict[tuple[int, int], AlignedCell] = {}
    for cell in sorted(cells, key=lambda each: (each.row, each.column)):
        there = found.get((cell.row, cell.column))
        if there is not None:
            text, rows = f"{there.text}\n{cell.text}", max(there.rows, cell.rows)
            cell = AlignedCell(text, cell.row, cell.column, rows, _around((there, cell)))
        found[cell.row, cell.column] = cell
    return list(found.values())
