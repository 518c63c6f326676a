"""Writes what a check found onto the cells of a workbook: comments, colours, and a worksheet that lists everything."""

import io
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from hyotei.base.extras import need
from hyotei.messages import Language, wording
from hyotei.messages.catalogue import Severity
from hyotei.rulebook_workbook.cell_texts import cell_text
from hyotei.rulebook_workbook.list_reading import ANNOTATED
from hyotei.rulebook_workbook.list_writing import link
from hyotei.rulebook_workbook.worksheet_style import Look, Page

_AUTHOR: Final = "hyotei"
_COLOURS: Final[dict[Severity, str]] = {"error": "FFC7C4", "warning": "FFE699", "note": "D9E7F5"}
_WIDTHS: Final = (30, 10, 10, 110)
_LONGEST: Final = 1_500
"""Characters of a comment at most; the worksheet has all."""
_COMMENT: Final = (420, 160)
"""Width and height of a comment in pixels."""


class CellNote(NamedTuple):
    """Something that was found, at a cell such as `評価区分!B7`; without a code it is the result of a proof."""

    cell: str
    severity: Severity
    code: str
    text: str


def annotated(content: bytes, notes: Sequence[CellNote], language: Language) -> bytes:
    """The workbook with the notes on its cells; those of an earlier check are taken off.

    Raises:
        HyoteiError: openpyxl is not installed (HY902).
    """
    need("readers", "openpyxl")
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content))
    _clear(book)
    before: dict[str, str] = {}
    by_cell: dict[str, list[CellNote]] = {}
    for note in notes:
        by_cell.setdefault(note.cell, []).append(note)
    for name, found in by_cell.items():
        cell = _cell(book, name)
        if cell is not None:
            before[name] = _colour(cell)
            _mark(cell, found, language)
    _list(book, notes, before, language)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(book: Any, name: str) -> Any:
    title, _, place = name.rpartition("!")
    if title not in book.sheetnames:
        return None
    sheet = book[title]
    cell = sheet[place]
    within = next((each for each in sheet.merged_cells.ranges if cell.coordinate in each), None)
    return cell if within is None else sheet.cell(within.min_row, within.min_col)


def _mark(cell: Any, found: Sequence[CellNote], language: Language) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    worst = min(found, key=lambda note: list(_COLOURS).index(note.severity)).severity
    text = "\n".join(_line(note, language) for note in found)
    cell.comment = Comment(cell_text(text[:_LONGEST]), _AUTHOR, height=_COMMENT[1], width=_COMMENT[0])
    cell.fill = PatternFill("solid", fgColor=_COLOURS[worst])


def _line(note: CellNote, language: Language) -> str:
    severity = wording(language).one_of("common.severity", note.severity)
    return f"{severity} {note.code}: {note.text}" if note.code else f"{severity}: {note.text}"


def _list(book: Any, notes: Sequence[CellNote], before: dict[str, str], language: Language) -> None:
    """The worksheet that lists everything, before all others."""
    say = wording(language)
    title = say("rulebook_workbook.annotated.title")
    page = Page(book.create_sheet(title, 0), _WIDTHS)
    page.row([(title, "title")], across=len(_WIDTHS), least=28)
    page.row([(say("rulebook_workbook.annotated.guide"), "guide")], across=len(_WIDTHS), least=20)
    names = ("cell", "severity", "code", "text")
    page.row([(say.one_of("rulebook_workbook.annotated_column", name), "head") for name in names])
    page.row([(f"{ANNOTATED}.{name}", "code") for name in names], least=13)
    for note in notes:
        severity = say.one_of("common.severity", note.severity)
        look: Look = "computed"
        row = page.row([(note.cell, look), (severity, look), (note.code, look), (note.text, look)])
        if note.cell in before:
            link(page.sheet, row, 1, *note.cell.rsplit("!", 1))
            # The colour to be put back by the next check.
            page.put(row, len(_WIDTHS) + 1, before[note.cell], "code")
    if not notes:
        page.row([(say("rulebook_workbook.annotated.nothing"), "guide")], across=len(_WIDTHS))
    page.sheet.column_dimensions[page.letter(len(_WIDTHS) + 1)].hidden = True
    page.sheet.sheet_properties.tabColor = "C00000" if notes else "2E7D32"
    page.finish(len(_WIDTHS), (3, 3), "A5")
    book.active = 0


def _clear(book: Any) -> None:
    """Takes off what an earlier check wrote."""
    from openpyxl.styles import PatternFill

    for sheet in list(book.worksheets):
        if any(str(cell.value).startswith(f"{ANNOTATED}.") for cell in sheet[4] if cell.value):
            for row in sheet.iter_rows(min_row=5, values_only=True):
                cell = _cell(book, str(row[0])) if len(row) > len(_WIDTHS) and row[len(_WIDTHS)] else None
                if cell is not None:
                    colour = str(row[len(_WIDTHS)])
                    cell.fill = PatternFill("solid", fgColor=colour) if colour != "-" else PatternFill()
                    cell.comment = None
            book.remove(sheet)


def _colour(cell: Any) -> str:
    """The colour of a cell; a stroke for none."""
    return str(cell.fill.fgColor.rgb) if cell.fill.fill_type == "solid" else "-"
