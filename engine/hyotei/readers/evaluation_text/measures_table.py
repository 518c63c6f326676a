"""The table of measures taken apart: which lines belong to it, its rows, its objectives, and what stands away from all rows."""

import re
from collections.abc import Sequence
from dataclasses import field
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.readers.evaluation_text import form_words as words
from hyotei.readers.evaluation_text.form_parts import FormPart
from hyotei.readers.evaluation_text.prose_figures import figures_in
from hyotei.readers.evaluation_text.text_cells import CellNumber, Tags, TextCell, Token, figure_of, tokens_of
from hyotei.readers.evaluation_text.text_lines import SheetText, TextLine, bare, blocks

COMPLETE: Final = 3
"""Cells of a row: baseline, actual, target."""


@dataclass(slots=True, eq=False)
class MeasureRow:
    """An indicator with the cells that stand by it in the text."""

    name: str
    line: int
    number: str | None = None
    cells: list[TextCell] = field(default_factory=list)
    position: int = 0


@dataclass(slots=True)
class MeasuresText:
    """All that is printed of the table."""

    rows: list[MeasureRow] = field(default_factory=list)
    orphans: list[TextCell] = field(default_factory=list)
    tags: list[Tags] = field(default_factory=list)
    objectives: list[tuple[str, int, int]] = field(default_factory=list)
    """Name, line, and position among the rows: how many rows begin before it."""
    order: tuple[str, ...] | None = None
    unread: list[tuple[str, int]] = field(default_factory=list)
    line: int | None = None


def measures_text(
    document: SheetText, parts: Sequence[FormPart], used: set[int], hint: int, evaluated: int, heads: Sequence[str]
) -> MeasuresText:
    """The table of a document. `used` are lines of the budget; `heads` are how the achievement names the objectives."""
    found = MeasuresText(order=_columns(document))
    found.line = next((part.line for part in parts if part.section == "measures"), None)
    before, inside, elsewhere = _lines(parts, used)
    table = blocks((*before, *inside))
    tokens = tokens_of(table, hint, evaluated=evaluated)
    _assemble(found, tokens, heads)
    for token in tokens_of(blocks(elsewhere), hint, numbers=False):
        if isinstance(token, Tags):
            found.tags.append(token)
        elif isinstance(token, TextCell) and _surely_cell(token):
            found.orphans.append(token)
    return found


def _columns(document: SheetText) -> tuple[str, ...] | None:
    """The order of the columns, from the headings wherever they stand; None unless each is there."""
    first: dict[str, tuple[int, int]] = {}
    for line in document.lines:
        if "。" in line.plain or words.HEADER_LINE.match(line.plain) is None:
            continue
        for name, pattern in words.COLUMNS.items():
            match = pattern.search(line.plain)
            if match is not None:
                first.setdefault(name, (line.number, match.start()))
    return tuple(sorted(first, key=lambda name: first[name])) if len(first) == len(words.COLUMNS) else None


def _lines(parts: Sequence[FormPart], used: set[int]) -> tuple[list[TextLine], list[TextLine], list[TextLine]]:
    """Lines just before the table's heading that are of the table, its own, and cells in other parts."""
    before: list[TextLine] = []
    inside: list[TextLine] = []
    elsewhere: list[TextLine] = []
    for position, part in enumerate(parts):
        lines = [line for line in part.lines if line.number not in used]
        if part.section == "measures":
            inside += [line for line in lines if not _header(line)]
            continue
        following = parts[position + 1].section if position + 1 < len(parts) else None
        if following == "measures":
            start = _table_start(part, lines)
            before += [line for line in lines if line.number >= start]
            lines = [line for line in lines if line.number < start]
        if part.section != "budget":
            elsewhere += [line for block in blocks(lines) if _cell_block(block) for line in block]
        else:
            elsewhere += [
                line
                for block in blocks(lines)
                if _cell_block(block)
                for line in block
                if not re.fullmatch("[-0-9,△▲ ]+", line.plain)
            ]
    return before, inside, elsewhere


def _header(line: TextLine) -> bool:
    match = words.HEADER_LINE.match(line.plain)
    return match is not None and match.end() >= len(line.plain) and not re.fullmatch("[0-9 ※()]+", line.plain)


def _table_start(part: FormPart, lines: list[TextLine]) -> int:
    """The line from which the end of another part is cells of the table whose heading follows."""
    groups = blocks(lines)
    evidence = [bool(_tagged(group) or _figure_block(group)) for group in groups]
    if not any(evidence):
        return 10**9
    first = evidence.index(True)
    dated = [index for index, group in enumerate(groups) if any(words.DATE.search(line.plain) for line in group)]
    floor = max((index + 1 for index in dated if index < first), default=0)
    # What stands right before the first figure is the rest of its cell or the name of its row.
    if first > floor and _cell_or_name(groups[first - 1]):
        first -= 1
        if first > floor and re.fullmatch("[0-9]{1,2}", groups[first - 1][-1].plain):
            first -= 1
    return groups[first][0].number


def _cell_or_name(group: Sequence[TextLine]) -> bool:
    """Whether a block of another part looks like the name of an indicator, or like a text that comes to a figure."""
    text = "".join(line.plain for line in group)
    if text.endswith("。") or words.NARRATIVE.search(text):
        return False
    return words.INDICATOR.search(bare(text)) is not None or any(each.chief for each in figures_in(text))


def _tagged(group: Sequence[TextLine]) -> bool:
    return any(words.TAG.search(line.plain) for line in group)


def _figure_block(group: Sequence[TextLine]) -> bool:
    """Whether a block is figures with units and nothing else."""
    tokens = tokens_of([group], 2000, numbers=False)
    return bool(tokens) and all(isinstance(token, TextCell) and _surely_cell(token) for token in tokens)


def _cell_block(group: Sequence[TextLine]) -> bool:
    """Whether a block in another part of the form is a piece of the table: short, and with a year tag or nothing but figures."""
    length = sum(len(line.plain) for line in group)
    return length <= 300 and (_tagged(group) or _figure_block(group))


def _surely_cell(cell: TextCell) -> bool:
    if cell.year is not None:
        return True
    quantities = [figure_of(item.text) for item in cell.items]
    return bool(quantities) and all(
        each is not None and each.value is not None and each.unit not in (None, "年", "月", "日") for each in quantities
    )


def _assemble(found: MeasuresText, tokens: list[Token], heads: Sequence[str]) -> None:
    """Rows from tokens: a name opens a row, what follows belongs to it."""
    number: CellNumber | None = None
    row: MeasureRow | None = None
    for position, token in enumerate(tokens):
        if isinstance(token, CellNumber):
            number = token
            continue
        if isinstance(token, Tags):
            if row is None or not _spread(token, row):
                found.tags.append(token)
            continue
        if token.figure:
            # A number before a figure was no row's.
            number = None
            (found.orphans if row is None else row.cells).append(token)
            continue
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        kind = _kind(token, number, row, following, heads)
        if kind == "objective":
            found.objectives.append((token.text, token.line, len(found.rows)))
        elif kind == "name":
            row = MeasureRow(
                token.text, token.line, number.text if number is not None else None, position=len(found.rows)
            )
            found.rows.append(row)
            number = None
        elif kind == "cell":
            (found.orphans if row is None else row.cells).append(token)
        else:
            found.unread.append((token.text, token.line))


def _kind(
    token: TextCell, number: CellNumber | None, row: MeasureRow | None, following: Token | None, heads: Sequence[str]
) -> str:
    """Whether a text is the name of a row, of an objective, a cell, or none of them."""
    text = bare(token.text)
    if token.year is None and objective_head(text, heads) is not None:
        return "objective"
    if number is not None:
        return "name"
    if text.count("。") > 1 or words.NARRATIVE.search(text) or len(text) > 400:
        return "other"
    if token.year is not None:
        return "cell"
    if not heads and re.search("こと[。]?$", text) and not figures_in(token.text):
        return "objective"
    full = row is None or _complete(row)
    if words.INDICATOR.search(text) and (full or (row is not None and row.cells)):
        return "name"
    starts = isinstance(following, TextCell) and following.figure
    if full and starts and not text.endswith("。") and not any(each.chief for each in figures_in(token.text)):
        return "name"
    if row is not None and not (full and text.endswith("。")):
        return "cell"
    tagged = isinstance(following, Tags) or any(each.chief for each in figures_in(token.text))
    return "cell" if row is None and tagged else "other"


def _complete(row: MeasureRow) -> bool:
    return len(row.cells) >= COMPLETE


def _spread(tags: Tags, row: MeasureRow) -> bool:
    """Gives a group of tags to the last cells of the row, if just as many have none."""
    waiting = [cell for cell in row.cells if cell.year is None]
    if len(waiting) > len(tags.years):
        waiting = [cell for cell in waiting if not cell.dash]
    if len(waiting) != len(tags.years):
        return False
    first = row.cells.index(waiting[0])
    if any(cell.year is not None for cell in row.cells[first:]):
        return False
    for cell, year in zip(waiting, tags.years, strict=True):
        cell.year = year
    return True


def objective_head(text: str, heads: Sequence[str]) -> int | None:
    """Which of the objectives that the achievement names a text begins like; None for none or several equally."""
    scores = [_common(text, head) for head in heads]
    best = max(scores, default=0)
    if best < 6 or scores.count(best) > 1:
        return None
    position = scores.index(best)
    return position if 2 * best >= min(len(heads[position]), len(text)) else None


def _common(first: str, second: str) -> int:
    size = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        size += 1
    return size
