"""Writes a table of rules so that it shows something else: rows and cells that still say the same keep their characters."""

from collections.abc import Sequence
from typing import Final

from hyotei.rulebook.blocks import TableBlock
from hyotei.rulebook.format import format_document
from hyotei.rulebook.row_layout import join, refit, segments
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.table_text import Alignment, escape_cell
from hyotei.rulebook_workbook.shown import ColumnShown, TableShown
from hyotei.rulebook_workbook.weaving import matched

_BLANK: Final = "   "


def table_lines(document: RulebookText, block: TableBlock, old: TableShown, new: TableShown) -> list[str]:
    """The lines of the table, without line ends, after which it shows `new`; until now it shows `old`."""
    columns = matched(old.columns, new.columns, lambda column: (column.text, column.kind))
    origin = [0, *(None if was is None else was + 1 for was, _ in columns)]
    as_before = origin == list(range(len(old.columns) + 1))
    alignments = [None if was is None else block.alignments[was] for was in origin]

    def placed(line: str) -> tuple[str, list[str]]:
        """A written row with its segments in the columns as they are now."""
        indent, found = segments(line)
        return indent, [_BLANK if was is None or was >= len(found) else found[was] for was in origin]

    def fitted(line: str, before: Sequence[str], now: Sequence[str]) -> str:
        """A written row in which the cells that changed say what they say now."""
        indent, found = placed(line)
        cells = [
            segment if said == text else refit(segment, text, alignment)
            for segment, said, text, alignment in zip(found, before, now, alignments, strict=True)
        ]
        return join(indent, cells)

    def moved(row: Sequence[str]) -> tuple[str, ...]:
        return tuple("" if was is None or was >= len(row) else row[was] for was in origin)

    header = document.line(block.first_line)
    titles = moved([old.policy, *(header_cell(column) for column in old.columns)])
    wanted = [new.policy, *(header_cell(column) for column in new.columns)]
    if not as_before or titles != tuple(wanted):
        header = fitted(header, titles, wanted)
    delimiter = document.line(block.delimiter_line)
    if not as_before:
        indent, found = placed(delimiter)
        delimiter = join(indent, [each if each.strip() else "---" for each in found])
    rows = [moved(row) for row in old.rows]
    lines = [header, delimiter]
    above = block.first_line
    for row, (was, same) in zip(new.rows, matched(rows, new.rows, lambda each: each), strict=True):
        if was is None:
            # An added row is padded as the row above it; nothing of what that says is kept.
            indent, found = placed(document.line(above))
            lines.append(join(indent, [refit(segment, text, of) for segment, text, of in _zip(found, row, alignments)]))
            continue
        above = block.rows[was].line
        line = document.line(above)
        lines.append(line if same and as_before else fitted(line, rows[was], row))
    return lines


def _zip(
    found: list[str], row: Sequence[str], alignments: list[Alignment | None]
) -> list[tuple[str, str, Alignment | None]]:
    return list(zip(found, row, alignments, strict=True))


def new_table(table: TableShown) -> list[str]:
    """The lines of a table that is written for the first time, laid out as `hyotei rulebook format` does."""
    rows = [[escape_cell(cell) for cell in row] for row in table.rows]
    rows.insert(0, [table.policy, *(escape_cell(header_cell(column)) for column in table.columns)])
    rows.insert(1, [":-:", *("---" for _ in table.columns)])
    text = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return format_document(text).split("\n")


def header_cell(column: ColumnShown) -> str:
    """The heading of a column in the markup that says what it is."""
    if column.kind == "output":
        return f"**{column.text}**"
    if column.kind == "annotation":
        return f"*{column.text}*"
    fence = "`"
    while fence in column.text:
        fence += "`"
    return f"{fence}{column.text}{fence}"
