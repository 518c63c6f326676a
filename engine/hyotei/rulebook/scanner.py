"""Finds the blocks of a Markdown text, line by line, after CommonMark with the tables of GitHub.

Headings, tables and code of the outermost level become blocks of their own. Lists and quotations are followed only as
far as it takes to know where they end; what stands inside them is prose.
"""

import re
from collections.abc import Sequence
from typing import Literal

from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.block_builder import BlockBuilder, OpenKind
from hyotei.rulebook.markdown_lines import closes_fence, fence, heading, html_end, is_rule, list_marker, underline
from hyotei.rulebook.table_text import cell_spans, delimiter

_DEEPEST = 24  # beyond this depth of lists and quotations no further one begins, which bounds the work for one line

Leaf = Literal["none", "paragraph", "fence", "indented", "html", "table"]


def scan(lines: Sequence[str], first: int, builder: BlockBuilder) -> None:
    """Hand the blocks of `lines` (without their ends), from line number `first` on, to the builder."""
    scanner = _Scanner(builder)
    for number in range(first, len(lines) + 1):
        scanner.read(number, lines[number - 1])
    builder.finish()


@dataclass(slots=True)
class _Container:
    """An open list item, whose content is indented by `indent`, or a quotation (`indent` is 0)."""

    indent: int
    has_content: bool

    def rest(self, text: str) -> str | None:
        """The part of the line that belongs to the content; None if the line does not continue this container."""
        if self.indent == 0:
            body = text.lstrip(" ")
            return _quoted(body) if body.startswith(">") and len(text) - len(body) < 4 else None
        if not text.strip(" "):
            return "" if self.has_content else None
        if not text.startswith(" " * self.indent):
            return None
        self.has_content = True
        return text[self.indent :]


def _quoted(body: str) -> str:
    return body[2:] if body[1:2] == " " else body[1:]


class _Scanner:
    """The open containers and the open leaf (what the last of them ends with), as they stand after each line.

    A line is read with its tabs as spaces; columns of the original line are the builder's business.
    """

    def __init__(self, builder: BlockBuilder) -> None:
        self._builder = builder
        self._containers: list[_Container] = []
        self._leaf: Leaf = "none"
        self._paragraph = ""  # the last line of the open paragraph, as its container sees it
        self._run = ""  # of the open fence
        self._html_end: re.Pattern[str] | None = None
        self._number = 0
        self._matched = 0  # how many of the containers the present line continues

    def read(self, number: int, line: str) -> None:
        self._number = number
        if self._leaf == "table" and not self._containers and line.startswith("|"):
            self._builder.row(number)  # by far the most frequent line of a long document
            return
        text = line.expandtabs(4) if "\t" in line else line
        self._matched = 0
        for container in self._containers:
            rest = container.rest(text)
            if rest is None:
                break
            text = rest
            self._matched += 1
        inside = self._matched == len(self._containers)
        if not inside and self._leaf != "paragraph":
            self._leaf = "none"
        if self._leaf in ("fence", "html"):
            self._verbatim(text)
        elif text.strip(" "):
            self._content(text, inside)
        else:
            del self._containers[self._matched :]
            if self._containers and line.strip(" \t"):
                self._builder.extend(number)  # a quotation mark and nothing else
            if self._leaf != "indented":  # code goes on after blank lines
                self._leaf = "none"

    def _verbatim(self, text: str) -> None:
        """A line of fenced code or of HTML, whatever it looks like."""
        body = text.lstrip(" ")
        if self._leaf == "html" and self._html_end is None and not body:
            self._leaf = "none"
            return
        self._builder.extend(self._number)
        if self._leaf == "html":
            self._end_html(text)
        elif len(text) - len(body) < 4 and closes_fence(body, self._run):
            self._leaf = "none"
            self._builder.close(self._number)

    def _content(self, text: str, continues: bool) -> None:
        """A line that is not blank: containers begin, then one leaf begins or goes on.

        `continues` says that the line is inside everything that is open, so that an open paragraph or table is its own.
        """
        while True:
            body = text.lstrip(" ")
            indent = len(text) - len(body)
            if indent >= 4:
                break
            if continues and self._leaf == "paragraph" and (self._begin_table(body) or self._underlined(body)):
                return
            if self._begin_leaf(body, continues):
                return
            rest = self._begin_container(body, indent, continues)
            if rest is None:
                break
            text, continues = rest, False
            if not text.strip(" "):
                return
        self._text(text, indent, continues)

    def _open(self, kind: OpenKind) -> None:
        """Something new begins: what the line does not continue is closed; outermost, a block of this kind begins."""
        del self._containers[self._matched :]
        self._leaf = "none"
        if self._containers:
            self._builder.extend(self._number)
        else:
            self._builder.begin(kind, self._number)

    def _begin_leaf(self, body: str, continues: bool) -> bool:
        """Take up a heading, a fence, HTML or a thematic break; False if none begins here."""
        first = body[0]
        if first == "#" and heading(body):
            self._open("heading")
        elif first in "`~" and (opening := fence(body)):
            self._open("fence")
            self._leaf, self._run = "fence", opening.run
        elif first == "<" and (html := html_end(body, self._leaf in ("paragraph", "table"))):
            self._open("html")
            self._leaf, self._html_end = "html", html.end
            self._end_html(body)
        elif first in "-*_" and is_rule(body):
            self._open("rule")
        else:
            return False
        return True

    def _end_html(self, text: str) -> None:
        if self._html_end and self._html_end.search(text):
            self._leaf = "none"
            self._builder.close(self._number)

    def _begin_container(self, body: str, indent: int, continues: bool) -> str | None:
        """The rest of the line after the mark of a quotation or list item; None if none begins here."""
        if len(self._containers) >= _DEEPEST:
            return None
        if body[0] == ">":
            self._open("quote")
            self._containers.append(_Container(0, True))
            rest = _quoted(body)
        else:
            marker = list_marker(body)
            interrupts = continues and self._leaf == "paragraph"
            if marker is None or (interrupts and not marker.interrupts):
                return None
            self._open("item")
            self._containers.append(_Container(indent + marker.width, marker.has_text))
            rest = body[marker.width :]
        self._matched = len(self._containers)
        return rest

    def _begin_table(self, body: str) -> bool:
        """Whether this line is the delimiter row under a header, which was the last line of the paragraph until now."""
        header = self._paragraph
        alignments = delimiter(body) if body[0] in "|-:" and "|" in header else None
        if alignments is None or header.startswith("    ") or len(cell_spans(header)) != len(alignments):
            return False
        self._leaf = "table"
        if self._containers:
            self._builder.extend(self._number)
            self._builder.hidden_table(self._number - 1)
        else:
            self._builder.table(self._number, alignments)
        return True

    def _underlined(self, body: str) -> bool:
        level = underline(body)
        if level is None:
            return False
        self._leaf = "none"
        if self._containers:
            self._builder.extend(self._number)
        else:
            self._builder.underlined(self._number, level)
        return True

    def _text(self, text: str, indent: int, continues: bool) -> None:
        """What no mark begins: a row, code by its indent, or a paragraph."""
        if self._leaf == "paragraph":
            # a line that leaves out the marks of the containers still belongs to them, but begins no table
            self._builder.extend(self._number)
            if self._containers and "|" in text and delimiter(text):
                self._builder.swallowed_table(self._number)
            self._paragraph = text if continues else ""
        elif self._leaf == "table" and indent < 4 and text.strip():
            if self._containers:
                self._builder.extend(self._number)
            else:
                self._builder.row(self._number)
        elif indent < 4:
            self._open("paragraph")
            self._leaf, self._paragraph = "paragraph", text
        elif self._leaf == "indented":
            self._builder.extend(self._number)
        else:
            self._open("indented")
            self._leaf = "indented"
