"""Documents read back from what was written: every text of a document, and every text of a file."""

import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from types import ModuleType

import docx
import openpyxl

from hyotei.base.printable import printable, visible
from hyotei.document import Cell, Chart, Document, Span, Table, plain_text
from hyotei.document.cells import shown
from hyotei.writers import docx as docx_writer
from hyotei.writers import html, markdown, terminal, xlsx


def texts_of(part: object, numbers: bool = True) -> Iterator[str]:
    """Every text of a document or a part of one, each run by itself; numbers of tables as they are shown, or not."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Span):
        yield part.text
    elif isinstance(part, Table):
        yield part.caption
        yield from (column.title for column in part.columns)
        for row in part.rows:
            for cell, column in zip(row.cells, part.columns, strict=True):
                if numbers or isinstance(cell.value, str | None):
                    yield from texts_of(shown(cell, column))
            yield from texts_of(row.below)
    elif isinstance(part, Chart):
        yield from (part.title, part.says)
    elif isinstance(part, tuple):
        for each in part:
            yield from texts_of(each, numbers)
    elif is_dataclass(part):
        for field in fields(part):
            if field.name not in ("tone", "anchor", "language", "lead", "large", "numbered", "new_page", "folded"):
                yield from texts_of(getattr(part, field.name), numbers)


def squeezed(text: str) -> str:
    """A text without white space and without what stands for it where a text must stay one line."""
    text = re.sub(r"\\[tnr]|\\x(85|1[c-f]|0[bc])|\\u202[89]|↵|�|\s", "", text)
    return "".join(each for each in text if unicodedata.category(each) not in ("Zs", "Zl", "Zp"))


def visible_text(text: str) -> str:
    """What terminals and Markdown show of a text, squeezed."""
    return squeezed(visible(squeezed(text)))


def printable_text(text: str) -> str:
    """What pages and office files show of a text, squeezed."""
    return squeezed(printable(squeezed(text)))


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "style" not in self.inside:
            self.text.append(data)


def html_page(data: bytes) -> _Page:
    """The tags and the texts of a page."""
    page = _Page()
    page.feed(data.decode("utf-8"))
    page.close()
    return page


def html_text(data: bytes) -> str:
    """All texts of a page."""
    return "".join(html_page(data).text)


def markdown_text(data: bytes) -> str:
    """The characters of Markdown without its signs."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", data.decode("utf-8"))


def docx_text(data: bytes) -> str:
    """All texts of a Word file in their order."""
    body = docx.Document(io.BytesIO(data)).element.body
    return "".join(
        "\t" if each.tag.endswith("}tab") else "\n" if each.tag.endswith("}br") else each.text or ""
        for each in body.iter()
        if each.tag.rpartition("}")[2] in ("t", "tab", "br")
    )


def xlsx_values(data: bytes) -> list[object]:
    """The values of all cells of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def xlsx_text(data: bytes) -> str:
    """All texts of a workbook."""
    return "".join(value for value in xlsx_values(data) if isinstance(value, str))


def numbers_of(document: Document) -> Iterator[tuple[str, Decimal | Fraction | int]]:
    """The exact numbers of all tables with what is shown of each."""

    def tables(part: object) -> Iterator[Table]:
        if isinstance(part, Table):
            yield part
        if isinstance(part, tuple):
            for each in part:
                yield from tables(each)
        elif is_dataclass(part) and not isinstance(part, Cell):
            for field in fields(part):
                yield from tables(getattr(part, field.name))

    for table in tables(document):
        for row in table.rows:
            for cell, column in zip(row.cells, table.columns, strict=True):
                if column.right and isinstance(cell.value, int | Decimal | Fraction):
                    yield plain_text(shown(cell, column)), cell.value


def text_file(data: bytes) -> str:
    """The text of a text file."""
    return data.decode("utf-8")


Text = Callable[[str], str]
READ: list[tuple[ModuleType, Callable[[bytes], str], Text]] = [
    (terminal, text_file, visible_text), (html, html_text, printable_text), (markdown, markdown_text, visible_text),
    (docx_writer, docx_text, printable_text), (xlsx, xlsx_text, printable_text),
]  # fmt: skip
"""Each writer with what reads its files back, and what a text is shown as in them."""


def lost_texts(document: Document, writer: ModuleType, read: Callable[[bytes], str], as_shown: Text) -> list[str]:
    """The texts of a document that what was written of it does not have; in a workbook numbers are numbers."""
    written = squeezed(read(writer.write(document)))
    if writer in (terminal, markdown):
        # Long texts are folded in their columns there, beside others.
        return [text for text in texts_of(document) if not set(as_shown(text)) <= set(written)]
    return [text for text in texts_of(document, numbers=writer is not xlsx) if as_shown(text) not in written]
