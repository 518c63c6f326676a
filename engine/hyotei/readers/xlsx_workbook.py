"""The sheets of a workbook as tables of what they show, from the XML itself: literal numbers, no formula run, no link followed."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from hyotei.intake.input_file import InputFile
from hyotei.messages import Diagnostic, Location
from hyotei.readers.office_zip import OfficeZip, opened
from hyotei.readers.printed.block_writer import lowered, raised, struck, without_struck
from hyotei.readers.printed.form_blocks import FormCell, FormPlace, FormTable
from hyotei.readers.xlsx_number_format import BUILTIN, shown
from hyotei.readers.xml_names import local_name
from hyotei.sheet.notes import Notes, joined_notes, reading_note

if TYPE_CHECKING:
    from lxml import etree

_OFFICE: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MOST_CELLS: Final = 400_000
_MOST_MERGES: Final = 50_000
_LONGEST: Final = 40_000
"""Characters of one cell; a workbook itself holds at most 32,767."""
_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_WHITE: Final = ("9", "64", "65")
"""White, and the colours of window and text, in the palette of old workbooks."""
_OFF: Final = ("0", "false")
HIDDEN_ROW: Final = "reading_notes.hidden_row"
HIDDEN_COLUMN: Final = "reading_notes.hidden_column"
HIDDEN_SHEET: Final = "reading_notes.hidden_sheet"


@dataclass(frozen=True)
class Worksheet:
    """One sheet: its name, its cells, and whether it or parts of it are hidden."""

    name: str
    table: FormTable
    hidden: bool
    hidden_cells: int


@dataclass
class Workbook:
    """What all sheets share."""

    strings: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    shaded: frozenset[int] = frozenset()
    """The styles of cells whose ground is coloured."""
    struck: frozenset[int] = frozenset()
    """The styles of cells with a line through their text."""
    from_1904: bool = False
    unsaved: list[str] = field(default_factory=list)
    """Cells with a formula whose result the file does not hold."""


def worksheets(document: InputFile, problems: list[Diagnostic]) -> Iterator[Worksheet]:
    """The sheets of a workbook in their order, with problems of the file added to `problems` as they are found.

    Raises:
        HyoteiError: as `office_zip.opened`, or it is no workbook (HY853), or holds more cells than a form can (HY852).
    """
    with opened(document) as archive:
        main = next((name for name in ("xl/workbook.xml", "/xl/workbook.xml") if name in archive.names), None)
        root = archive.tree(main) if main is not None else None
        if main is None or root is None:
            raise document.problem("HY853", part="xl/workbook.xml", reason="?")
        styles = archive.tree("xl/styles.xml")
        book = Workbook(_strings(archive), _formats(styles), _shaded(styles), _struck(styles))
        properties = next(_all(root, "workbookPr"), None)
        book.from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        parts = archive.relations(main)
        count = 0
        for sheet in _all(root, "sheet"):
            part = parts.get(sheet.get(f"{_OFFICE}id", ""))
            tree = archive.tree(part) if part is not None else None
            if tree is None or local_name(tree) != "worksheet":
                continue  # a chart, or a macro sheet of old
            name = sheet.get("name", "")
            read = _Sheet(name, book, tree, sheet.get("state", "visible") != "visible")
            cells = read.cells(MOST_CELLS - count)
            if cells is None:
                raise document.problem("HY854", limit=f"{MOST_CELLS:,}")
            count += len(cells)
            yield Worksheet(name, FormTable(tuple(cells), FormPlace(part=read.part)), read.hidden, read.hidden_cells)
        if book.unsaved:
            params = {"cell": book.unsaved[0], "count": f"{len(book.unsaved):,}"}
            problems.append(Diagnostic("HY855", Location(document.name), dict(params)))


class _Styles(dict[str | None, tuple[str, bool, bool]]):
    """The number format of a style, whether its ground is coloured and its text struck out, by the text that names the style."""

    def __init__(self, book: Workbook) -> None:
        super().__init__()
        self.book = book

    def __missing__(self, written: str | None) -> tuple[str, bool, bool]:
        style, book = _number(written, 0), self.book
        code = book.formats[style] if style < len(book.formats) else "General"
        self[written] = code, style in book.shaded, style in book.struck
        return self[written]


class _Sheet:
    """Reads one sheet."""

    def __init__(self, name: str, book: Workbook, tree: "etree._Element", hidden: bool) -> None:
        self.name, self.book, self.tree, self.hidden = name, book, tree, hidden
        self.part = f"シート「{name}」"
        self.hidden_cells = 0
        self.hidden_columns = _hidden_columns(tree)

    def cells(self, most: int) -> list[FormCell] | None:
        """The cells that show anything; None where there are more than `most`."""
        merged = _merged(self.tree)
        found: list[FormCell] = []
        part, styles = self.part, _Styles(self.book)
        row = -1
        for element in _all(self.tree, "row"):
            row = _number(element.get("r"), row + 2) - 1
            line = str(row + 1)
            hidden = element.get("hidden") in ("1", "true")
            column = -1
            for each in element.iterchildren("{*}c"):
                # Nearly every cell stands right of the last one, and then its reference need not be taken apart.
                column += 1
                where = _letters(column) + line
                if (written := each.get("r", where)) != where:
                    named = _REFERENCE.fullmatch(written)
                    column = _column(named[1]) if named is not None else column
                    where = _letters(column) + line
                if not len(each):
                    continue
                code, shaded, through = styles[each.get("s")]
                text, notes = self.text(each, where, code)
                text, out = without_struck(struck(text) if through and "\ufdd0" not in text else text)
                if not text or text.isspace():
                    continue
                if len(found) >= most:
                    return None
                height, width = merged.get((row, column), (1, 1))
                notes = joined_notes(notes, out) if out else notes
                unseen = column in self.hidden_columns
                if self.hidden or hidden or unseen:
                    why = ((HIDDEN_SHEET, self.hidden), (HIDDEN_ROW, hidden), (HIDDEN_COLUMN, unseen))
                    notes = joined_notes(notes, *(reading_note(key) for key, so in why if so))
                    self.hidden_cells += hidden or unseen
                place = FormPlace(None, None, where, part)
                found.append(FormCell(text[:_LONGEST], row, column, place, height, width, notes, shaded))
        return sorted(found, key=attrgetter("row", "column"))

    def text(self, element: "etree._Element", where: str, code: str) -> tuple[str, Notes]:
        """What a cell shows in the number format `code`, and why that is not simply what it holds."""
        kind = element.get("t", "n")
        value = formula = inline = None
        for child in element:
            tag = child.tag
            if tag.endswith("}v"):
                value = child.text
            elif tag.endswith("}f"):
                formula = child
            elif tag.endswith("}is"):
                inline = child
        if kind == "inlineStr":
            return (_rich(inline) if inline is not None else ""), ()
        if value is None or (not value and kind != "str"):
            # A formula whose result is the empty text (IF(x="","",…)) has the type of a text and nothing in it.
            if formula is not None and kind != "str":
                self.book.unsaved.append(f"{self.part} {where}")
            return "", ()
        if kind == "s":
            index = _number(value, 0)
            return (self.book.strings[index] if 0 <= index < len(self.book.strings) else ""), ()
        if kind == "b":
            return ("TRUE" if value == "1" else "FALSE"), ()
        if kind in ("str", "e"):
            return _unescaped(value), ()
        if kind == "d":
            return value[:10].replace("-", "/"), ()
        seen = shown(value.strip(), code, from_1904=self.book.from_1904)
        return seen.text, seen.notes


def _strings(archive: OfficeZip) -> list[str]:
    """The texts that cells share."""
    name = next((each for each in archive.names if each.lower() == "xl/sharedstrings.xml"), None)
    root = archive.tree(name) if name is not None else None
    return [] if root is None else [_rich(each) for each in root if local_name(each) == "si"]


def _rich(element: "etree._Element") -> str:
    """The text of its runs; what is printed above them to say how they are read (rPh) is no part of it."""
    if len(element) == 1 and element[0].tag.endswith("}t"):
        return _unescaped(element[0].text or "")
    found: list[str] = []
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "t":
            found.append(child.text or "")
        elif name == "r":
            looks = {local_name(each): each.get("val", "1") for each in child.iter()}
            text = "".join(each.text or "" for each in child if local_name(each) == "t")
            place = looks.get("vertAlign")
            text = raised(text) if place == "superscript" else lowered(text) if place == "subscript" else text
            found.append(struck(text) if looks.get("strike", "0") not in _OFF else text)
    return _unescaped("".join(found))


def _unescaped(text: str) -> str:
    """A text without the `_x000D_` in which workbooks write what XML cannot hold."""
    if "_x" not in text and "\r" not in text:
        return text
    return _ESCAPED.sub(lambda match: _character(int(match[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")


def _character(code: int) -> str:
    return chr(code) if code in (9, 10, 13) or 0x20 <= code < 0xD800 else ""


def _shaded(root: "etree._Element | None") -> frozenset[int]:
    """The styles of cells with a pattern, or a colour other than white, as their ground."""
    return _styles_with(root, "fill", _coloured)


def _struck(root: "etree._Element | None") -> frozenset[int]:
    """The styles of cells with a line through their text."""
    return _styles_with(root, "font", _with_line_through)


def _styles_with(root: "etree._Element | None", kind: str, holds: "Callable[[etree._Element], bool]") -> frozenset[int]:
    """The styles of cells whose fill or font is one for which something holds."""
    parts = None if root is None else next(_all(root, f"{kind}s"), None)
    styles = None if root is None else next(_all(root, "cellXfs"), None)
    if parts is None or styles is None:
        return frozenset()
    wanted = {number for number, part in enumerate(each for each in parts if local_name(each) == kind) if holds(part)}
    used = (_number(each.get(f"{kind}Id"), 0) for each in styles if local_name(each) == "xf")
    return frozenset(number for number, part in enumerate(used) if part in wanted)


def _with_line_through(font: "etree._Element") -> bool:
    return any(local_name(each) == "strike" and each.get("val", "1") not in _OFF for each in font)


def _coloured(fill: "etree._Element") -> bool:
    pattern = next(_all(fill, "patternFill"), None)
    if pattern is None:
        return next(_all(fill, "gradientFill"), None) is not None
    kind: str = pattern.get("patternType", "none")
    if kind != "solid":
        return kind != "none"
    colour = next(_all(pattern, "fgColor"), None)
    if colour is None:
        return False
    white: bool = colour.get("rgb", "")[-6:].upper() == "FFFFFF" or colour.get("indexed") in _WHITE
    plain: bool = colour.get("theme") == "0" and colour.get("tint", "0") in ("0", "0.0")
    return not white and not plain


def _formats(root: "etree._Element | None") -> list[str]:
    """The number format of each style of cells."""
    if root is None:
        return []
    own = {_number(each.get("numFmtId"), -1): each.get("formatCode", "General") for each in _all(root, "numFmt")}
    styles = next(_all(root, "cellXfs"), None)
    if styles is None:
        return []
    numbers = [_number(each.get("numFmtId"), 0) for each in styles if local_name(each) == "xf"]
    return [own.get(number) or BUILTIN.get(number, "General") for number in numbers]


def _merged(tree: "etree._Element") -> dict[tuple[int, int], tuple[int, int]]:
    """Rows and columns of merged cells by their first row and column."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for element in _all(tree, "mergeCell"):
        first, _, last = element.get("ref", "").partition(":")
        begin, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
        if begin is None or end is None or len(found) >= _MOST_MERGES:
            continue
        row, column = int(begin[2]) - 1, _column(begin[1])
        found[row, column] = max(1, int(end[2]) - row), max(1, _column(end[1]) + 1 - column)
    return found


def _hidden_columns(tree: "etree._Element") -> set[int]:
    found: set[int] = set()
    for element in _all(tree, "col"):
        if element.get("hidden") in ("1", "true"):
            first, last = _number(element.get("min"), 1), _number(element.get("max"), 1)
            found.update(range(max(0, first - 1), min(last, 16_384)))
    return found


def _all(root: "etree._Element", name: str) -> Iterator["etree._Element"]:
    """The elements of a local name, in whichever of its namespaces (transitional or strict) the file is written."""
    yield from root.iter(f"{{*}}{name}")


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


@cache
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def reference(row: int, column: int) -> str:
    """`B3` for row 2 and column 1, which count from 0."""
    return f"{_letters(column)}{row + 1}"


@cache
def _letters(column: int) -> str:
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
