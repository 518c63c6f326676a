"""A document as a Word file: A4, Japanese fonts, real headings and tables whose heading rows repeat."""

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from hyotei.base.extras import need
from hyotei.base.printable import printable
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
    joined,
    spans,
    strong,
)
from hyotei.document.cells import shown
from hyotei.messages import Wording, wording
from hyotei.writers import docx_styles as styles
from hyotei.writers.charts import png
from hyotei.writers.zip_file import without_times

if TYPE_CHECKING:
    from docx.table import _Cell as WordCell

_STEP: Final = 0.5
"""Centimetres of a level."""
_DEEPEST: Final = 12
"""Levels of a tree that are indented; what stands deeper stands as deep as these."""


def write(document: Document) -> bytes:
    """The Word file.

    Raises:
        HyoteiError: python-docx, or what draws charts, is not installed (HY902).
    """
    need("report", "docx")
    word = styles.empty_document(document.title, document.language)
    _Writer(word, wording(document.language)).document(document)
    written = io.BytesIO()
    word.save(written)
    return without_times(written.getvalue())


class _Writer:
    def __init__(self, word: Any, say: Wording) -> None:
        self.word, self.say = word, say
        self.width = styles.WIDTH_CM
        """Centimetres of what is written into: the page, or a cell."""

    def document(self, document: Document) -> None:
        self.paragraph(self.word, document.title, style="Title")
        if document.subtitle:
            self.paragraph(self.word, document.subtitle, "faint", style="Subtitle")
        self.blocks(self.word, document.blocks, 1, 0)
        if document.footer:
            self.paragraph(self.word, document.footer, "faint")

    def blocks(self, into: Any, blocks: Iterable[Block], level: int, indent: float) -> None:
        for block in blocks:
            self.block(into, block, level, indent)

    def block(self, into: Any, block: Block, level: int, indent: float) -> None:
        """A part of the document, in the body or in a cell."""
        match block:
            case Paragraph():
                made = self.paragraph(into, block.text, block.tone, indent)
                if block.lead:
                    styles.border_left(made, block.tone)
            case Items():
                for number, item in enumerate(block.items, 1):
                    mark = f"{number}. " if block.numbered else self.say("document.bullet")
                    self.paragraph(into, joined(mark, *spans(item.text)), item.tone, indent + _STEP, hanging=_STEP)
                    self.blocks(into, item.blocks, level, indent + _STEP)
            case Definitions():
                self.definitions(into, block, indent)
            case Table():
                self.table(into, block, level)
            case Tree():
                for node in block.nodes:
                    self.node(into, node, 0, indent)
            case Note():
                title = joined(strong(f"[{block.label}] "), *spans(block.title))
                styles.border_left(self.paragraph(into, title, block.tone, indent, keep=True), block.tone)
                self.blocks(into, block.blocks, level, indent + _STEP)
            case Preformatted():
                styles.shade_paragraph(self.paragraph(into, "\n".join(block.lines), indent=indent))
            case Chart():
                self.paragraph(into, joined(strong(block.title), " ", block.says), indent=indent, keep=True)
                styles.add_picture(self.paragraph(into, "", indent=indent), png(block))
            case Signatures():
                self.signatures(into, block)
            case Section():
                made = self.paragraph(into, block.title, style=f"Heading {min(level, 6)}")
                made.paragraph_format.page_break_before = block.new_page
                self.blocks(into, block.blocks, level + 1, indent)

    def paragraph(
        self,
        into: Any,
        text: Text,
        tone: Tone = "plain",
        indent: float = 0,
        *,
        style: str | None = None,
        hanging: float = 0,
        keep: bool = False,
    ) -> Any:
        """A paragraph at an indent in centimetres; `keep` keeps it on the page of the next one."""
        from docx.shared import Cm

        made = into.add_paragraph(style=style)
        form = made.paragraph_format
        if indent:
            form.left_indent = Cm(indent)
        if hanging:
            form.first_line_indent = Cm(-hanging)
        if keep:
            form.keep_with_next = True
        self.runs(made, text, tone)
        return made

    def runs(self, into: Any, text: Text, tone: Tone) -> None:
        for span in spans(text):
            told = span.tone if span.tone != "plain" else tone
            if span.target.startswith("http"):
                styles.add_link(into, printable(span.text), span.target)
                continue
            run = into.add_run(printable(span.text))
            styles.tone_run(run, told, span.code)

    def definitions(self, into: Any, block: Definitions, indent: float) -> None:
        """Two columns without lines; large ones in a box."""
        widths = styles.definition_widths([row.term for row in block.rows], self.width)
        table = styles.add_table(into, len(block.rows), widths, boxed=block.large)
        for row, each in zip(table.rows, block.rows, strict=True):
            term, said = row.cells
            self.fill(term, each.term, "strong" if block.large else "faint")
            self.fill(said, each.text, each.tone)
            if block.large:
                styles.enlarge(said)
        styles.gap(into)
        del indent

    def table(self, into: Any, block: Table, level: int) -> None:
        if block.caption:
            self.paragraph(into, strong(block.caption).text, "strong", keep=True)
        texts = [
            [shown(cell, column) for cell, column in zip(row.cells, block.columns, strict=True)] for row in block.rows
        ]
        widths = styles.column_widths(block.columns, texts, self.width)
        table = styles.add_table(into, 1, widths, lines=True)
        for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
            self.fill(cell, column.title, "strong", small=True, right=column.right)
            styles.shade(cell)
        styles.repeat(table.rows[0])
        for row, told in zip(block.rows, texts, strict=True):
            added = table.add_row()
            styles.keep_row_whole(added)
            for cell, text, given, column, width in zip(
                added.cells, told, row.cells, block.columns, widths, strict=True
            ):
                tone = given.tone if given.tone != "plain" else row.tone
                cell.width = width
                self.fill(cell, text, tone, small=True, right=column.right)
            if row.below:
                cells = table.add_row().cells
                merged = cells[0].merge(cells[-1])
                outer, self.width = self.width, styles.room_within(widths)
                self.blocks(merged, row.below, level, 0)
                self.width = outer
                styles.drop_first_paragraph(merged)
        styles.gap(into)

    def fill(self, cell: "WordCell", text: Text, tone: Tone, *, small: bool = False, right: bool = False) -> None:
        """The one paragraph of a cell."""
        made = cell.paragraphs[0]
        self.runs(made, text, tone)
        styles.cell_paragraph(made, small=small, right=right)

    def node(self, into: Any, node: Node, depth: int, indent: float) -> None:
        at = indent + _STEP * min(depth, _DEEPEST)
        self.paragraph(into, joined("└ " if depth else "", *spans(node.text)), indent=at + _STEP, hanging=_STEP)
        for child in node.below:
            self.node(into, child, depth + 1, indent)

    def signatures(self, into: Any, block: Signatures) -> None:
        """A row of boxes, each with its label above a blank."""
        styles.gap(into)
        each = styles.WIDTH_CM / max(1, len(block.labels))
        table = styles.add_table(into, 2, [each] * len(block.labels), lines=True)
        for cell, label in zip(table.rows[0].cells, block.labels, strict=True):
            self.fill(cell, label, "faint", small=True)
        styles.row_height(table.rows[1], 1.4)
        styles.gap(into)
