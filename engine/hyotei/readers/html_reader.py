"""The format of evaluation sheets in HTML: tables with merged cells, tables within tables, in any Japanese encoding."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from hyotei.intake.input_file import InputFile, Sample
from hyotei.readers.html_text import encodings, html_text
from hyotei.readers.need_lxml import need_lxml
from hyotei.readers.office_zip import MOST_TAGS
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
from hyotei.sheet.notes import joined_notes, reading_note

if TYPE_CHECKING:
    from lxml import etree

_TAGS: Final = re.compile(r"<!doctype html|<html|<body|<table|<head", re.IGNORECASE)
_WORDS: Final = ("評価書", "事前分析表", "測定指標", "評価区分", "当初予算", "政策名", "施策名", "達成すべき目標")
_SKIPPED: Final = frozenset(
    ("script", "style", "template", "noscript", "head", "rt", "rp", "svg", "math", "object", "iframe", "select")
)
_BLOCKS: Final = frozenset(
    ("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
     "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre",
     "section", "ul")
)  # fmt: skip
_STRUCK: Final = frozenset(("s", "strike", "del"))
_THROUGH: Final = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BACKGROUND: Final = re.compile(r"(?:^|[;\s])background(?:-color)?\s*:\s*([^;]+)", re.IGNORECASE)
_NO_COLOUR: Final = frozenset(
    ("", "none", "transparent", "inherit", "initial", "unset", "white", "#fff", "#ffffff", "rgb(255,255,255)",
     "rgb(255, 255, 255)")
)  # fmt: skip
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
HIDDEN: Final = "reading_notes.hidden_element"


class HtmlReader:
    """Reads all forms of a page; no script is run and nothing is fetched."""

    name = "html"

    def sniff(self, sample: Sample) -> float:
        if sample.is_zip:
            return 0.0
        for encoding in encodings(sample.head):
            text = sample.head.decode(encoding, "replace")
            if _TAGS.search(text[:4_096]) is None or not text.lstrip().startswith("<"):
                continue
            # A page about something else is read only where the user names it.
            if any(word in text for word in _WORDS):
                return 0.8
        text = sample.text
        return 0.2 if text.lstrip().startswith("<") and _TAGS.search(text[:4_096]) else 0.0

    def read(self, document: InputFile) -> Iterator[Found]:
        need_lxml(document)
        text = html_text(document.content(), document)
        if text.count("<") > MOST_TAGS:
            raise document.problem("HY835", part=document.name[:60], limit=f"{MOST_TAGS:,}")
        blocks = html_blocks(text, document)
        if not blocks:
            raise document.problem("HY840")
        yield from read_form(blocks, document.name, document.given)


def html_blocks(text: str, document: InputFile) -> list[Block]:
    """What a page prints.

    Raises:
        HyoteiError: it holds more cells than any form (HY854).
    """
    from lxml import etree

    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        return []
    page = _Page()
    try:
        page.walk(root, False)
    except TooManyCells:
        raise document.problem("HY854", limit="400,000") from None
    page.end_line(None)
    return page.writer.blocks


class _Page:
    """Walks through the elements of a page."""

    def __init__(self) -> None:
        self.writer = BlockWriter()
        self.pieces: list[str] = []

    def walk(self, element: "etree._Element", hidden: bool, through: bool = False) -> None:
        """Writes an element that is in no table."""
        tag = _tag(element)
        if tag in _SKIPPED:
            return
        if tag == "table":
            self.end_line(element)
            self.table(element, hidden)
            return
        block = tag in _BLOCKS or tag in ("br", "td", "tr")
        if block:
            self.end_line(element)
        through = through or _is_struck(element)
        self.pieces.append(_marked(_placed(tag, element.text or ""), through))
        for child in element:
            self.walk(child, hidden or _is_hidden(child), through)
            self.pieces.append(_marked(child.tail or "", through))
        if block:
            self.end_line(element)

    def end_line(self, element: "etree._Element | None") -> None:
        text = _BLANKS.sub(" ", "".join(self.pieces)).strip()
        self.pieces.clear()
        if text:
            self.writer.line(text, FormPlace(line=None if element is None else element.sourceline))

    def table(self, element: "etree._Element", hidden: bool) -> None:
        rows: list[tuple[int, Sequence[Printed]]] = []
        for child in element:
            if _tag(child) == "caption":
                self.walk(child, hidden)
        listed = list(_rows(element))
        for row in listed:
            unseen = hidden or _is_hidden(row)
            cells = [self.cell(cell, unseen, len(listed)) for cell in row if _tag(cell) in ("td", "th")]
            rows.append((0, cells))
        self.writer.table(rows)

    def cell(self, element: "etree._Element", hidden: bool, rows: int) -> Printed:
        inner: list[Callable[[], None]] = []
        pieces: list[str] = []
        unseen = [hidden or _is_hidden(element)]
        self.text(element, pieces, inner, unseen)
        lines = [_BLANKS.sub(" ", line).strip() for line in "".join(pieces).split("\n\n")]
        text, notes = without_struck("\n".join(line for line in lines if line))
        height = _span(element.get("rowspan"))
        return Printed(
            text=text,
            rows=height if height > 0 else rows,  # 0: to the end of the table
            columns=max(1, _span(element.get("colspan"))),
            line=element.sourceline,
            notes=joined_notes(notes, reading_note(HIDDEN) if any(unseen) else ()),
            inner=inner,
            shaded=_is_shaded(element),
        )

    def text(
        self,
        element: "etree._Element",
        pieces: list[str],
        inner: list[Callable[[], None]],
        unseen: list[bool],
        through: bool = False,
    ) -> None:
        """The text of a cell, lines ended by two line feeds, for single ones in the file mean nothing."""
        tag = _tag(element)
        block = tag in _BLOCKS
        if block:
            pieces.append("\n\n")
        through = through or _is_struck(element)
        pieces.append(_marked(_single(_placed(tag, element.text or "")), through))
        for child in element:
            name = _tag(child)
            if name == "table":
                inner.append(partial(self.table, child, any(unseen)))
            elif name == "br":
                pieces.append("\n\n")
            elif name not in _SKIPPED:
                if _is_hidden(child) and "".join(child.itertext()).strip():
                    unseen.append(True)
                self.text(child, pieces, inner, unseen, through)
            pieces.append(_marked(_single(child.tail or ""), through))
        if block:
            pieces.append("\n\n")


def _placed(tag: str, text: str) -> str:
    """The text of an element above or below the line, which runs together with no number before it."""
    return raised(text) if tag == "sup" else lowered(text) if tag == "sub" else text


def _marked(text: str, through: bool) -> str:
    return struck(text) if through else text


def _is_struck(element: "etree._Element") -> bool:
    return _tag(element) in _STRUCK or _THROUGH.search(element.get("style") or "") is not None


def _single(text: str) -> str:
    return _BLANKS.sub(" ", text)


def _rows(table: "etree._Element") -> Iterator["etree._Element"]:
    for child in table:
        if _tag(child) == "tr":
            yield child
        elif _tag(child) in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if _tag(row) == "tr")


def _tag(element: "etree._Element") -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _is_hidden(element: "etree._Element") -> bool:
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None


def _is_shaded(element: "etree._Element") -> bool:
    """Whether a cell itself says that its ground is of another colour than white."""
    colours = [colour.strip().lower() for colour in _BACKGROUND.findall(element.get("style") or "")]
    colour = colours[-1] if colours else (element.get("bgcolor") or "").strip().lower()
    return colour.removesuffix("!important").rstrip() not in _NO_COLOUR and "url(" not in colour


def _span(written: str | None) -> int:
    text = (written or "1").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
