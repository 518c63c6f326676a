"""Values beside their labels: to the right, below, above, or in the same cell, by the table `labels` of a form."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, takewhile
from typing import Final, NamedTuple

from hyotei.forms.items import NONE, states_fact
from hyotei.forms.model import BASE, Position, Row
from hyotei.forms.model import Form as FormDocument
from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.printed.choice_marks import choice_of, is_mark
from hyotei.readers.printed.form_blocks import FormCell
from hyotei.readers.printed.form_text import Form, is_heading
from hyotei.readers.printed.grid import Grid
from hyotei.readers.printed.headings import heading_of
from hyotei.readers.words_of_forms import FormWords

_REMARK: Final = re.compile(r"\(?※[0-9a-z]*\)?|\(?注[0-9]*\)|\*[0-9]*")
_LONGEST_LABEL: Final = 40
_SEVERAL: Final = 2
_LINES_ABOVE: Final = 12
"""Lines of text above a label among which its heading stands."""
_YEARS: Final = ("fiscal_year", "made_year")
_EVALUATED: Final = "の?(?:事[前後]|中間)?(?:評価|点検|カルテ|マネジメント|シート|調書|管理)"
"""What follows the thing that is evaluated in the title of a document."""
_OF_POLICY: Final = re.compile(f"[政施]策{_EVALUATED}")
_HEADER: Final = 4
"""Labels and headings beside each other from which on a row is the header of a list."""


Rows = list[tuple[Row, re.Pattern[str]]]
"""The rows of the table of labels with their patterns."""


class Labelled(NamedTuple):
    """A value: the row of the form that names it, its text, the number of its line, and the cells of label and value by table."""

    row: Row
    text: str
    line: int
    cells: tuple[tuple[int, int, int], ...] = ()
    label: str = ""
    """The words of the label as they are printed."""


class _Label(NamedTuple):
    row: Row
    rest: str
    """What follows the label in its own cell."""
    words: str = ""


def labelled(form: Form, near: int) -> list[Labelled]:
    """All labelled values of a form, in the order in which the rows of its table count, then in that of the document."""
    words = FormWords(form.document.form, near)
    rows: Rows = [(row, re.compile(row.pattern)) for row in words.form.rows("labels")]
    rank = {id(row): position for position, (row, _) in enumerate(rows)}
    found = [each for number, grid in enumerate(form.grids) for each in _of_grid(form, number, grid, rows, words)]
    in_tables = {line.number for lines in form.lines.values() for line in lines}
    free = [line for line in form.document.lines if not line.blank and line.number not in in_tables]
    for position, line in enumerate(free):
        above = [each.text for each in reversed(free[max(0, position - _LINES_ABOVE) : position])]
        labels = [label for label in _labels(line.text, rows, partial(iter, above)) if label.rest]
        found += [Labelled(label.row, label.rest, line.number, label=label.words) for label in labels]
    return sorted(found, key=lambda each: rank[id(each.row)])


def first_values(found: list[Labelled]) -> dict[str, Labelled]:
    """The value of each item that counts: that of the first row of the form which the document prints."""
    values: dict[str, Labelled] = {}
    for each in found:
        if each.row.item != NONE:
            values.setdefault(each.row.item, each)
    return values


def evaluated_title(found: Iterable[Labelled], head: str) -> Labelled | None:
    """The value whose label surely names what the sheet evaluates, whatever else is named on it; None where none is sure.

    Either the form itself says so, in a table of its own, or the title of the document names the same thing as the label: on a
    事務事業評価シート the 事務事業名 counts and the 施策名 says where it belongs.

    Args:
        found: the labelled values, in the order in which they count.
        head: the first lines of the document, folded and without blanks.
    """
    titles = [each for each in found if each.row.item == "title"]
    own = next((each for each in titles if each.row.form != BASE), None)
    if own is not None or _OF_POLICY.search(head) is not None:
        return own
    return next((each for each in titles if (thing := _thing(each)) and re.search(thing + _EVALUATED, head)), None)


def _thing(titled: Labelled) -> str:
    """What a label names, for the machine: 事務事業 of 事務事業名."""
    return re.escape(re.sub("の?名称?$", "", titled.label))


def _of_grid(form: Form, number: int, grid: Grid, rows: Rows, words: FormWords) -> Iterator[Labelled]:
    labels = {
        id(cell): found
        for cell in grid.cells
        if (found := list(_labels(cell.text, rows, partial(_around, grid, cell))))
    }
    for row in grid.rows:
        cells = grid.starting(row)
        known = [id(cell) in labels or heading_of(cell, words) is not None for cell in cells]
        for position, cell in enumerate(cells[:-1]):
            if any(label.row.item in _YEARS and not label.rest for label in labels.get(id(cell), ())):
                known[position + 1] = False  # the year behind its label is a value
        if len(cells) >= _HEADER and sum(known) * 3 >= len(cells) * 2:
            continue  # the header of a list, whose values stand below it
        for cell in cells:
            for label in labels.get(id(cell), ()):
                value = _value(grid, cell, label, labels, words.form)
                marked = _marked(grid, cell, label.row, labels, words.form)
                if marked is not None:
                    text, at_cell = marked
                    key = (number, at_cell.row, at_cell.column)
                    line = form.lines[key][0].number
                    cells_read = ((number, cell.row, cell.column), key)
                    yield Labelled(label.row, text, line, cells_read, label.words)
                    continue
                if value is not None:
                    key = (number, value.row, value.column)
                    lines = form.lines.get(key) or form.lines[number, cell.row, cell.column]
                    text = label.rest if value is cell else value.text
                    cells_read = ((number, cell.row, cell.column), key)
                    yield Labelled(label.row, text.strip(), lines[0].number, cells_read, label.words)


def _value(
    grid: Grid, cell: FormCell, label: _Label, labels: dict[int, list[_Label]], form: FormDocument
) -> FormCell | None:
    """The cell that holds the value of a label; the cell itself where the value follows there."""
    if label.rest:
        return cell if label.row.position in ("any", "same") else None
    row = grid.starting(cell.row)
    others = [each for each in row if each is not cell]
    ways: tuple[Position, ...] = (label.row.position,)
    if label.row.position == "any":
        # Below only where the whole row is of labels: beside other values a blank is a blank.
        ways = ("right", "below") if all(id(each) in labels for each in others) else ("right",)
    for way in ways:
        found = _beside(grid, cell, way, far=not any(id(each) in labels for each in others))
        if found is not None and found is not cell and id(found) not in labels and not is_heading(found, form):
            return found
    return None


def _marked(
    grid: Grid, cell: FormCell, row: Row, labels: dict[int, list[_Label]], form: FormDocument
) -> tuple[str, FormCell] | None:
    """What is chosen in the row of a label, and the cell that shows it: by marks beside the choices or below them, or by shading.

    Of several choices of which none is marked all are given, so that none is taken for chosen.
    """
    if not states_fact(row.item) or not any(each.item == row.item for each in form.rows("choices")):
        return None
    beside = [each for each in grid.starting(cell.row) if each.column >= cell.column + cell.columns]
    beside = list(takewhile(lambda each: id(each) not in labels, beside))
    marks = [each for each in beside if is_mark(each.text)]
    options: list[str] = []
    for mark in marks:
        after = grid.at(mark.row, mark.column + mark.columns)
        near = [after, *(grid.at(above, mark.column) for above in range(mark.row - 1, grid.rows.start - 1, -1))]
        option = next((each for each in near if each is not None and choice_of(form, row.item, each.text).value), None)
        options.append(f"○ {option.text}" if option is not None else mark.text)
    if marks:
        return "\n".join(options), marks[0]
    chosen = [each for each in beside if choice_of(form, row.item, each.text).value is not None]
    if len(chosen) < _SEVERAL:
        return None
    shaded = [each for each in chosen if each.shaded]
    if len(shaded) == 1:
        return shaded[0].text, shaded[0]
    return "\n".join(each.text for each in chosen), chosen[0]


def _beside(grid: Grid, cell: FormCell, way: Position, far: bool) -> FormCell | None:
    """The cell on one side of a label; to the right blanks are passed over where the row has no other label (`far`)."""
    match way:
        case "right":
            first = cell.column + cell.columns
            for column in range(first, grid.columns.stop if far else first + 1):
                found = grid.at(cell.row, column)
                if found is not None:
                    return found
            return None
        case "below":
            return grid.at(cell.row + cell.rows, cell.column)
        case "above":
            return grid.at(cell.row - 1, cell.column)
    return None


def _around(grid: Grid, cell: FormCell) -> Iterator[str]:
    """The texts under or beside which a cell stands, the nearest first: those to the left, then those above."""
    yield from (each.text for each in reversed(grid.left_of(cell.row, cell.column)))
    last: FormCell | None = None
    for row in range(cell.row - 1, grid.rows.start - 1, -1):
        above = grid.at(row, cell.column)
        if above is not None and above is not last:
            yield above.text
            last = above


def _labels(text: str, rows: Rows, around: Callable[[], Iterable[str]]) -> Iterator[_Label]:
    """The labels of a text: the whole of it, or before a colon on each of its lines; `around` gives what stands near it."""
    whole = _label(text, rows, around)
    if whole is not None:
        yield _Label(whole, "", _words(text))
        return
    before: list[str] = []
    for line in text.splitlines():
        head, colon, rest = line.replace("：", ":").partition(":")
        near = partial(chain, tuple(reversed(before)), _Later(around))
        row = _label(head, rows, near) if colon and rest.strip() else None
        if row is not None:
            yield _Label(row, rest.strip(), _words(head))
        before.append(line)


class _Later:
    """Texts that are looked for when they are asked for."""

    def __init__(self, texts: Callable[[], Iterable[str]]) -> None:
        self.texts = texts

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts())


def _label(text: str, rows: Rows, around: Callable[[], Iterable[str]]) -> Row | None:
    """The row whose words a text is; of rows with a heading the one whose heading stands nearest comes first."""
    plain = _words(text)
    if not plain or len(plain) > _LONGEST_LABEL:
        return None
    matching = [row for row, pattern in rows if pattern.fullmatch(plain)]
    headed = [row for row in matching if row.heading_pattern]
    if headed:
        for near in map(_words, around()):
            found = next((row for row in headed if re.fullmatch(row.heading_pattern, near)), None)
            if found is not None:
                return found
    return next((row for row in matching if not row.heading_pattern), None)


def _words(text: str) -> str:
    """The words of a label or heading without the signs around them."""
    return _REMARK.sub("", bare(text)).rstrip(":").strip("【】[]<>■●◆◇")
