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
    Tree,
    joined,
)
from hyotei.messages import Language, wording
from hyotei.writers.terminal_lines import Line, folded, pieces, plain, toned, trimmed
from hyotei.writers.terminal_table import table_lines

_WIDEST: Final = 114
"""Columns of a tree or a table, which may take more than prose."""
_NARROWEST: Final = 30
"""However deep a line of a tree stands, it has room for some words."""
_INDENT: Final = "  "


def write(document: Document) -> bytes:
    """The document as a text file."""
    return (plain(document_lines(document)) + "\n").encode("utf-8")


def document_lines(document: Document) -> Iterator[Line]:
    """The lines of a document, without control characters and without spaces at their ends."""
    yield from folded(Span(document.title, "strong"), "", _INDENT)
    if document.subtitle:
        yield from folded(Span(document.subtitle, "faint"), "", _INDENT)
    if document.blocks and not isinstance(document.blocks[0], Section):
        yield ()
    yield from blocks_lines(document.blocks, document.language, heading="")
    if document.footer:
        yield ()
        yield from folded(Span(document.footer, "faint"), "", "")


def blocks_lines(
    blocks: Iterable[Block], language: Language, indent: str = _INDENT, heading: str | None = None
) -> Iterator[Line]:
    """The lines of parts of a document; headings have an indent of their own where they stand further to the left."""
    before: Block | None = None
    for block in blocks:
        if before is not None and _apart(before, block):
            yield ()
        if isinstance(block, Section):
            yield from _section(block, language, indent if heading is None else heading)
        else:
            yield from _block(block, language, indent)
        before = block


def _section(section: Section, language: Language, outer: str) -> Iterator[Line]:
    yield ()
    title = section.title if outer else wording(language)("document.heading", title=section.title)
    yield from folded(Span(title, "strong"), outer, outer + _INDENT)
    yield from blocks_lines(section.blocks, language, outer + _INDENT)


def _apart(before: Block, block: Block) -> bool:
    """Whether a blank line stands between two parts; a section begins with one itself."""
    if isinstance(block, Section):
        return False
    return any(isinstance(each, Table | Section | Chart) for each in (before, block))


def _block(block: Block, language: Language, indent: str) -> Iterator[Line]:
    match block:
        case Paragraph():
            yield from folded(toned(block.text, block.tone), indent, indent)
        case Items():
            for number, item in enumerate(block.items, 1):
                mark = f"{number}. " if block.numbered else wording(language)("document.bullet")
                hanging = indent + " " * display_width(mark)
                yield from folded(toned(item.text, item.tone), indent + mark, hanging)
                yield from blocks_lines(item.blocks, language, hanging + _INDENT)
        case Definitions():
            width = max((display_width(visible(each.term)) for each in block.rows), default=0)
            for each in block.rows:
                lead = f"{indent}{pad(visible(each.term), width)}  "
                yield from folded(toned(each.text, each.tone), lead, " " * display_width(lead))
        case Table():
            yield from _table(block, language, indent)
        case Tree():
            for node in block.nodes:
                yield from _node(node, indent, indent)
        case Note():
            label = Span(f"[{block.label}] ", block.tone)
            yield from folded(joined(label, *toned(block.title, block.tone)), indent, indent + _INDENT)
            yield from blocks_lines(block.blocks, language, indent + 2 * _INDENT)
        case Preformatted():
            yield from (trimmed((Span(indent + visible(text)),)) for text in block.lines)
        case Chart():
            yield from folded(Span(block.title, "strong"), indent, indent)
            yield from folded(block.says, indent, indent)
        case Signatures():
            width = max((display_width(visible(label)) for label in block.labels), default=0)
            yield from ((Span(f"{indent}{pad(visible(label), width)}  {'_' * 24}"),) for label in block.labels)


def _table(table: Table, language: Language, indent: str) -> Iterator[Line]:
    if table.caption:
        yield from folded(Span(table.caption, "strong"), indent, indent)
    for line, row in table_lines(table, _WIDEST - len(indent)):
        yield trimmed((Span(indent), *line))
        if row is not None:
            yield from blocks_lines(row.below, language, indent + 2 * _INDENT)


def _node(node: Node, lead: str, below: str) -> Iterator[Line]:
    further = below + ("│ " if node.below else "  ")
    # The lines of the tree are two columns wide in some fonts.
    first, others = (max(_NARROWEST, _WIDEST + 2 * len(_INDENT) - 2 * len(each)) for each in (lead, further))
    for number, line in enumerate(pieces(node.text, first, others)):
        yield trimmed((Span(further if number else lead), *line))
    for index, child in enumerate(node.below):
        last = index == len(node.below) - 1
        yield from _node(child, below + ("└ " if last else "├ "), below + ("   " if last else "│  "))
