"""A document as a workbook: its first page on the first worksheet, then a worksheet for each section.

Numbers are numbers where a spreadsheet keeps them exactly, texts are never formulas, and the same document gives the same bytes.
"""

import io
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from hyotei.base.display_width import display_width
from hyotei.base.extras import need
from hyotei.base.printable import one_line, printable
from hyotei.document import (
    Block,
    Chart,
    Definitions,
    Document,
    Items,
    Node,
    Note,
    Paragraph,
    Preformatted,
    Section,
    Signatures,
    Table,
    Text,
    Tone,
    Tree,
    plain_text,
    spans,
)
from hyotei.document.cells import Cell, Column, shown
from hyotei.messages import wording
from hyotei.writers.excel_values import FORMATS, LONGEST, excel_number, looks_active
from hyotei.writers.zip_file import WHEN, without_times

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LINE: Final = 17
"""Points of a line, also where a program shows Japanese in a higher font than the one that the workbook names."""
_MOST_LINES: Final = 24
_PLAIN_WIDTHS: Final = (20, 76)
"""Columns, in half-width characters, of a worksheet that has no table."""
_WIDEST: Final = 44
_WIDEST_FIGURE: Final = 20
"""Half-width characters of a column at most."""
_PORTRAIT: Final = 105
_INK: Final[dict[Tone, str]] = {
    "plain": "000000", "strong": "000000", "good": "176139", "bad": "A8211A", "faint": "59636F",
}  # fmt: skip
_HEAD: Final = "1F3A5F"
_FONT: Final = "Yu Gothic"


def write(document: Document) -> bytes:
    """The workbook.

    Raises:
        HyoteiError: openpyxl is not installed (HY902).
    """
    need("report", "openpyxl")
    from zipfile import ZIP_DEFLATED, ZipFile

    import openpyxl
    from openpyxl.writer.excel import ExcelWriter

    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, blocks in _worksheets(document):
        taken = {sheet.title.lower() for sheet in book.worksheets}
        _Worksheet(book.create_sheet(_free(title, taken)), document, blocks).write(first=not taken)
    properties = book.properties
    properties.creator, properties.title = "hyotei", printable(document.title)
    properties.created = properties.modified = WHEN
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).write_data()
    return without_times(written.getvalue())


def _worksheets(document: Document) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """The first page as the first worksheet: up to the section that begins a new page, or else up to the first section."""
    blocks = document.blocks
    paged = any(isinstance(block, Section) and block.new_page for block in blocks)
    begins = (isinstance(block, Section) and (block.new_page or not paged) for block in blocks)
    first = next((at for at, new in enumerate(begins) if new), len(blocks))
    yield document.title, blocks[:first]
    for block in blocks[first:]:
        yield block.title if isinstance(block, Section) else document.title, (block,)


def _free(title: str, taken: set[str]) -> str:
    """A title as Excel takes it: without some signs, at most 31 characters, each once."""
    base = re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", one_line(printable(title))).strip()[:31] or "1"
    name, number = base, 1
    while name.lower() in taken:
        number += 1
        name = f"{base[: 30 - len(str(number))]} {number}"
    return name


class _Worksheet:
    """One worksheet, written from its first row down."""

    def __init__(self, sheet: "Worksheet", document: Document, blocks: tuple[Block, ...]) -> None:
        self.sheet, self.document, self.blocks = sheet, document, blocks
        self.at = 1
        self.tables = list(_tables(blocks))
        self.widths = _widths(self.tables)

    def write(self, first: bool) -> None:
        """All its rows, and how it is shown and printed."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.properties import PageSetupProperties

        if first:
            self.text(self.document.title, bold=True, size=15)
            if self.document.subtitle:
                self.text(self.document.subtitle, "faint")
            self.at += 1
        for block in self.blocks:
            self.block(block, 0)
        if first and self.document.footer:
            self.at += 1
            self.text(self.document.footer, "faint")
        sheet = self.sheet
        for number, width in enumerate(self.widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.page_setup.orientation = "portrait" if sum(self.widths) <= _PORTRAIT else "landscape"
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_margins.left = sheet.page_margins.right = 0.5
        sheet.oddFooter.center.text = "&P / &N"
        sheet.sheet_view.showGridLines = False

    # -- rows

    def cell(self, column: int, value: str, tone: Tone = "plain", **more: Any) -> Any:
        """A text in a cell of the present row."""
        from openpyxl.styles import Alignment, Font

        cell = self.sheet.cell(self.at, column)
        told = printable(value)
        cell.value = told if len(told) <= LONGEST else told[:LONGEST] + "…"
        cell.data_type = "s"
        cell.quotePrefix = looks_active(told)
        cell.font = Font(
            name=_FONT, bold=more.get("bold", False) or tone == "strong", color=_INK[tone], size=more.get("size", 11)
        )
        cell.alignment = Alignment("left", "top", wrap_text=True, indent=more.get("indent", 0))
        return cell

    def text(self, text: Text, tone: Tone = "plain", indent: int = 0, start: int = 1, **more: Any) -> None:
        """A row with a text over all columns from one on; a long text goes on in further rows."""
        whole = plain_text(text)
        for part in [whole[at : at + LONGEST] for at in range(0, len(whole), LONGEST)] or [""]:
            cell = self.cell(start, part, tone, indent=min(indent, 15), **more)
            target = next((span.target for span in spans(text) if span.target.startswith("http")), "")
            if target:
                cell.hyperlink = target
            if start < len(self.widths):
                self.sheet.merge_cells(
                    start_row=self.at, end_row=self.at, start_column=start, end_column=len(self.widths)
                )
            self.end_row(_lines(part, sum(self.widths[start - 1 :]) - 2 * indent, more.get("size", 11)))

    def end_row(self, lines: float) -> None:
        """The height of the present row, which programs fit to its texts only when somebody asks them to."""
        self.sheet.row_dimensions[self.at].height = _LINE * min(lines, _MOST_LINES)
        self.at += 1

    def block(self, block: Block, indent: int) -> None:
        """A part of the document."""
        match block:
            case Paragraph():
                self.text(block.text, block.tone, indent, bold=block.lead)
            case Items():
                for number, item in enumerate(block.items, 1):
                    mark = f"{number}. " if block.numbered else wording(self.document.language)("document.bullet")
                    self.text(mark + plain_text(item.text), item.tone, indent)
                    self.parts(item.blocks, indent + 2)
            case Definitions():
                for each in block.rows:
                    self.cell(1, each.term, "faint", indent=min(indent, 15))
                    self.text(each.text, each.tone, start=2, **({"bold": True, "size": 14} if block.large else {}))
            case Table():
                self.table(block)
            case Tree():
                for node in block.nodes:
                    self.node(node, indent)
            case Note():
                self.text(f"[{block.label}] {plain_text(block.title)}", block.tone, indent, bold=True)
                self.parts(block.blocks, indent + 2)
            case Preformatted():
                for line in block.lines:
                    self.text(line, indent=indent)
            case Chart():
                self.text(block.title, indent=indent, bold=True)
                self.text(block.says, indent=indent)
            case Signatures():
                self.signatures(block)
            case Section():
                if self.at > 1:
                    self.at += 1
                self.text(block.title, bold=True, size=13)
                self.parts(block.blocks, indent)

    def parts(self, blocks: Iterable[Block], indent: int) -> None:
        for block in blocks:
            self.block(block, indent)

    def node(self, node: Node, depth: int) -> None:
        self.text(("└ " if depth else "") + plain_text(node.text), indent=depth)
        for child in node.below:
            self.node(child, depth + 1)

    def signatures(self, block: Signatures) -> None:
        from openpyxl.styles import Border, Side

        self.at += 1
        for label in block.labels:
            self.cell(1, label, "faint")
            for column in range(2, len(self.widths) + 1):
                self.sheet.cell(self.at, column).border = Border(bottom=Side(style="thin"))
            self.end_row(1.6)
        self.at += 1

    # -- tables

    def heading(self, column: Column) -> str:
        """The title of a column, with the unit of its bare numbers."""
        say = wording(self.document.language)
        return say("document.unit", title=column.title, unit=column.unit) if column.unit else column.title

    def table(self, table: Table) -> None:
        """A table from the first column on; where it is the only one its heading stays in sight and on every page."""
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        if table.caption:
            self.text(table.caption, bold=True)
        head, line = self.at, Side(style="thin", color="C6CCD5")
        border = Border(left=line, right=line, top=line, bottom=line)
        for number, column in enumerate(table.columns, 1):
            cell = self.cell(number, self.heading(column))
            cell.font, cell.fill = Font(name=_FONT, bold=True, color="FFFFFF"), PatternFill("solid", fgColor=_HEAD)
            cell.alignment, cell.border = Alignment(vertical="center", wrap_text=True), border
        self.end_row(max(_lines(self.heading(each), self.widths[at]) for at, each in enumerate(table.columns)) + 0.3)
        for row in table.rows:
            lines = 1.0
            for number, (value, column) in enumerate(zip(row.cells, table.columns, strict=True), 1):
                text = self.value(number, value, column, value.tone if value.tone != "plain" else row.tone)
                self.sheet.cell(self.at, number).border = border
                lines = max(lines, _lines(text, self.widths[number - 1]))
            self.end_row(lines)
            self.parts(row.below, 2)
        if len(self.tables) == 1:
            self.sheet.print_title_rows = f"{head}:{head}"
            if head <= 8:
                self.sheet.freeze_panes = f"A{head + 1}"
            if not any(row.below for row in table.rows):
                last = self.sheet.cell(self.at - 1, len(table.columns)).coordinate
                self.sheet.auto_filter.ref = f"A{head}:{last}"
        self.at += 1

    def value(self, number: int, cell: Cell, column: Column, tone: Tone) -> str:
        """A cell of a table; its text if it is one."""
        from openpyxl.styles import Alignment

        digits = excel_number(cell, column)
        text = "" if digits is not None else plain_text(shown(cell, column))
        written = self.cell(number, text if digits is None else digits, tone)
        if digits is not None:
            # The digits as they are: a float would have others.
            written.data_type, written.quotePrefix = "n", False
            written.number_format = FORMATS[column.kind]
        if column.right:
            written.alignment = Alignment(horizontal="right", vertical="top", wrap_text=digits is None, indent=1)
        return text


def _tables(blocks: Iterable[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
            yield from _tables(part for row in block.rows for part in row.below)
        elif isinstance(block, Section | Note):
            yield from _tables(block.blocks)
        elif isinstance(block, Items):
            yield from _tables(part for item in block.items for part in item.blocks)


def _widths(tables: list[Table]) -> list[int]:
    """The widths of the columns, each wide enough for what stands in it or as wide as a column may be."""
    widths: list[int] = []
    for table in tables:
        for at, column in enumerate(table.columns):
            texts = [plain_text(shown(row.cells[at], column)) for row in table.rows]
            longest = max((display_width(line) for text in texts for line in text.split("\n")), default=0)
            most = _WIDEST_FIGURE if column.kind == "figure" else _WIDEST
            wanted = max(min(display_width(column.title + column.unit), 24), min(longest, most)) + 4
            widths[at : at + 1] = [max(wanted, *widths[at : at + 1], 8)]
    if not widths:
        return list(_PLAIN_WIDTHS)
    spare = sum(_PLAIN_WIDTHS) - sum(widths)
    return [*widths[:-1], widths[-1] + max(0, spare)] if len(widths) > 1 else [*widths, max(8, spare)]


def _lines(text: str, width: int, size: int = 11) -> float:
    """How many lines a text takes at a width."""
    room = max(width * 11 // size - 3, 1)
    return sum(max(1, -(-display_width(line) // room)) for line in text.split("\n")) * size / 11
