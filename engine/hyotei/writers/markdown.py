"""A document as Markdown (CommonMark with tables): texts stay texts, whatever signs are in them."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from hyotei.base.printable import one_line, visible
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
    Tone,
    Tree,
    plain_text,
    spans,
)
from hyotei.document.cells import shown

_SIGNS: Final = re.compile(r"([\\`*_{}\[\]<>#|~!&$])")
_BEGINNING: Final = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
"""What at the beginning of a line makes a list or a heading of it."""


def write(document: Document) -> bytes:
    """The document as a text file."""
    return ("\n".join(_lines(document)) + "\n").encode("utf-8")


def _lines(document: Document) -> Iterator[str]:
    yield f"# {_escaped(document.title)}"
    if document.subtitle:
        yield from ("", _escaped(document.subtitle))
    yield from _blocks(document.blocks, 2)
    if document.footer:
        yield from ("", "---", "", _escaped(document.footer))


def _blocks(blocks: Iterable[Block], level: int) -> Iterator[str]:
    for block in blocks:
        yield ""
        yield from _block(block, level)


def _block(block: Block, level: int) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _text(block.text, "strong" if block.lead else block.tone)
        case Items():
            for number, item in enumerate(block.items, 1):
                mark = f"{number}. " if block.numbered else "- "
                yield mark + _text(item.text, item.tone)
                yield from _inside(_blocks(item.blocks, level), " " * len(mark))
        case Definitions():
            yield from (f"- **{_escaped(each.term)}**: {_text(each.text, each.tone)}" for each in block.rows)
        case Table():
            yield from _table(block, level)
        case Tree():
            for node in block.nodes:
                yield from _node(node)
        case Note():
            title = f" {_text(block.title)}" if plain_text(block.title) else ""
            yield f"- **{_escaped(f'[{block.label}]')}**{title}"
            yield from _inside(_blocks(block.blocks, level), "  ")
        case Preformatted():
            fence = _fence("\n".join(block.lines), 3)
            yield from (fence, *map(visible, block.lines), fence)
        case Chart():
            yield f"**{_escaped(block.title)}** {_escaped(block.says)}"
        case Signatures():
            yield "| " + " | ".join(map(_escaped, block.labels)) + " |"
            yield "|" + "---|" * len(block.labels)
            yield "|" + " |" * len(block.labels)
        case Section():
            yield f"{'#' * min(level, 6)} {_escaped(block.title)}"
            yield from _blocks(block.blocks, level + 1)


def _table(table: Table, level: int) -> Iterator[str]:
    if table.caption:
        yield from (f"**{_escaped(table.caption)}**", "")
    yield "| " + " | ".join(_escaped(column.title) for column in table.columns) + " |"
    yield "|" + "".join("--:|" if column.right else "---|" for column in table.columns)
    for row in table.rows:
        cells = zip(row.cells, table.columns, strict=True)
        told = [_text(shown(cell, column), _strongest(cell.tone, row.tone), cell=True) for cell, column in cells]
        yield "| " + " | ".join(told) + " |"
    for row in table.rows:
        if row.below:
            # A table holds no blocks: what belongs to a row stands after it, under the names of the row.
            named = zip(row.cells[: max(1, table.row_heads)], table.columns, strict=False)
            yield ""
            yield "- " + " ".join(filter(None, (_text(shown(cell, column)) for cell, column in named)))
            yield from _inside(_blocks(row.below, level), "  ")


def _node(node: Node) -> Iterator[str]:
    yield "- " + _text(node.text)
    for child in node.below:
        yield from _inside(_node(child), "  ")


def _inside(lines: Iterable[str], indent: str) -> Iterator[str]:
    return (indent + line if line else "" for line in lines)


def _strongest(first: Tone, other: Tone) -> Tone:
    return first if first != "plain" else other


def _text(text: Text, tone: Tone = "plain", cell: bool = False) -> str:
    whole = "".join(_span(span, cell) for span in spans(text))
    if not cell:  # within a line nothing begins a list
        whole = (
            _BEGINNING.sub(r"\1\\\2", whole) if not whole[:1].isdigit() else re.sub(r"^(\d+)([.)])", r"\1\\\2", whole)
        )
    if tone in ("strong", "bad") and not any(span.tone == "strong" or span.code for span in spans(text)):
        return _around(whole, "**")
    return whole


def _span(span: Span, cell: bool) -> str:
    if span.code:
        inside = visible(one_line(span.text))
        fence = _fence(inside, 1)
        room = " " if inside.startswith("`") or inside.endswith("`") else ""
        told = f"{fence}{room}{inside.replace('|', chr(92) + '|') if cell else inside}{room}{fence}"
    else:
        told = _escaped(span.text, keep=True)
    if span.target:
        return f"[{told}](<{span.target}>)" if not span.target.startswith("#") else told
    return _around(told, "**") if span.tone == "strong" else told


def _around(text: str, mark: str) -> str:
    """A mark around a text, not around the spaces at its ends."""
    inside = text.strip()
    return text.replace(inside, f"{mark}{inside}{mark}", 1) if inside else text


def _escaped(text: str, keep: bool = False) -> str:
    """A text that stays one line of text; `keep` keeps a space at its ends."""
    folded = re.sub(r"\s+", " ", text) if keep else one_line(text)
    return _SIGNS.sub(r"\\\1", visible(folded))


def _fence(text: str, least: int) -> str:
    """Backticks, more of them than stand anywhere in a text."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * max(least, longest + 1)
