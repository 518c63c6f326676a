"""Tables over several pages as one: the same columns, a repeated heading once, a row that the page end cuts as one row."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from hyotei.base.text_folding import folded
from hyotei.readers.pdf.ink import Box
from hyotei.readers.pdf.page_items import PageCell, PageItem, PageLine, PageTable
from hyotei.sheet.notes import reading_note

BROKEN: Final = "reading_notes.row_over_pages"
"""Why the text of a joined cell is not simply what is printed."""
_NEAR: Final = 4.0
"""Points by which columns may stand elsewhere on the next page."""
_HEADING_ROWS: Final = 4
_COLUMNS: Final = 4
"""Borders of a table at least of which a line below it may be the rest of a cell."""
_LINES_OUT: Final = 10
_MOST_ROWS: Final = 5_000
_NUMBER: Final = re.compile(
    r"[-(\[<]*(?:p\.?|page|頁|ページ)?[0-9]{1,4}(?:[/of]+[0-9]{1,4})?(?:頁|ページ|page)?[-)\]>]*", re.IGNORECASE
)
_BEGINS: Final = re.compile(
    r"(?:実施|主要)?(?:政策|施策|事業|事務事業)(?:の)?名|評価書|事前分析表|評価シート|担当部局|府省名|省庁名"
)
"""With such words a sheet begins, so that what follows is another table."""
_YEAR: Final = re.compile(r"(?:平成|令和|昭和|[HRS])?[0-9元]{1,4}年度?|\(?※[0-9]\)?|FY[0-9]{4}")
"""What a heading may hold of digits."""
_FIGURE: Final = re.compile(r"^[・･○△▲-]?\s*(?:約)?[0-9]|^【")


def continued(pages: Iterable[Sequence[PageItem]]) -> Iterator[PageItem]:
    """The items of all pages in their order. Of each page only the last table waits for the next page."""
    waiting: PageTable | None = None
    behind: list[PageItem] = []
    tops: list[PageLine] = []
    for page in pages:
        items = list(page)
        if waiting is not None:
            head, end, joined = _taken_up(waiting, items, tops)
            if joined is not None:
                # The running title and the page number between both parts are told before the table.
                yield from behind
                yield from (item for item in map(_settled, items[:head]) if not _page_number(item))
                items = [joined, *items[end:]]
            else:
                yield waiting
                yield from behind
            waiting, behind = None, []
        items = list(map(_settled, items))
        tops = _running(list(map(_settled, page)))
        last = _last_table(items)
        if last is None:
            yield from items
            continue
        yield from items[:last]
        table = items[last]
        assert isinstance(table, PageTable), "the index is that of a table"
        waiting, behind = table, items[last + 1 :]
    if waiting is not None:
        yield waiting
        yield from behind


def _taken_up(
    waiting: PageTable, items: Sequence[PageItem], tops: Sequence[PageLine]
) -> tuple[int, int, PageTable | None]:
    """Where on a page the waiting table goes on, behind which item that ends, and both parts as one."""
    head = _ahead(items, tops)
    joined: PageTable | None = None
    if head is None:
        return 0, 0, None
    end = head
    while end < len(items):
        table = items[end]
        more = _join(joined or waiting, table) if isinstance(table, PageTable) else None
        if more is None:
            break
        joined, end = more, end + 1
        if isinstance(table, PageTable) and table.line is None:
            break  # only what was read line by line comes in several pieces
    return head, end, joined


def _settled(item: PageItem) -> PageItem:
    """A line that proved to be no part of a table is a line."""
    return item.line if isinstance(item, PageTable) and item.line is not None else item


def _page_number(item: PageItem) -> bool:
    return isinstance(item, PageLine) and _NUMBER.fullmatch(_bare(item.text)) is not None


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", folded(text))


def _running(page: Sequence[PageItem]) -> list[PageLine]:
    """The first lines of a page, which the next may repeat as a running title."""
    found: list[PageLine] = []
    for item in page[:4]:
        if not isinstance(item, PageLine):
            break
        found.append(item)
    return found


def _ahead(items: Sequence[PageItem], tops: Sequence[PageLine]) -> int | None:
    """Where the first table of a page is, if nothing stands before it but the page number, the title of every page, and text
    that runs out of a cell.
    """
    first = next((item for item in items if isinstance(item, PageTable) and item.line is None), None)
    for index, item in enumerate(items):
        line = item.line if isinstance(item, PageTable) else item
        if line is None:
            return index
        repeated = any(other.text == line.text and abs(other.box.top - line.box.top) <= _NEAR for other in tops)
        if not _page_number(line) and not repeated and not (first is not None and _runs_out(line, first)):
            return index if isinstance(item, PageTable) else None
    return None


def _last_table(items: Sequence[PageItem]) -> int | None:
    """The table at the end of a page, behind which there is nothing but the page number and text that runs out of a cell."""
    index = next((index for index in range(len(items) - 1, -1, -1) if isinstance(items[index], PageTable)), None)
    if index is None:
        return None
    table = items[index]
    assert isinstance(table, PageTable), "the index is that of a table"
    behind = [item for item in items[index + 1 :] if not _page_number(item)]
    return index if all(isinstance(item, PageLine) and _runs_out(item, table) for item in behind) else None


def _runs_out(line: PageLine, table: PageTable) -> bool:
    """Whether a line outside a ruled table is the rest of a cell that is too low for its text: within a column, right above or
    below the table.
    """
    if not table.ruled or len(table.xs) < _COLUMNS:
        return False
    far = max(table.box.top - line.box.bottom, line.box.top - table.box.bottom)
    within = any(left - _NEAR <= line.box.x0 and line.box.x1 <= right + _NEAR for left, right in pairwise(table.xs))
    return within and far < _LINES_OUT * line.box.height


def _join(upper: PageTable, lower: PageTable) -> PageTable | None:
    """Both as one table; None where the lower is another one."""
    if upper.ruled != lower.ruled or upper.rows + lower.rows > _MOST_ROWS:
        return None
    if upper.ruled:
        if not _same_columns(upper, lower):
            return None
    else:
        fitted = _fitted(upper, lower)
        if fitted is None:
            return None
        lower = fitted
    if any(_BEGINS.match(_bare(cell.text)) for cell in lower.cells if cell.row < 2):
        return None
    heading = _heading(upper, lower)
    body = [cell for cell in lower.cells if cell.row >= heading]
    rows = lower.rows - heading
    if not body or rows < 1:
        return replace(upper, open_bottom=lower.open_bottom)
    if not heading and not _may_go_on(upper, lower):
        return None
    body = [cell.below(-heading) for cell in body]
    cells = list(upper.cells)
    shift = upper.rows
    if _broken(upper, lower, heading, body):
        shift -= 1
        body, cells = _mended(cells, body, upper.rows)
    else:
        body, cells = _spanning(cells, body, upper.rows)
    joined = sorted([*cells, *(cell.below(shift) for cell in body)], key=lambda each: (each.row, each.column))
    return replace(
        upper,
        cells=tuple(joined),
        rows=shift + rows,
        box=Box(upper.box.x0, upper.box.top, upper.box.x1, lower.box.bottom),
        open_bottom=lower.open_bottom,
    )


def _fitted(upper: PageTable, lower: PageTable) -> PageTable | None:
    """A table without lines in the columns of the upper one, below which its texts stand; None where they do not."""
    places: list[int] = []
    for start, end in lower.spans:
        shared = [min(end, own[1]) - max(start, own[0]) for own in upper.spans]
        best = max(range(len(shared)), key=lambda index: shared[index])
        if shared[best] <= 0 or (places and best <= places[-1]) or sum(each > 0 for each in shared) > 1:
            return None
        places.append(best)
    cells = tuple(replace(cell, column=places[cell.column]) for cell in lower.cells)
    return replace(lower, cells=cells, xs=upper.xs, spans=upper.spans)


def _same_columns(upper: PageTable, lower: PageTable) -> bool:
    if len(upper.xs) != len(lower.xs):
        return False
    shift = lower.xs[0] - upper.xs[0]  # pages to be bound stand alternately more to the left and to the right
    if abs(shift) > 15 * _NEAR:
        return False
    return all(abs(a + shift - b) <= _NEAR for a, b in zip(upper.xs, lower.xs, strict=True))


def _may_go_on(upper: PageTable, lower: PageTable) -> bool:
    """Whether a table without the heading repeated is the rest of the upper one: not with a heading of its own."""
    if upper.open_bottom or lower.open_top:
        return True
    first = [cell for cell in lower.cells if cell.row == 0 and cell.text]
    words = [cell for cell in first if not re.search(r"[0-9０-９]", cell.text)]
    heads = {_bare(cell.text) for cell in upper.cells if cell.row < _HEADING_ROWS}
    # A heading is a row of short words in every column; the rest of a table has figures, or few columns filled.
    return bool(heads) and not (len(words) == len(lower.xs) - 1 and all(len(cell.text) <= 12 for cell in words))


def _heading(upper: PageTable, lower: PageTable) -> int:
    """How many rows at the top of the lower part repeat those of the upper."""

    def shape(table: PageTable, row: int) -> list[tuple[str, int, int, int]]:
        return [(_bare(cell.text), cell.column, cell.columns, cell.rows) for cell in table.cells if cell.row == row]

    count = 0
    while count < min(_HEADING_ROWS, upper.rows, lower.rows):
        rows = shape(upper, count), shape(lower, count)
        if rows[0] != rows[1] or (not any(text for text, *_ in rows[0]) and not count):
            break
        # A row of figures may be alike by chance, as where nothing was done in any year.
        if any(re.search("[0-9]", _YEAR.sub("", text)) for text, *_ in rows[0]):
            break
        count += 1
    # Rows that the heading's cells reach into are part of it, and a row of figures alike by chance is not.
    while count and any(cell.row < count < cell.row + cell.rows for cell in lower.cells):
        count -= 1
    return count


def _broken(upper: PageTable, lower: PageTable, heading: int, body: Sequence[PageCell]) -> bool:
    """Whether the page end cuts a row: its rest fills few cells, or begins with figures where a name should stand."""
    last = {cell.column: cell for cell in upper.cells if cell.row + cell.rows == upper.rows}
    first = [cell for cell in body if cell.row == 0]
    filled = [cell for cell in first if cell.text]
    if not filled or any(cell.column not in last for cell in filled):
        return False
    if any(last[cell.column].columns != cell.columns for cell in filled):
        return False
    if not all(last[cell.column].text for cell in filled):
        return False  # there is nothing that could go on
    if (upper.open_bottom and lower.open_top) or (upper.open_bottom and heading):
        return True
    blank = [cell for cell in first if not cell.text and cell.column in last and last[cell.column].text]
    if not blank:
        return False
    if len(filled) == 1:
        only = filled[0]
        return last[only.column].rows == 1 and not re.search("[。．]$", last[only.column].text)
    # Behind a blank name a figure opens no row of its own.
    ahead = [cell for cell in blank if cell.column < filled[0].column]
    return bool(ahead) and _FIGURE.match(folded(filled[0].text)) is not None


def _mended(cells: list[PageCell], body: list[PageCell], rows: int) -> tuple[list[PageCell], list[PageCell]]:
    """The rest of a cut row put to its beginning: (the cells left over below, the cells above)."""
    first = {cell.column: cell for cell in body if cell.row == 0}
    mended: list[PageCell] = []
    taken: set[int] = set()
    for cell in cells:
        rest = first.get(cell.column)
        if cell.row + cell.rows != rows or rest is None or (rest.text and rest.columns != cell.columns):
            mended.append(cell)
            continue
        taken.add(cell.column)
        text = "\n".join(part for part in (cell.text, rest.text) if part)
        mended_cell = cell.noted(reading_note(BROKEN)) if rest.text else cell
        # What spans rows on the next page goes on spanning them.
        mended.append(replace(mended_cell, text=text, rows=cell.rows + rest.rows - 1))
    left = [cell for cell in body if cell.row != 0 or (cell.column not in taken and cell.text)]
    return left, mended


def _spanning(cells: list[PageCell], body: list[PageCell], rows: int) -> tuple[list[PageCell], list[PageCell]]:
    """A blank first cell on the next page is the rest of the cell above, if that has an owner of several rows there."""
    first = sorted((cell for cell in body if cell.row == 0), key=lambda each: each.column)
    if not any(cell.text for cell in first):
        return body, cells
    blanks: list[PageCell] = []
    for cell in first:
        if cell.text:
            break
        blanks.append(cell)
    last = {cell.column: index for index, cell in enumerate(cells) if cell.row + cell.rows == rows}
    changed = list(cells)
    gone: set[int] = set()
    for blank in blanks:
        index = last.get(blank.column)
        if index is None or not cells[index].text or cells[index].columns != blank.columns:
            break
        changed[index] = replace(cells[index], rows=cells[index].rows + blank.rows)
        gone.add(blank.column)
    return [cell for cell in body if not (cell.row == 0 and cell.column in gone)], changed
