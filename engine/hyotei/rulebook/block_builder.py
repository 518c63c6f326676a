"""Builds the blocks of the outermost level from what the scanner finds, with their places in the original lines."""

import re
from collections.abc import Sequence
from typing import Literal

from hyotei.messages.diagnostic import Diagnostic, Location
from hyotei.rulebook.blocks import Block, CodeBlock, CodeLine, HeadingBlock, ProseBlock, TableBlock
from hyotei.rulebook.heading_text import heading_parts
from hyotei.rulebook.markdown_lines import fence, heading, strip_indent
from hyotei.rulebook.table_text import OTHER_BARS, Alignment, TextRow, cell_spans, delimiter, split_cells

OpenKind = Literal["paragraph", "item", "quote", "rule", "html", "fence", "indented", "heading", "table"]

_HEADING_WITHOUT_BLANK = re.compile(r"#{1,6}[^#\s]")


class BlockBuilder:
    """Collects the open block; `parts` (blocks and headings) and `diagnostics` are filled in the order of lines."""

    def __init__(self, lines: Sequence[str], file: str | None) -> None:
        self.parts: list[Block | HeadingBlock] = []
        self.diagnostics: list[Diagnostic] = []
        self._lines = lines
        self._file = file
        self._title: str | None = None
        self._kind: OpenKind | None = None
        self._first = self._last = 0
        self._closed = False
        self._header: TextRow | None = None
        self._alignments: tuple[Alignment | None, ...] = ()
        self._rows: list[TextRow] = []

    # ---- what the scanner says

    def begin(self, kind: OpenKind, number: int) -> None:
        """A block begins in line `number`, and the one before is complete."""
        after_table = self._kind == "table" and self._last == number - 1
        self.finish()
        self._kind, self._first, self._last, self._closed = kind, number, number, False
        if after_table and kind in ("item", "quote", "indented", "html") and "|" in self._lines[number - 1]:
            self._report("HY307", number)

    def extend(self, number: int) -> None:
        """The open block goes on in this line."""
        self._last = number

    def close(self, number: int) -> None:
        """The fence or the mark that ends the open block stands in this line."""
        self._last, self._closed = number, True

    def underlined(self, number: int, level: int) -> None:
        """The open paragraph turns out to be a heading, underlined in this line."""
        lines = self._lines[self._first - 1 : number - 1]
        start = len(lines[0]) - len(lines[0].lstrip()) + 1
        text = "\n".join(line.strip() for line in lines).strip()
        self._add_heading(HeadingBlock(level, self._first, number, text, start))

    def table(self, number: int, alignments: tuple[Alignment | None, ...]) -> None:
        """The last line of the open paragraph turns out to be the header of a table, with its delimiter row here."""
        header = number - 1
        self._last = header - 1
        if self._last >= self._first:
            self.finish()
        self._kind, self._first, self._last = "table", header, number
        self._header = TextRow(header, split_cells(self._lines[header - 1], header))
        self._alignments, self._rows = alignments, []

    def row(self, number: int) -> None:
        """A row of the open table; rows with fewer or more cells than the header are kept and told."""
        line, expected = self._lines[number - 1], len(self._alignments)
        other = None if "|" in line else "HY336" if "\t" in line.strip() else "HY337"
        bars = re.sub(f"[{OTHER_BARS}\t]", "|", line) if other else line
        cells = split_cells(bars, number)
        self._rows.append(TextRow(number, cells, len(cells) == expected))
        self._last = number
        if other and bars != line:
            self._report(other, number)
        elif len(cells) != expected:
            self._report("HY303", number, found=str(len(cells)), expected=str(expected))

    def hidden_table(self, number: int) -> None:
        """A table inside a list item or quotation, which is not read as rules."""
        self._report("HY309", number)

    def swallowed_table(self, number: int) -> None:
        """A table right under a list item or quotation, which takes it for its own text."""
        self._report("HY315", number)

    def finish(self) -> None:
        """The open block is complete."""
        kind, self._kind = self._kind, None
        if kind is None:
            return
        if kind == "heading":
            self._finish_heading()
        elif kind == "table" and self._header:
            rows = tuple(self._rows)
            self.parts.append(TableBlock(self._first, self._header, self._first + 1, self._alignments, rows))
        elif kind == "fence":
            self._finish_fence()
        elif kind == "indented":
            self.parts.append(CodeBlock(self._first, self._last, self._code(self._first, self._last, 4)))
        elif kind in ("paragraph", "item", "quote", "rule", "html"):
            self._finish_prose(kind)

    # ---- blocks

    def _finish_heading(self) -> None:
        line = self._lines[self._first - 1]
        indent = len(line) - len(line.lstrip(" "))
        found = heading(line[indent:])
        if found:
            level, start, end = found
            text = line[indent + start : indent + end]
            self._add_heading(HeadingBlock(level, self._first, self._first, text, indent + start + 1))

    def _add_heading(self, found: HeadingBlock) -> None:
        self._kind = None
        self.parts.append(found)
        parts = heading_parts(found.text)
        self._title = parts.title.text or (parts.code.text if parts.code else None)

    def _finish_fence(self) -> None:
        line = self._lines[self._first - 1]
        body = line.lstrip(" ")
        opening = fence(body)
        if opening:
            last = self._last - 1 if self._closed else self._last
            lines = self._code(self._first + 1, last, len(line) - len(body))
            self.parts.append(CodeBlock(self._first, self._last, lines, opening.run, opening.info, self._closed))
            if not self._closed:
                self._report("HY302", self._first, fence=opening.run)

    def _code(self, first: int, last: int, columns: int) -> tuple[CodeLine, ...]:
        code = []
        for number in range(first, last + 1):
            line = self._lines[number - 1]
            text = strip_indent(line, columns)
            code.append(CodeLine(text, number, max(0, len(line) - len(text)) + 1))
        return tuple(code)

    def _finish_prose(self, kind: Literal["paragraph", "item", "quote", "rule", "html"]) -> None:
        lines = self._lines[self._first - 1 : self._last]
        self.parts.append(ProseBlock(self._first, self._last, "\n".join(lines), kind))
        if kind == "paragraph":
            self._suspect(lines)
        elif kind == "html" and not self._closed and lines[0].lstrip(" ").startswith("<!--"):
            self._report("HY310", self._first)

    # ---- what looks like markup and is not

    def _suspect(self, lines: Sequence[str]) -> None:
        """Tell of lines in a paragraph that were most probably meant as a heading or as a table; each kind once."""
        told: set[str] = set()
        for offset, line in enumerate(lines):
            body = line.strip()
            code, params = None, {}
            if _HEADING_WITHOUT_BLANK.match(body):
                code = "HY306"
            elif body.startswith("｜") and "|" not in body:
                code = "HY308"
            elif "|" in body:
                below = delimiter(lines[offset + 1]) if offset + 1 < len(lines) else None
                if below:
                    found = len(cell_spans(line))
                    code, params = "HY304", {"found": str(found), "expected": str(len(below))}
                elif body.startswith("|") and "HY304" not in told:
                    code = "HY305"
            if code and code not in told:
                told.add(code)
                self._report(code, self._first + offset, **params)

    def _report(self, code: str, number: int, **params: str) -> None:
        line = self._lines[number - 1]
        start = len(line) - len(line.lstrip()) + 1
        location = Location(self._file, number, start, max(start, len(line.rstrip()) + 1), self._title)
        self.diagnostics.append(Diagnostic(code, location, dict(params)))
