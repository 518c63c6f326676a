"""Tables without lines: columns told from where texts stand below each other, rows from the space between lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from hyotei.readers.pdf.ink import Box, Rule
from hyotei.readers.pdf.text import Segment, TextLine

_FIGURE: Final = re.compile(r"[0-9０-９]")
_TAG: Final = re.compile(r"[【\[（(]\s*(?:平成|令和|昭和|[HRS])?\s*[0-9０-９元]{0,4}\s*年\s*度\s*[】\]）)]")
_CLOSED_UP: Final = 1.6
"""Where the widest space between lines is so many times the narrowest, narrow ones are within rows."""
_LOOSE: Final = 2.5
"""A space of so many heights of a line ends a table."""
_NEXT: Final = 1.25
MOST_LINES: Final = 400

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table without lines: its columns, and the text of each row by column; `lines` says how many lines it took."""

    columns: tuple[Interval, ...]
    rows: tuple[tuple[str, ...], ...]
    box: Box
    lines: int


def aligned_table(lines: Sequence[TextLine], rules: Sequence[Rule] = ()) -> Aligned | None:
    """The table with which a run of lines begins; None where it begins with none.

    `rules` are the lines drawn across between rows, if there are any.
    """
    columns, count = _run(lines[:MOST_LINES])
    if count < 2 or len(columns) < 2:
        return None
    run = list(lines[:count])
    if not _tabular(run, columns):
        return None
    rows = tuple(_row(group, columns) for group in _rows(run, columns, rules))
    if len(rows) < 2:
        return None
    box = Box(min(line.box.x0 for line in run), run[0].box.top, max(line.box.x1 for line in run), run[-1].box.bottom)
    return Aligned(tuple(columns), rows, box, count)


def _run(lines: Sequence[TextLine]) -> tuple[list[Interval], int]:
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
        if last > 2 and len(merged) > len(columns) and space > _NEXT * widest:
            break
        columns, widest = merged, max(widest, space)
        count += 1
        if len(line.segments) > 1 or _TAG.search(line.text):
            last = count
    return columns, last


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


def _tabular(lines: Sequence[TextLine], columns: Sequence[Interval]) -> bool:
    """Whether lines in columns are a table: figures below each other right of the first column in most of them."""
    full = [line for line in lines if len(line.segments) > 1]
    figures = [
        {_column(columns, segment) for segment in line.segments[1:] if _FIGURE.search(segment.text)} for line in full
    ]
    if len(full) < 2 or 2 * sum(map(bool, figures)) < len(full):
        return False
    return any(sum(column in each for each in figures) > 1 for column in range(1, len(columns)))


def _rows(lines: list[TextLine], columns: Sequence[Interval], rules: Sequence[Rule]) -> list[list[TextLine]]:
    """The lines of each row."""
    spaces = [below.box.top - above.box.bottom for above, below in pairwise(lines)]
    floor = max(0.5, min(spaces, default=0.0))
    several = max(spaces, default=0.0) > _CLOSED_UP * floor + 1.0
    between = (min(spaces, default=0.0) + max(spaces, default=0.0)) / 2
    found = [[lines[0]]]
    for above, below, space in zip(lines, lines[1:], spaces, strict=False):
        ruled = any(
            rule.horizontal
            and above.box.middle[1] < rule.at < below.box.middle[1]
            and rule.start < below.box.x1
            and rule.end > below.box.x0
            for rule in rules
        )
        closed = several and space < between
        if not ruled and (closed or _goes_on(below, columns)):
            found[-1].append(below)
        else:
            found.append([below])
    return found


def _goes_on(line: TextLine, columns: Sequence[Interval]) -> bool:
    """Whether a line is the rest of the row above wherever it stands: the years below its figures."""
    right = [segment for segment in line.segments if _column(columns, segment) > 0]
    return bool(right) and all(_TAG.fullmatch(segment.text) for segment in right)


def _row(lines: Sequence[TextLine], columns: Sequence[Interval]) -> tuple[str, ...]:
    cells: list[list[str]] = [[] for _ in columns]
    for line in lines:
        for segment in line.segments:
            cells[_column(columns, segment)].append(segment.text)
    return tuple("\n".join(cell) for cell in cells)
