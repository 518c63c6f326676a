"""Lines up the pipes of every table of a rulebook by East Asian width; everything outside tables stays as it is."""

from hyotei.base.display_width import display_width
from hyotei.rulebook.blocks import TableBlock
from hyotei.rulebook.markdown_lines import line_end
from hyotei.rulebook.row_layout import aligned
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.table_text import Alignment

WIDEST = 120
"""A cell of more columns than this does not count for the width of its column: it sticks out in its own row only."""

_LEAST = 3


def format_document(text: str) -> str:
    """The text with every table laid out; what the cells say is unchanged, and formatting again changes nothing.

    A column is as wide as its widest cell of at most `WIDEST` columns. Each cell is padded on the side its alignment
    says, and every row gets both outer pipes. Tables inside lists and quotations are left alone.
    """
    document = RulebookText.parse(text)
    lines = list(document.lines)
    for table in document.tables:
        for number, line in zip(range(table.first_line, table.last_line + 1), _layout(document, table), strict=True):
            lines[number - 1] = line + line_end(lines[number - 1])
    return document.mark + "".join(lines)


def _layout(document: RulebookText, table: TableBlock) -> list[str]:
    """The lines of the table, without their ends."""
    rows = [[cell.raw for cell in row.cells] for row in (table.header, *table.rows)]
    widths = [_LEAST] * max(len(row) for row in rows)
    for row in rows:
        for column, raw in enumerate(row):
            width = display_width(raw)
            if widths[column] < width <= WIDEST:
                widths[column] = width
    extra: list[Alignment | None] = [None] * (len(widths) - len(table.alignments))
    alignments = [*table.alignments, *extra]
    header = document.line(table.first_line)
    indent = header[: len(header) - len(header.lstrip(" "))]
    lines = [_row([aligned(*cell) for cell in zip(row, widths, alignments, strict=False)], indent) for row in rows]
    dashes = [_dashes(width, alignment) for width, alignment in zip(widths, table.alignments, strict=False)]
    lines.insert(1, _row(dashes, indent))
    return lines


def _row(cells: list[str], indent: str) -> str:
    return f"{indent}| {' | '.join(cells)} |" if cells else f"{indent}|"


def _dashes(width: int, alignment: Alignment | None) -> str:
    """The cell of the delimiter row, as wide as its column."""
    left = ":" if alignment in ("left", "centre") else "-"
    right = ":" if alignment in ("right", "centre") else "-"
    return left + "-" * (width - 2) + right
