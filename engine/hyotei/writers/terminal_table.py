"""A table for a terminal: columns by the width of Japanese, numbers to the right, long texts folded in their columns."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from hyotei.base.display_width import display_width
from hyotei.base.printable import visible
from hyotei.document import Cell, Column, Row, Span, Table, Text, Tone, plain_text
from hyotei.document.cells import NUMBERS, shown
from hyotei.writers.terminal_lines import Line, pieces, toned, trimmed

_GAP: Final = "  "
_NARROWEST: Final = 10
"""What a column of texts is narrowed to at most where a table is too wide."""


def table_lines(table: Table, width: int) -> Iterator[tuple[Line, Row | None]]:
    """The lines of a table; with the last line of each row goes the row, for what is told below it."""
    widths = _widths(table, width)
    heads = [Cell(None, column.title) for column in table.columns]
    if any(column.title for column in table.columns):
        for line in _row(heads, table.columns, widths, "faint"):
            yield line, None
    for row in table.rows:
        lines = list(_row(row.cells, table.columns, widths, row.tone))
        for number, line in enumerate(lines, 1):
            yield line, row if number == len(lines) else None


def _widths(table: Table, room: int) -> list[int]:
    """What the columns take; those of texts are narrowed, the widest first, until the table fits."""
    widths = []
    for at, column in enumerate(table.columns):
        wanted = max((_width(shown(row.cells[at], column)) for row in table.rows), default=0)
        head = display_width(visible(column.title))
        widths.append(max(head, min(wanted, column.width) if column.width and column.kind not in NUMBERS else wanted))
    narrow = [at for at, column in enumerate(table.columns) if column.kind not in NUMBERS]
    over = sum(widths) + len(_GAP) * (len(widths) - 1) - room
    while over > 0 and narrow:
        widest = max(narrow, key=lambda at: widths[at])
        next_widest = max((widths[at] for at in narrow if widths[at] < widths[widest]), default=_NARROWEST)
        target = max(_NARROWEST, next_widest - 1, widths[widest] - over)
        if target >= widths[widest]:
            break
        over -= widths[widest] - target
        widths[widest] = target
    return widths


def _width(text: Text) -> int:
    return display_width(visible(plain_text(text)))


def _row(cells: Sequence[Cell], columns: Sequence[Column], widths: Sequence[int], tone: Tone) -> Iterator[Line]:
    folded = []
    for cell, column, width in zip(cells, columns, widths, strict=True):
        text = toned(shown(cell, column), cell.tone if cell.tone != "plain" else tone)
        folded.append(list(pieces(text, width, width)))
    for line in zip_longest(*folded, fillvalue=()):
        parts: list[Span] = []
        for runs, column, width in zip(line, columns, widths, strict=True):
            spare = Span(" " * (width - display_width(plain_text(runs))))
            parts += [spare, *runs] if column.right else [*runs, spare]
            parts.append(Span(_GAP))
        yield trimmed(tuple(parts))
