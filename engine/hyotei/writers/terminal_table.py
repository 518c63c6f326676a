"""A table for a terminal: columns by the width of Japanese, numbers to the right, long texts folded in their columns."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from hyotei.base.display_width import display_width
from hyotei.base.line_breaking import whole_words
from hyotei.base.printable import visible
from hyotei.document import Cell, Column, Row, Span, Table, Text, Tone, plain_text
from hyotei.document.cells import NUMBERS, shown
from hyotei.writers.terminal_lines import Line, pieces, toned, trimmed

_GAP: Final = "  "
_NARROWEST: Final = 10
"""What a column of texts is narrowed to at most where a table is too wide."""
_A_WORD_BROKEN: Final = 5
"""What it is narrowed to where even that is too wide for a terminal."""


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
    """What the columns take; where the table does not fit, texts are narrowed first, then all, words are broken last."""
    widths = []
    for at, column in enumerate(table.columns):
        wanted = max((_width(shown(row.cells[at], column)) for row in table.rows), default=0)
        head = display_width(visible(column.title))
        widths.append(max(head, min(wanted, column.width) if column.width and column.kind not in NUMBERS else wanted))
    room -= len(_GAP) * (len(widths) - 1)
    words = [_longest_word(table, at) for at in range(len(widths))]
    texts = [at for at, column in enumerate(table.columns) if column.kind not in NUMBERS]
    _narrowed(widths, {at: max(_NARROWEST, words[at]) for at in texts}, room)
    # A figure stays whole, but its unit may stand below it, and the words of a heading below each other.
    _narrowed(widths, dict(enumerate(words)), room)
    # Words are broken last, and among them what is to be typed as it stands.
    for least in (_NARROWEST, _A_WORD_BROKEN):
        _narrowed(widths, {at: least for at in texts if table.columns[at].kind != "code"}, room)
    _narrowed(widths, dict.fromkeys(texts, _A_WORD_BROKEN), room)
    return widths


def _narrowed(widths: list[int], least: dict[int, int], room: int) -> None:
    """Narrows columns, the widest first, to no less than is said for each, until all of them fit."""
    over = sum(widths) - room
    while over > 0 and (left := [at for at in least if widths[at] > least[at]]):
        widest = max(left, key=lambda at: widths[at])
        next_widest = max((widths[at] for at in left if widths[at] < widths[widest]), default=0)
        target = max(least[widest], next_widest - 1, widths[widest] - over)
        over -= widths[widest] - target
        widths[widest] = target


def _longest_word(table: Table, at: int) -> int:
    """How narrow a column can be without a break within a word or a figure."""
    column = table.columns[at]
    texts = (column.title, *(shown(row.cells[at], column) for row in table.rows))
    return max((display_width(word) for text in texts for word in whole_words(visible(plain_text(text)))), default=1)


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
