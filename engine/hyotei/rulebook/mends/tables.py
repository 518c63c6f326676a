"""Mends of whole rows, columns and lines: of a table, and of what looks like one and is none."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from hyotei.rulebook.blocks import Block, TableBlock
from hyotei.rulebook.mends.model import Mend, Replacement
from hyotei.rulebook.mends.spot import Lines, Spot
from hyotei.rulebook.row_layout import join, refit, segments
from hyotei.rulebook.table_text import OTHER_BARS, header_kind, split_cells

_BLANK: Final = "   "
_BARS: Final = re.compile(f"[{OTHER_BARS}\t]")
_WIDE_BLANKS: Final = re.compile(r"[ \u3000]{2,}|\u3000|\t")
_HASHES: Final = re.compile(r"\s*#+")


def added_row(lines: Lines, table: TableBlock, texts: Sequence[str]) -> Mend:
    """A row with these texts in its columns behind the last one; a blank first text becomes the next number."""
    model = table.rows[-1].line if table.rows else table.header.line
    indent, cells = segments(lines.text(model))
    numbers = [row.cells[0].text for row in table.rows if row.cells]
    label = texts[0] or (str(max(map(int, numbers), default=0) + 1) if all(map(str.isdecimal, numbers)) else "")
    said = [label, *texts[1:]]
    cells = [refit(each, text, None) for each, text in zip([*cells, *[_BLANK] * len(said)], said, strict=False)]
    replacement = lines.behind(table.last_line, join(indent, cells))
    return Mend("add_row", (replacement,), " | ".join(text for text in said if text))


def deleted_row(lines: Lines, line: int) -> Mend:
    """The row of a line taken out."""
    return Mend("delete_row", (lines.without(line, line),), split_cells(lines.text(line), line)[0].text)


def column_of(table: TableBlock, name: str) -> int | None:
    """The column of an input by its expression, from 0."""
    for column, cell in enumerate(table.header.cells):
        kind = header_kind(cell.text, column)
        if kind.kind == "input" and kind.name == name:
            return column
    return None


def _without_column(spot: Spot) -> Iterable[Mend]:
    """An input that is - in every row, taken out."""
    table = spot.table
    column = column_of(table, spot.said("name")) if table is not None else None
    if table is None or column is None:
        return
    changed: list[tuple[int, str]] = []
    for number in range(table.first_line, table.last_line + 1):
        indent, cells = segments(spot.lines.text(number))
        changed.append((number, join(indent, [each for at, each in enumerate(cells) if at != column])))
    yield spot.rewritten("delete_column", changed, spot.said("name"))


def _row_for_unknown(spot: Spot) -> Iterable[Mend]:
    """A row for an unknown input, where no other row answers it then."""
    table = spot.table
    column = column_of(table, spot.said("name")) if table is not None else None
    if table is None or column is None:
        return
    policy, *headers = table.header.cells
    answered = any(column < len(row.cells) and row.cells[column].text in ("-", "") for row in table.rows)
    if answered and policy.text != "F":
        return
    texts = [""]
    for at, cell in enumerate(headers, 1):
        kind = header_kind(cell.text, at).kind
        texts.append("unknown" if at == column or kind == "output" else "-" if kind == "input" else "")
    yield added_row(spot.lines, table, texts)


def _filled(spot: Spot) -> Iterable[Mend]:
    """The cells that a row lacks, at its end."""
    missing = int(spot.said("expected")) - int(spot.said("found"))
    if missing > 0:
        indent, cells = segments(spot.text)
        yield spot.rewritten("fill_row", [(spot.line, join(indent, [*cells, *[_BLANK] * missing]))])


def _delimited(spot: Spot) -> Iterable[Mend]:
    block = _block(spot)
    if block is not None and block.first_line == spot.line:
        row = join("", ["---"] * max(len(split_cells(spot.text, 0)), 1))
        yield Mend("add_delimiter", (spot.lines.behind(spot.line, row),))


def _spaced(spot: Spot) -> Iterable[Mend]:
    hashes = _HASHES.match(spot.text)
    if hashes is not None:
        at = spot.lines.at(spot.line, hashes.end() + 1)
        yield Mend("write", (Replacement(at, at, " "),), _heading(spot.text))


def _heading(line: str) -> str:
    return re.sub(r"^\s*(#+)", r"\1 ", line).strip()


def _blank_line_before(spot: Spot) -> Iterable[Mend]:
    yield Mend("add_blank_line", (spot.lines.before(spot.line, ""),))


def _together(spot: Spot) -> Iterable[Mend]:
    """No blank lines between a table and the row below them."""
    first = spot.line
    while first > 1 and not spot.lines.text(first - 1).strip():
        first -= 1
    if first < spot.line:
        yield Mend("remove_blank_lines", (spot.lines.without(first, spot.line - 1),))


def _with_bars(spot: Spot) -> Iterable[Mend]:
    """Plain bars between the cells of a row, or of the rows of a table that is none without them."""
    table, block = spot.table, _block(spot)
    inside = table is not None and table.first_line <= spot.line <= table.last_line + 1
    if inside or block is None:
        yield spot.rewritten("part_by_bars", [(spot.line, _barred(spot.text))])
        return
    lines = [(each, _barred(spot.lines.text(each))) for each in range(block.first_line, block.last_line + 1)]
    made = spot.rewritten("part_by_bars", lines)
    header, below = lines[0][1], [text for _, text in lines[1:2]]
    if table is None and not (below and set(below[0]) <= set("|-: ")):
        dashes = "|" + "---|" * len(split_cells(header, 0))
        first, *others = made.replacements
        first = Replacement(first.start, first.end, spot.lines.behind(spot.line, dashes).text.join((first.text, "")))
        made = Mend(made.kind, (first, *others))
    yield made


def _barred(line: str) -> str:
    body = line.strip()
    cells = _BARS.split(body) if _BARS.search(body) else _WIDE_BLANKS.split(body)
    if len(cells) > 2 and not cells[0].strip() and not cells[-1].strip():
        cells = cells[1:-1]
    return join("", [f" {each.strip()} " for each in cells])


def _at_margin(spot: Spot) -> Iterable[Mend]:
    block = _block(spot)
    if block is not None:
        lines = range(block.first_line, block.last_line + 1)
        yield spot.rewritten("move_to_margin", [(each, spot.lines.text(each).strip()) for each in lines])


def _block(spot: Spot) -> Block | None:
    return next((each for each in spot.document.blocks if each.first_line <= spot.line <= each.last_line), None)


def _without_parameter(spot: Spot) -> Iterable[Mend]:
    """A parameter that nothing uses, with the lines that are set in below it."""
    front, name = spot.document.front, spot.said("name")
    if front is None or not spot.text.strip().startswith(f"{name}:"):
        return
    depth = _depth(spot.text)
    last = spot.line
    while last + 1 < front.last_line and _depth(spot.lines.text(last + 1)) > depth:
        last += 1
    above = max(each for each in range(1, spot.line) if _depth(spot.lines.text(each)) < depth) if depth else spot.line
    alone = above == spot.line - 1 and _depth(spot.lines.text(last + 1)) < depth
    yield Mend("delete_parameter", (spot.lines.without(above if alone else spot.line, last),), name)


def _depth(line: str) -> int:
    """How far a line is set in; blank lines belong to what is above them."""
    return len(line) - len(line.lstrip(" ")) if line.strip() else 1000


TABLE_MENDS: Final[dict[str, Callable[[Spot], Iterable[Mend]]]] = {
    "HY303": _filled,
    "HY305": _delimited,
    "HY306": _spaced,
    "HY307": _blank_line_before,
    "HY308": _with_bars,
    "HY315": _blank_line_before,
    "HY334": _together,
    "HY336": _with_bars,
    "HY337": _with_bars,
    "HY339": _at_margin,
    "HY541": _without_parameter,
    "HY543": _without_column,
    "HY544": _row_for_unknown,
}
