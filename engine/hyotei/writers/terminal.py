"""A document as lines for a terminal, or as a plain text file."""

from collections.abc import Iterable, Iterator
from typing import Final

from hyotei.base.display_width import display_width, pad
from hyotei.base.printable import visible
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
    Span,
    Table,
    Text,
    Tree,
    joined,
)
from hyotei.messages import Language, wording
from hyotei.writers.terminal_lines import WIDTH, Line, folded, pieces, plain, toned, trimmed
from hyotei.writers.terminal_table import table_lines

_WIDEST: Final = 114
"""Columns of a tree or a table, which may take more than prose."""
_NARROWEST: Final = 30
"""However deep a line of a tree stands, it has room for some words."""
_INDENT: Final = "  "


def write(document: Document) -> bytes:
    """The document as a text file."""
    return (plain(document_lines(document)) + "\n").encode("utf-8")


def document_lines(document: Document, columns: int | None = None) -> Iterator[Line]:
    """The lines of a document, without control characters and without spaces at their ends.

    Of a terminal with fewer `columns` than lines take otherwise, no line is wider.
    """
    lines = _Lines(document.language, columns)
    yield from lines.prose(Span(document.title, "strong"), "", _INDENT)
    if document.subtitle:
        yield from lines.prose(Span(document.subtitle, "faint"), "", _INDENT)
    if document.blocks and not isinstance(document.blocks[0], Section):
        yield ()
    yield from lines.blocks(document.blocks, heading="")
    if document.footer:
        yield ()
        yield from lines.prose(Span(document.footer, "faint"), "", "")


def blocks_lines(blocks: Iterable[Block], language: Language) -> Iterator[Line]:
    """The lines of parts of a document."""
    yield from _Lines(language).blocks(blocks)


def _apart(before: Block, block: Block) -> bool:
    """Whether a blank line stands between two parts; a section begins with one itself."""
    if isinstance(block, Section):
        return False
    return any(isinstance(each, Table | Section | Chart) for each in (before, block))


class _Lines:
    """Makes lines that are no wider than a terminal."""

    def __init__(self, language: Language, columns: int | None = None) -> None:
        self._say = wording(language)
        # However narrow a terminal is, some words stand on a line.
        room = _WIDEST + 2 * len(_INDENT) if columns is None else max(columns, _NARROWEST)
        self._prose = min(WIDTH, room)
        self._table = min(_WIDEST, room)
        # The lines of a tree are two columns wide in some fonts.
        self._tree = min(_WIDEST + 2 * len(_INDENT), room)

    def prose(self, text: Text | Span, lead: str, indent: str) -> Iterator[Line]:
        """A text after a lead."""
        yield from folded(text, lead, indent, self._prose)

    def blocks(self, blocks: Iterable[Block], indent: str = _INDENT, heading: str | None = None) -> Iterator[Line]:
        """The lines of parts of a document; headings have an indent of their own where they stand further to the left."""
        before: Block | None = None
        for block in blocks:
            if before is not None and _apart(before, block):
                yield ()
            if isinstance(block, Section):
                yield from self._section(block, indent if heading is None else heading)
            else:
                yield from self._block(block, indent)
            before = block

    def _section(self, section: Section, outer: str) -> Iterator[Line]:
        yield ()
        title = section.title if outer else self._say("document.heading", title=section.title)
        yield from self.prose(Span(title, "strong"), outer, outer + _INDENT)
        yield from self.blocks(section.blocks, outer + _INDENT)

    def _block(self, block: Block, indent: str) -> Iterator[Line]:
        match block:
            case Paragraph():
                yield from self.prose(toned(block.text, block.tone), indent, indent)
            case Items():
                for number, item in enumerate(block.items, 1):
                    mark = f"{number}. " if block.numbered else self._say("document.bullet")
                    hanging = indent + " " * display_width(mark)
                    yield from self.prose(toned(item.text, item.tone), indent + mark, hanging)
                    yield from self.blocks(item.blocks, hanging + _INDENT)
            case Definitions():
                width = max((display_width(visible(each.term)) for each in block.rows), default=0)
                for each in block.rows:
                    lead = f"{indent}{pad(visible(each.term), width)}  "
                    yield from self.prose(toned(each.text, each.tone), lead, " " * display_width(lead))
            case Table():
                yield from self._rows(block, indent)
            case Tree():
                for node in block.nodes:
                    yield from self._node(node, indent, indent)
            case Note():
                label = Span(f"[{block.label}] ", block.tone)
                yield from self.prose(joined(label, *toned(block.title, block.tone)), indent, indent + _INDENT)
                yield from self.blocks(block.blocks, indent + 2 * _INDENT)
            case Preformatted():
                yield from (trimmed((Span(indent + visible(text)),)) for text in block.lines)
            case Chart():
                yield from self.prose(Span(block.title, "strong"), indent, indent)
                yield from self.prose(block.says, indent, indent)
            case Signatures():
                width = max((display_width(visible(label)) for label in block.labels), default=0)
                yield from ((Span(f"{indent}{pad(visible(label), width)}  {'_' * 24}"),) for label in block.labels)

    def _rows(self, table: Table, indent: str) -> Iterator[Line]:
        if table.caption:
            yield from self.prose(Span(table.caption, "strong"), indent, indent)
        for line, row in table_lines(table, self._table - len(indent)):
            yield trimmed((Span(indent), *line))
            if row is not None:
                yield from self.blocks(row.below, indent + 2 * _INDENT)

    def _node(self, node: Node, lead: str, below: str) -> Iterator[Line]:
        further = below + ("│ " if node.below else "  ")
        first, others = (max(_NARROWEST, self._tree - 2 * len(each)) for each in (lead, further))
        for number, line in enumerate(pieces(node.text, first, others)):
            yield trimmed((Span(further if number else lead), *line))
        for index, child in enumerate(node.below):
            last = index == len(node.below) - 1
            yield from self._node(child, below + ("└ " if last else "├ "), below + ("   " if last else "│  "))
