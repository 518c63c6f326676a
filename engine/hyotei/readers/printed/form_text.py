"""A printed form as a document of lines, in which each line knows where it is printed, so that what reads texts reads forms."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hyotei.base.text_folding import folded
from hyotei.forms.model import Form as FormDocument
from hyotei.messages import Location
from hyotei.readers.evaluation_text.form_words import MARKS
from hyotei.readers.evaluation_text.text_lines import SheetText, TextLine, narrow
from hyotei.readers.printed import form_blocks
from hyotei.readers.printed.grid import Grid, close, plain
from hyotei.readers.unvalidated_models import make
from hyotei.readers.words_of_forms import part_patterns
from hyotei.sheet.models import Reading, Source
from hyotei.sheet.notes import Notes

_BLANKS: Final = re.compile(r"\s+")
_CHOICE: Final = re.compile(rf"[(\[]?[{re.escape(MARKS)}□☐]?[)\]]? ?[A-ESⅠ-Ⅹ]?[.．:)]?")
"""A mark, a letter of a scale, or both: the beginning of a choice whose words stand in the next cell."""
_AFTER_HEADING: Final = re.compile(r"[)\]】]?(?:[(\[【][^()\[\]【】]{0,30}[)\]】])*[::]?")
"""What may follow a heading: its closing bracket, and remarks in brackets such as (※１) or （千円）."""
_LONGEST_HEADING: Final = 80
_FIGURE: Final = re.compile(r"[約計△▲・〈<(+-]? ?[0-9]")
_LABEL: Final = re.compile("(?:作成)?府省庁?名|(?:評価実施)?(?:省庁|機関)名|評価対象の?(?:年度|期間)")
"""Labels whose value stands in the next cell."""
_LONGEST_CHOICE: Final = 60
_POLICY_NUMBER: Final = re.compile(r"(?:(?:政策|施策)(?:目標)?)?[(\[]?[0-9Ⅰ-Ⅹ①-⑳]{1,3}(?:-[0-9]{1,3}){0,3}[)\].:]?")
_FIELD: Final = re.compile("(?:政策)?分野:?")

Piece = form_blocks.FormLine | Grid
"""What a form is made of: lines outside tables, and tables."""


@dataclass(frozen=True)
class FormText(SheetText):
    """The lines of a form: their numbers are positions only, and `places` says where each is printed."""

    places: tuple[form_blocks.FormPlace, ...] = ()

    def place(self, line: int | None) -> form_blocks.FormPlace:
        return form_blocks.FormPlace() if line is None else self.places[line - 1]

    def at(self, line: int | None) -> Location:
        return at(self.file, self.place(line))

    def source(
        self, text: str, line: int, *, place: str | None = None, reading: Reading = "stated", notes: Notes = ()
    ) -> Source:
        return source(self.file, self.place(line), text, place, reading, notes)


def at(file: str | None, place: form_blocks.FormPlace) -> Location:
    """A place as problems state it."""
    page = None if place.page is None else f"{place.page}ページ"
    return Location(file, place.line, heading=" ".join(filter(None, (page, place.part, place.cell))) or None)


def place_words(place: form_blocks.FormPlace, words: str | None) -> str | None:
    """The words for a place in the source of a figure: the part of the file, then what the place is called there."""
    return "、".join(filter(None, (place.part, words))) or None


def source(
    file: str | None,
    place: form_blocks.FormPlace,
    text: str,
    words_of_place: str | None = None,
    reading: Reading = "stated",
    notes: Notes = (),
) -> Source:
    """A place as figures state it; the part of the file that page, line and cell leave open comes first in the words."""
    fields: dict[str, object] = {
        "text": text, "file": file, "page": place.page, "line": place.line, "cell": place.cell,
        "place": place_words(place, words_of_place), "reading": reading, "note": None, "notes": notes, "candidates": (),
    }  # fmt: skip
    return make(Source, fields)


@dataclass(frozen=True)
class Form:
    """One form: its lines, its tables, and the lines of each cell by table and by the cell's row and column."""

    document: FormText
    grids: tuple[Grid, ...]
    lines: dict[tuple[int, int, int], tuple[TextLine, ...]]

    def of(self, grid: int, cell: form_blocks.FormCell) -> tuple[TextLine, ...]:
        """The lines of a cell."""
        return self.lines[grid, cell.row, cell.column]


def form_of(pieces: Sequence[Piece], file: str | None, form: FormDocument) -> Form:
    """The pieces of one form as its lines, in the order of the pieces, rows and columns."""
    writer = _Writer(form)
    grids: list[Grid] = []
    for piece in pieces:
        if isinstance(piece, Grid):
            writer.grid(len(grids), piece)
            grids.append(piece)
        else:
            writer.text(piece.text, piece.place)
    document = FormText(tuple(writer.lines), file, form, tuple(writer.places))
    return Form(document, tuple(grids), writer.of_cells)


class _Writer:
    """Writes lines one after the other."""

    def __init__(self, form: FormDocument) -> None:
        self.form = form
        self.lines: list[TextLine] = []
        self.places: list[form_blocks.FormPlace] = []
        self.of_cells: dict[tuple[int, int, int], tuple[TextLine, ...]] = {}

    def line(self, text: str, place: form_blocks.FormPlace) -> TextLine:
        simple = _BLANKS.sub(" ", folded(text)).strip()
        line = TextLine(len(self.lines) + 1, text.strip(), simple, place.page)
        self.lines.append(line)
        self.places.append(place)
        return line

    def text(self, text: str, place: form_blocks.FormPlace) -> tuple[TextLine, ...]:
        return tuple(self.line(each, place) for each in text.splitlines() or [""])

    def gap(self) -> None:
        """A blank line, which ends a block."""
        if self.lines and not self.lines[-1].blank:
            self.line("", self.places[-1])

    def grid(self, number: int, grid: Grid) -> None:
        self.gap()
        for row in grid.rows:
            cells = grid.starting(row)
            groups = _policy(cells) if _names_policy(cells) else _together(cells)
            for group in groups:
                if len(group) > 1:
                    # What belongs together is one line to readers of texts: 政策名 with title and field, ○ Ａ with its words.
                    line = self.line(" ".join(narrow(cell.text) for cell in group), group[0].place)
                    for cell in group:
                        self.of_cells[number, cell.row, cell.column] = (line,)
                else:
                    self.of_cells[number, row, group[0].column] = self.cell(group[0])
                self.gap()

    def cell(self, cell: form_blocks.FormCell) -> tuple[TextLine, ...]:
        if is_heading(cell, self.form):
            return (self.line(narrow(cell.text), cell.place),)
        return self.text(cell.text.strip(), cell.place)


def is_heading(cell: form_blocks.FormCell, form: FormDocument) -> bool:
    """Whether a cell holds a heading of the form and nothing else, even if it is printed downwards."""
    text = close(cell)
    return len(text) <= _LONGEST_HEADING and any(
        _AFTER_HEADING.fullmatch(text, match.end()) is not None
        for _, pattern in part_patterns(form)
        if (match := pattern.match(text))
    )


def _names_policy(cells: Sequence[form_blocks.FormCell]) -> bool:
    return len(cells) > 1 and policy_label(cells[0])


def _policy(cells: list[form_blocks.FormCell]) -> list[list[form_blocks.FormCell]]:
    """The cells of the row that names the policy: label, number, title and field in one; what else stands there apart."""
    end = 1
    while end < len(cells) - 1 and _POLICY_NUMBER.fullmatch(close(cells[end])):
        end += 1
    named, rest = cells[: end + 1], cells[end + 1 :]
    if rest and _FIELD.fullmatch(close(rest[0])):
        named, rest = [*named, *rest[:2]], rest[2:]
    return [named, *_together(rest)]


def policy_label(cell: form_blocks.FormCell) -> bool:
    """Whether a cell is the label before the title of the policy."""
    return re.fullmatch(r"(?:政策|施策)(?:分野)?名(?:称)?(?:\(※?[0-9]*\)|※[0-9]?)?[::]?", close(cell)) is not None


def _together(cells: Sequence[form_blocks.FormCell]) -> list[list[form_blocks.FormCell]]:
    """The cells of a row, a mark or letter of a choice with what follows it."""
    groups: list[list[form_blocks.FormCell]] = []
    choice = label = False
    for cell in cells:
        text = plain(cell)
        # A grade beside a figure has no words.
        if len(text) <= _LONGEST_CHOICE and (label or (choice and not _FIGURE.match(text))):
            groups[-1].append(cell)
        else:
            groups.append([cell])
        choice = _CHOICE.fullmatch(text) is not None
        label = _LABEL.fullmatch(text) is not None
    return groups
