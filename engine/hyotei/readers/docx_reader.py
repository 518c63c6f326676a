"""The format of evaluation sheets in Word (.docx): merged cells, tables within tables, text boxes, headers of pages."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from hyotei.intake.input_file import InputFile, Sample
from hyotei.readers.need_lxml import need_lxml
from hyotei.readers.office_zip import OfficeZip, opened
from hyotei.readers.printed.block_writer import (
    BlockWriter,
    Printed,
    TooManyCells,
    lowered,
    raised,
    struck,
    without_struck,
)
from hyotei.readers.printed.form_blocks import Block, FormPlace
from hyotei.readers.printed.form_sheets import read_form
from hyotei.readers.reader import Found
from hyotei.readers.xml_names import local_name
from hyotei.sheet.notes import joined_notes, reading_note

if TYPE_CHECKING:
    from lxml import etree

_PARTS: Final = (b"word/document.xml", b"word/_rels/", b"word/styles.xml", b"word/settings.xml")
_HEADER: Final = re.compile(r"word/header[0-9]*\.xml")
# What was struck out or moved away, how characters are read, what fields are made of, and the same once more for old programs.
_SKIPPED: Final = frozenset(
    ("del", "moveFrom", "rt", "instrText", "Fallback", "pPr", "rPr", "tcPr", "tblPr", "sectPr", "delText")
)
_THROUGH: Final = frozenset(
    ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "AlternateContent", "Choice", "hyperlink")
)
HIDDEN: Final = "reading_notes.hidden_text"


class DocxReader:
    """Reads all forms of a Word document; nothing in it is run and no link is followed."""

    name = "docx"

    def sniff(self, sample: Sample) -> float:
        return 0.9 if sample.is_zip and any(part in sample.head for part in _PARTS) else 0.0

    def read(self, document: InputFile) -> Iterator[Found]:
        need_lxml(document)
        with opened(document) as archive:
            blocks = docx_blocks(archive, document)
        if not blocks:
            raise document.problem("HY840")
        yield from read_form(blocks, document.name, document.given)


def docx_blocks(archive: OfficeZip, document: InputFile) -> list[Block]:
    """What a document prints: the headers of its pages once, then its text.

    Raises:
        HyoteiError: it is no Word document (HY853), or holds more cells than any form (HY854).
    """
    root = archive.tree("word/document.xml")
    body = None if root is None else next(root.iter("{*}body"), None)
    if body is None:
        raise document.problem("HY853", part="word/document.xml", reason="?")
    text = _Text()
    try:
        for name in sorted(each for each in archive.names if _HEADER.fullmatch(each)):
            header = archive.tree(name)
            if header is not None:
                text.place = FormPlace(part="ページのヘッダー")
                text.walk(header)
        text.place = FormPlace(part="本文")
        text.walk(body)
    except TooManyCells:
        raise document.problem("HY854", limit="400,000") from None
    return text.writer.blocks


class _Text:
    """Walks through the paragraphs and tables of a part."""

    def __init__(self) -> None:
        self.writer = BlockWriter()
        self.place = FormPlace()

    def walk(self, element: "etree._Element") -> None:
        """Writes the paragraphs and tables in an element."""
        for child in element:
            name = local_name(child)
            if name == "p":
                pieces, boxes, _ = _paragraph(child)
                self.writer.line(pieces, self.place)
                for box in boxes:
                    self.walk(box)
            elif name == "tbl":
                self.table(child)
            elif name in _THROUGH:
                self.walk(child)

    def table(self, element: "etree._Element") -> None:
        rows: list[tuple[int, Sequence[Printed]]] = []
        for row in _inside(element, "tr"):
            properties = _child(row, "trPr")
            before = _value(_child(properties, "gridBefore"), 0)
            hidden = _child(properties, "hidden") is not None
            rows.append((before, [self.cell(cell, hidden) for cell in _inside(row, "tc")]))
        self.writer.table(rows)

    def cell(self, element: "etree._Element", hidden: bool) -> Printed:
        properties = _child(element, "tcPr")
        merge = _child(properties, "vMerge")
        lines: list[str] = []
        inner: list[Callable[[], None]] = []
        unseen = self.content(element, lines, inner) or hidden
        text, notes = without_struck("\n".join(line for line in lines if line.strip()))
        return Printed(
            text=text,
            columns=_value(_child(properties, "gridSpan"), 1),
            notes=joined_notes(notes, reading_note(HIDDEN) if unseen else ()),
            inner=inner,
            shaded=_shaded(_child(properties, "shd")),
            goes_on=merge is not None and _attribute(merge, "val") != "restart",
        )

    def content(self, element: "etree._Element", lines: list[str], inner: list[Callable[[], None]]) -> bool:
        """The lines of a cell and the tables in it; whether any of it is hidden."""
        hidden = False
        for child in element:
            name = local_name(child)
            if name == "p":
                text, boxes, unseen = _paragraph(child)
                lines.append(text)
                hidden = hidden or unseen
                for box in boxes:
                    hidden = self.content(box, lines, inner) or hidden
            elif name == "tbl":
                inner.append(partial(self.table, child))
            elif name in _THROUGH:
                hidden = self.content(child, lines, inner) or hidden
        return hidden


def _paragraph(element: "etree._Element") -> "tuple[str, list[etree._Element], bool]":
    """The text of a paragraph, the text boxes in it, and whether any of it is hidden."""
    pieces: list[str] = []
    boxes: list[etree._Element] = []
    hidden = _gather(element, pieces, boxes)
    return "".join(pieces), boxes, hidden


def _gather(element: "etree._Element", pieces: list[str], boxes: "list[etree._Element]") -> bool:
    hidden = False
    place = _alignment(element)
    through = _on(element, "strike") or _on(element, "dstrike")
    for child in element:
        name = local_name(child)
        if name == "t":
            text = child.text or ""
            text = raised(text) if place == "superscript" else lowered(text) if place == "subscript" else text
            pieces.append(struck(text) if through else text)
            hidden = hidden or _on(element, "vanish")
        elif name in ("br", "cr"):
            pieces.append("\n")
        elif name == "tab":
            pieces.append(" ")
        elif name == "noBreakHyphen":
            pieces.append("-")
        elif name == "txbxContent":
            boxes.append(child)
        elif name not in _SKIPPED:
            hidden = _gather(child, pieces, boxes) or hidden
    return hidden


def _shaded(shading: "etree._Element | None") -> bool:
    """Whether a shading is a pattern or a colour other than white; `auto` is the colour of the paper."""
    if shading is None:
        return False
    pattern = _attribute(shading, "val") or "clear"
    if pattern == "nil":
        return False
    colour = (_attribute(shading, "fill") or "auto").upper()
    return pattern != "clear" or colour not in ("AUTO", "FFFFFF")


def _alignment(run: "etree._Element") -> str | None:
    """Whether a run stands above or below the line."""
    alignment = _child(_child(run, "rPr"), "vertAlign")
    return None if alignment is None else _attribute(alignment, "val")


def _on(run: "etree._Element", name: str) -> bool:
    """Whether a property of a run is on."""
    mark = _child(_child(run, "rPr"), name)
    return mark is not None and _attribute(mark, "val") not in ("0", "false", "off")


def _inside(element: "etree._Element", name: str) -> "Iterator[etree._Element]":
    """The rows of a table or the cells of a row, also those that stand in content controls."""
    for child in element:
        if local_name(child) == name:
            yield child
        elif local_name(child) in _THROUGH:
            yield from _inside(child, name)


def _child(element: "etree._Element | None", name: str) -> "etree._Element | None":
    if element is None:
        return None
    return next((child for child in element if local_name(child) == name), None)


def _attribute(element: "etree._Element", name: str) -> str | None:
    return next((value for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def _value(element: "etree._Element | None", otherwise: int) -> int:
    text = None if element is None else _attribute(element, "val")
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 6 else otherwise
