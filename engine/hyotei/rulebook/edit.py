"""Changes to tables and code of a document. Each returns a new document in which all other lines are as they were.

A block belongs to the document it was read from: after an edit, take the blocks from the new document. A text whose
last line has no end keeps it so, wherever rows are put in or taken out.
"""

import re
from collections.abc import Sequence

from hyotei.base.display_width import display_width
from hyotei.rulebook.blocks import CodeBlock, TableBlock
from hyotei.rulebook.markdown_lines import closes_fence, line_end, without_end
from hyotei.rulebook.row_layout import join, refit, segments
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.table_text import escape_cell

WIDEST = 120
"""No cell that is put in is padded to more than this many columns."""


def set_cell(document: RulebookText, table: TableBlock, row: int | None, column: int, text: str) -> RulebookText:
    """Write `text` into a cell; rows and columns count from 0, row None is the header.

    Pipes in the text are escaped and line ends become blanks. The cell keeps its width if the text fits; a row that is
    too short to have the column is filled up to it.

    Raises:
        IndexError: the table has no such row or column.
        ValueError: the table is not one of the document.
    """
    _own(document, table)
    target = table.header if row is None else table.rows[_index(row, len(table.rows))]
    _index(column, max(len(target.cells), len(table.alignments)))
    if column < len(target.cells) and target.cells[column].raw == escape_cell(text):
        return document
    indent, cells = segments(document.line(target.line))
    cells += ["   "] * (column + 1 - len(cells))
    alignment = table.alignments[column] if column < len(table.alignments) else None
    cells[column] = refit(cells[column], text, alignment)
    return replace_lines(document, target.line, target.line, [join(indent, cells)])


def insert_row(document: RulebookText, table: TableBlock, index: int, cells: Sequence[str]) -> RulebookText:
    """Put a new row before row `index` (the number of rows: at the end), padded like the row above it.

    Raises:
        IndexError: the table has no such place.
        ValueError: `cells` has not one text for each column, or the table is not one of the document.
    """
    _own(document, table)
    _index(index, len(table.rows) + 1)
    if len(cells) != len(table.alignments):
        raise ValueError(f"the table has {len(table.alignments)} columns, not {len(cells)}")
    model = next((row for row in (*table.rows[:index][-1:], *table.rows[index:][:1]) if row.fits), table.header)
    indent, found = segments(document.line(model.line))
    written = [
        refit(segment if display_width(segment) <= WIDEST + 2 else "   ", text, alignment)
        for segment, text, alignment in zip(found, cells, table.alignments, strict=True)
    ]
    number = table.delimiter_line + 1 + index
    return replace_lines(document, number, number - 1, [join(indent, written)])


def delete_row(document: RulebookText, table: TableBlock, index: int) -> RulebookText:
    """Take row `index` out.

    Raises:
        IndexError: the table has no such row.
        ValueError: the table is not one of the document.
    """
    _own(document, table)
    number = table.rows[_index(index, len(table.rows))].line
    return replace_lines(document, number, number, [])


def move_row(document: RulebookText, table: TableBlock, source: int, target: int) -> RulebookText:
    """Move row `source` so that it becomes row `target`; the rows between make room. Only their order changes.

    Raises:
        IndexError: the table has no such rows.
        ValueError: the table is not one of the document.
    """
    _own(document, table)
    numbers = [row.line for row in table.rows]
    _index(source, len(numbers)), _index(target, len(numbers))
    order = [document.line(number) for number in numbers]
    order.insert(target, order.pop(source))
    return replace_lines(document, numbers[0], numbers[-1], order)


def set_code(document: RulebookText, block: CodeBlock, text: str) -> RulebookText:
    """Replace the lines of a code block; fenced or indented, it stays what it is.

    Code without a fence cannot begin or end with blank lines, so these are dropped, and where nothing else is left the
    block gets a fence. A fence that the new text would close is made longer.

    Raises:
        ValueError: the block is not one of the document.
    """
    if block not in document.blocks:
        raise ValueError("the code block is not one of this document")
    lines = re.split(r"\r\n|\r|\n", text) if text else []
    if not block.fenced:
        kept = [number for number, line in enumerate(lines) if line.strip(" \t")]
        if kept:
            first = block.lines[0]
            indent = document.line(first.line)[: first.start - 1]
            body = [indent + line if line else "" for line in lines[kept[0] : kept[-1] + 1]]
            return replace_lines(document, block.first_line, block.last_line, body)
        return replace_lines(document, block.first_line, block.last_line, ["```", *lines, "```"])
    opening = document.line(block.first_line)
    indent = opening[: len(opening) - len(opening.lstrip(" "))]
    run = block.fence
    while any(closes_fence(line.expandtabs(4).strip(" "), run) for line in lines):
        run += run[0]
    closing = document.line(block.last_line) if block.closed else indent + run
    if run != block.fence:
        opening, closing = indent + run + opening[len(indent + block.fence) :], indent + run
    body = [indent + line if line else "" for line in lines]
    return replace_lines(document, block.first_line, block.last_line, [opening, *body, closing])


def _own(document: RulebookText, table: TableBlock) -> None:
    found = document.table_at(table.first_line)
    if found is not table and found != table:
        raise ValueError("the table is not one of this document")


def _index(index: int, size: int) -> int:
    if not 0 <= index < size:
        raise IndexError(f"{index} is not between 0 and {size - 1}")
    return index


def replace_lines(document: RulebookText, first: int, last: int, contents: Sequence[str]) -> RulebookText:
    """The document with other contents in the lines `first` to `last` (`last` = `first` - 1: put in before `first`).

    Ends of lines stay in their order: an added line takes the end of its neighbour, and the last line of a text that
    lacks an end still lacks it.
    """
    texts = [without_end(line) for line in document.lines]
    ends = [line_end(line) for line in document.lines]
    open_end = bool(ends) and not ends[-1]
    if open_end:
        ends[-1] = ends[-2] if len(ends) > 1 else "\n"
    kept = ends[first - 1 : last]
    added = len(contents) - len(kept)
    usual = kept[-1] if kept else ends[first - 2]
    texts[first - 1 : last] = contents
    ends[first - 1 : last] = kept[: len(contents)] + [usual] * max(0, added)
    for place in range(max(1, first - 1), min(len(texts), first + len(contents) + 1)):
        if not texts[place] and ends[place] == "\n" and ends[place - 1] == "\r":
            ends[place - 1] = "\r\n"  # else the two would become one end
    if open_end and ends:
        ends[-1] = ""
    text = "".join(text + end for text, end in zip(texts, ends, strict=True))
    return RulebookText.parse(document.mark + text, document.file)
