"""The sheets of an OpenDocument workbook (.ods) as tables of what they show: the text that the file itself holds of each cell.

No formula is run and no link followed. A cell without a text, as some programs write numbers, shows its exact value.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from hyotei.intake.input_file import InputFile
from hyotei.readers.office_zip import OfficeZip, opened
from hyotei.readers.printed.block_writer import lowered, raised, struck, without_struck
from hyotei.readers.printed.form_blocks import FormCell, FormPlace, FormTable
from hyotei.readers.xlsx_number_format import plain_number
from hyotei.readers.xlsx_workbook import HIDDEN_COLUMN, HIDDEN_ROW, HIDDEN_SHEET, MOST_CELLS, Worksheet, reference
from hyotei.readers.xml_names import local_name
from hyotei.sheet.notes import Notes, joined_notes, reading_note

if TYPE_CHECKING:
    from lxml import etree

KIND: Final = b"application/vnd.oasis.opendocument."
"""How the kind of an OpenDocument file begins, which is its first part."""
_SPREADSHEET: Final = "spreadsheet"
_LONGEST: Final = 40_000
_MOST_ROWS: Final = 1_048_576
_MOST_COLUMNS: Final = 16_384
_NUMBERS: Final = frozenset(("float", "percentage", "currency"))
_THROUGH: Final = frozenset(("table-row-group", "table-rows", "table-header-rows"))
_COLUMNS_THROUGH: Final = frozenset(("table-column-group", "table-columns", "table-header-columns"))
# Remarks beside a cell, how characters are read, and what is drawn over it, are no text of the cell.
_SKIPPED: Final = frozenset(("annotation", "ruby-text", "note", "tracked-changes", "shapes"))
_SHOWN_NUMBER: Final = re.compile(r"[^\d.,△▲()（）-]*[-△▲(（]?[^\d.,]*([0-9][0-9,]*(?:\.[0-9]+)?)[^\d]*")
_MINUS: Final = re.compile("[-−△▲]")


def opendocument_worksheets(document: InputFile) -> Iterator[Worksheet]:
    """The sheets of a workbook in their order.

    Raises:
        HyoteiError: as `office_zip.opened`; it is another OpenDocument file (HY890), protected by a password (HY850), no sound
            workbook (HY853), or holds more cells than a form can (HY854).
    """
    with opened(document) as archive:
        kind = (archive.content("mimetype") or b"").decode("ascii", "replace")
        if not kind.startswith(KIND.decode() + _SPREADSHEET):
            raise document.problem("HY890")
        if _encrypted(archive):
            raise document.problem("HY850")
        root = archive.tree("content.xml")
        body = None if root is None else next(root.iter("{*}spreadsheet"), None)
        if root is None or body is None:
            raise document.problem("HY853", part="content.xml", reason="?")
        styles = _Styles(root)
        left = MOST_CELLS
        for element in body:
            if local_name(element) != "table":
                continue
            sheet = _Sheet(element, styles)
            cells = sheet.cells(left)
            if cells is None:
                raise document.problem("HY854", limit=f"{MOST_CELLS:,}")
            left -= len(cells)
            table = FormTable(tuple(cells), FormPlace(part=sheet.part))
            yield Worksheet(sheet.name, table, sheet.hidden, sheet.hidden_cells)


def _encrypted(archive: OfficeZip) -> bool:
    manifest = archive.tree("META-INF/manifest.xml")
    return manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None


class _Styles:
    """What of the looks of a workbook changes what it says: sheets that are not shown, characters beside the line, struck text."""

    def __init__(self, root: "etree._Element") -> None:
        self.hidden: set[str] = set()
        self.above: set[str] = set()
        self.below: set[str] = set()
        self.through: set[str] = set()
        for style in root.iter("{*}style"):
            name = _attribute(style, "name")
            for each in style:
                if local_name(each) == "table-properties" and _attribute(each, "display") == "false":
                    self.hidden.add(name)
                # A word, or by how many hundredths of its height: 「33% 58%」 as LibreOffice writes what came from Excel.
                position = _attribute(each, "text-position").split(" ")[0]
                if position == "super" or re.fullmatch("[0-9.]*[1-9][0-9.]*%", position):
                    self.above.add(name)
                if position == "sub" or position.startswith("-"):
                    self.below.add(name)
                through = (_attribute(each, f"text-line-through-{what}") for what in ("style", "type"))
                if any(word not in ("", "none") for word in through):
                    self.through.add(name)

    def placed(self, text: str, name: str) -> str:
        """A text in a style: above or below the line it runs together with no number, and what is struck out is marked."""
        text = raised(text) if name in self.above else lowered(text) if name in self.below else text
        return struck(text) if name in self.through else text


class _Sheet:
    """Reads one sheet."""

    def __init__(self, element: "etree._Element", styles: _Styles) -> None:
        self.element, self.styles = element, styles
        self.name = _attribute(element, "name")
        self.part = f"シート「{self.name}」"
        self.hidden = _attribute(element, "style-name") in styles.hidden
        self.hidden_cells = 0
        self.hidden_columns = self._hidden_columns()

    def cells(self, most: int) -> list[FormCell] | None:
        """The cells that show anything; None where there are more than `most`."""
        found: list[FormCell] = []
        row = 0
        for element in _inside(self.element, "table-row", _THROUGH):
            times = _count(element, "number-rows-repeated")
            hidden = _attribute(element, "visibility") in ("collapse", "filter")
            shown = list(self.row(element, hidden))
            if shown and len(found) + times * len(shown) > most:
                return None
            for at in range(times if shown else 0):
                found += [self.cell(row + at, each) for each in shown]
            row += times
            if row > _MOST_ROWS:
                break
        return found

    def row(self, element: "etree._Element", hidden: bool) -> Iterator[tuple[int, str, Notes, int, int]]:
        """The cells of a row that show anything: column, text, notes, and how many rows and columns they span."""
        column = 0
        for each in element:
            kind = local_name(each)
            if kind not in ("table-cell", "covered-table-cell"):
                continue
            times = _count(each, "number-columns-repeated")
            # What a merged cell covers is kept in the file and shown nowhere.
            text, notes = self.text(each) if kind == "table-cell" else ("", ())
            through = _attribute(each, "style-name") in self.styles.through and "\ufdd0" not in text
            text, out = without_struck(struck(text) if through else text)
            notes = joined_notes(notes, out)
            if text.strip():
                height, width = _count(each, "number-rows-spanned"), _count(each, "number-columns-spanned")
                for at in range(column, min(column + times, _MOST_COLUMNS)):
                    unseen = (
                        (HIDDEN_SHEET, self.hidden),
                        (HIDDEN_ROW, hidden),
                        (HIDDEN_COLUMN, at in self.hidden_columns),
                    )
                    why = joined_notes(notes, *(reading_note(key) for key, so in unseen if so))
                    self.hidden_cells += hidden or at in self.hidden_columns
                    yield at, text[:_LONGEST], why, height, width
            column += times

    def cell(self, row: int, shown: tuple[int, str, Notes, int, int]) -> FormCell:
        column, text, notes, height, width = shown
        return FormCell(text, row, column, FormPlace(cell=reference(row, column), part=self.part), height, width, notes)

    def text(self, element: "etree._Element") -> tuple[str, Notes]:
        """What a cell shows, and why that is not simply what it holds."""
        lines = [self.line(each) for each in element if local_name(each) in ("p", "h")]
        text = "\n".join(lines)
        kind = _attribute(element, "value-type")
        if kind in _NUMBERS:
            value = _decimal(_attribute(element, "value"))
            if value is not None:
                return _number(text, value * 100 if kind == "percentage" else value, kind == "percentage")
        if text.strip() or not kind:
            return text, ()
        if kind == "date":
            return _attribute(element, "date-value")[:10].replace("-", "/"), ()
        return _attribute(element, f"{kind}-value"), ()

    def line(self, element: "etree._Element") -> str:
        """The text of a paragraph; what stands above the line does not run together with a number before it."""
        pieces = [element.text or ""]
        for child in element:
            name = local_name(child)
            if name == "s":
                pieces.append(" " * min(_count(child, "c"), _LONGEST))
            elif name == "tab":
                pieces.append(" ")
            elif name == "line-break":
                pieces.append("\n")
            elif name and name not in _SKIPPED:
                pieces.append(self.styles.placed(self.line(child), _attribute(child, "style-name")))
            pieces.append(child.tail or "")
        return "".join(pieces)

    def _hidden_columns(self) -> set[int]:
        found: set[int] = set()
        column = 0
        for element in _inside(self.element, "table-column", _COLUMNS_THROUGH):
            times = _count(element, "number-columns-repeated")
            if _attribute(element, "visibility") in ("collapse", "filter"):
                found.update(range(column, min(column + times, _MOST_COLUMNS)))
            column += times
        return found


def _number(text: str, value: Decimal, percent: bool) -> tuple[str, Notes]:
    """What a number shows, with the sign and the value that its format may hide."""
    if not text.strip():
        return f"{plain_number(value)}{'%' if percent else ''}", ()
    shown = _SHOWN_NUMBER.fullmatch(text.strip())
    if shown is None:
        return text, ()
    if value < 0 and not _MINUS.search(text):
        # （5） or a red 5: a reader of the text alone would lose the sign.
        return f"-{re.sub('[()（）]', '', text)}", reading_note("reading_notes.negative_shown", text=text)
    magnitude = _decimal(shown[1].replace(",", ""))
    if magnitude is not None and magnitude != abs(value):
        held = f"{plain_number(value)}{'%' if percent else ''}"
        return text, reading_note("reading_notes.rounded_as_shown", value=held)
    return text, ()


def _decimal(literal: str) -> Decimal | None:
    if not 0 < len(literal) <= 40:
        return None
    try:
        value = Decimal(literal)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) < 60 else None


def _inside(element: "etree._Element", name: str, through: frozenset[str]) -> "Iterator[etree._Element]":
    """The rows or columns of a sheet, also those in groups and headings."""
    for child in element:
        if local_name(child) == name:
            yield child
        elif local_name(child) in through:
            yield from _inside(child, name, through)


def _attribute(element: "etree._Element", name: str) -> str:
    """An attribute by its local name; office files of all versions use one namespace for each."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def _count(element: "etree._Element", name: str) -> int:
    text = _attribute(element, name)
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1
