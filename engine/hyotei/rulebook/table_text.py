"""The text of a pipe table: cells with their places, the delimiter row, and what the markup of a header cell means."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple
from unicodedata import normalize

from hyotei.lazy_dataclass import dataclass

Alignment = Literal["left", "right", "centre"]
HeaderKindName = Literal["input", "output", "annotation", "corner", "plain"]

HIT_POLICIES = frozenset({"U", "A", "F", "P", "C", "C+", "C#", "C<", "C>"})
OTHER_BARS = "｜│┃￨¦∣"
"""Signs that look like a bar and part no cells."""
_DELIMITER = re.compile(r"[-:| \t]+$")
_DASHES = re.compile(r"(:?)-+(:?)$")
_PIPE = re.compile(r"(?<!\\)\|")
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1$", re.DOTALL)
_BOLD = re.compile(r"(\*\*|__)(?![\s*_])(.+?)(?<![\s*_])\1$", re.DOTALL)
_ITALIC = re.compile(r"([*_])(?![\s*_])(.+?)(?<![\s*_])\1$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CellText:
    """One cell of a table.

    `text` is what the cell says, without blanks around it, and a pipe after a backslash is a pipe; `raw` is as written.
    `raw` stands in the line from character `start` (from 1) up to but not including `end`.
    """

    text: str
    line: int
    start: int
    end: int
    raw: str

    def column(self, offset: int) -> int:
        """The character of the line, from 1, where `text[offset]` stands."""
        if self.text is self.raw or len(self.text) == len(self.raw):
            return self.start + offset
        place = 0
        for _ in range(offset):
            place += 2 if self.raw.startswith("\\|", place) else 1
        return self.start + place


@dataclass(frozen=True, slots=True)
class TextRow:
    """One line of a table. `fits` is False if it has fewer or more cells than the header."""

    line: int
    cells: tuple[CellText, ...]
    fits: bool = True


class HeaderKind(NamedTuple):
    """What a header cell stands for, and its name without markup (for a corner: the hit policy)."""

    kind: HeaderKindName
    name: str


def split_cells(line: str, number: int) -> tuple[CellText, ...]:
    """The cells of one line of a table; the pipes around the line are optional, a pipe after a backslash is text."""
    return tuple(_cells(line, number))


def _cells(line: str, number: int) -> Iterator[CellText]:
    for start, end in cell_spans(line):
        segment = line[start:end]
        raw = segment.strip()
        if raw:
            start += len(segment) - len(segment.lstrip())
        else:
            start += min(1, len(segment))
        text = raw.replace("\\|", "|") if "\\|" in raw else raw
        yield CellText(text, number, start + 1, start + 1 + len(raw), raw)


def cell_spans(line: str) -> list[tuple[int, int]]:
    """Where the cells of the line lie between the pipes, blanks included: offsets from 0, end exclusive."""
    first = len(line) - len(line.lstrip())
    last = len(line.rstrip())
    if last <= first:
        return []
    spans = []
    start = first
    for found in _PIPE.finditer(line, first, last):
        if found.start() > first:
            spans.append((start, found.start()))
        start = found.end()
    if start < last:
        spans.append((start, last))
    return spans


def delimiter(line: str) -> tuple[Alignment | None, ...] | None:
    """The alignments that the line gives to the columns, or None if it is not the delimiter row of a table."""
    body = line.strip()
    if not _DELIMITER.match(body) or (body[0] == "-" and body[1:2] in (" ", "\t")) or len(body) < 2:
        return None
    parts = body.split("|")
    if parts and not parts[0].strip():
        del parts[0]
    if parts and not parts[-1].strip():
        del parts[-1]
    found = [_DASHES.match(part.strip()) for part in parts]
    if not found or None in found:
        return None
    return tuple(_alignment(bool(match[1]), bool(match[2])) for match in found if match)


def _alignment(left: bool, right: bool) -> Alignment | None:
    if left and right:
        return "centre"
    return "left" if left else "right" if right else None


def escape_cell(text: str) -> str:
    """The text as it is written in a cell: on one line, without blanks around it, every pipe after a backslash."""
    return re.sub(r"\r\n|\r|\n", " ", text.strip()).replace("|", "\\|")


def header_kind(text: str, column: int = 0) -> HeaderKind:
    """What the markup of the header cell `text` in the given column (from 0) says.

    `` `code` `` is an input, `**bold**` an output, `*italic*` an annotation. Plain text in the first column that is a
    hit policy, in either width, is the corner. Everything else is plain.

    Example:
        >>> header_kind("**`result`**", 3)
        HeaderKind(kind='output', name='result')
    """
    if (code := _inside(_CODE, text)) is not None:
        return HeaderKind("input", code)
    if (bold := _inside(_BOLD, text)) is not None:
        return HeaderKind("output", _bare(bold))
    if (italic := _inside(_ITALIC, text)) is not None:
        return HeaderKind("annotation", _bare(italic))
    policy = normalize("NFKC", text).replace(" ", "")
    if column == 0 and policy in HIT_POLICIES:
        return HeaderKind("corner", policy)
    return HeaderKind("plain", text)


def _inside(markup: re.Pattern[str], text: str) -> str | None:
    """What stands between the marks that enclose the whole text; None if they do not, as in `` `a` and `b` ``."""
    found = markup.match(text)
    if found is None:
        return None
    mark = re.escape(found[1])
    alone = rf"(?<!`){mark}(?!`)" if markup is _CODE else mark if found[1][0] == "*" else rf"(?<!\w){mark}|{mark}(?!\w)"
    return None if re.search(alone, found[2]) else found[2].strip()


def _bare(text: str) -> str:
    code = _inside(_CODE, text)
    return text if code is None else code
