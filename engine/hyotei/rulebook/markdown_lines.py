"""Lines of a Markdown text, and what each says by itself after CommonMark; no line knows its neighbours here."""

import re
from functools import cache
from typing import NamedTuple

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_RULE = re.compile(r"([-*_]) *(?:\1 *){2,}$")
_FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$", re.DOTALL)
_MARKER = re.compile(r"([-+*]|([0-9]{1,9})[.)])( *)")
_BLOCK_TAGS = (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li "
    "link main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th "
    "thead title tr track ul"
)
"""The names of HTML elements that CommonMark lets begin a block of HTML."""

_RAW_TAGS = "script|pre|style|textarea"
_ATTRIBUTE = r"""\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""


@cache
def _html() -> tuple[tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...], re.Pattern[str]]:
    """What begins and ends each kind of HTML block, and the tag that stands alone; compiled only if a `<` is met."""
    any_case = re.IGNORECASE
    named = "|".join(_BLOCK_TAGS.split())
    kinds = (
        (re.compile(rf"<(?:{_RAW_TAGS})(?=\s|>|$)", any_case), re.compile(rf"</(?:{_RAW_TAGS})>", any_case)),
        (re.compile(r"<!--"), re.compile(r"-->")),
        (re.compile(r"<\?"), re.compile(r"\?>")),
        (re.compile(r"<![A-Za-z]"), re.compile(r">")),
        (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
        (re.compile(rf"</?(?:{named})(?=\s|/?>|$)", any_case), None),
    )
    tag = rf"<(?:[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*\s*/?|/[A-Za-z][A-Za-z0-9-]*\s*)>"
    return kinds, re.compile(rf"{tag}\s*$", re.ASCII)


class Marker(NamedTuple):
    """The marker of a list item: columns up to the content, the number of an ordered item, whether text follows."""

    width: int
    number: str | None
    has_text: bool

    @property
    def interrupts(self) -> bool:
        """Whether such an item may begin right under the text of a paragraph."""
        return self.has_text and (self.number is None or int(self.number) == 1)


class HtmlStart(NamedTuple):
    """The beginning of a block of HTML; `end` is found in its last line, or is None if a blank line ends it."""

    end: re.Pattern[str] | None


class Fence(NamedTuple):
    """The opening line of fenced code: the run of backticks or tildes and the words after it."""

    run: str
    info: str


def split_lines(text: str) -> list[str]:
    """The lines of `text` with their ends; joined they are `text` again.

    Only a line feed, a carriage return, or both in this order end a line: not the form feed, nor U+2028.
    """
    return _LINE.findall(text)


def without_end(line: str) -> str:
    """The line without the characters that end it."""
    return line.rstrip("\r\n")


def line_end(line: str) -> str:
    """The characters that end the line: line feed, carriage return, both, or none."""
    return line[len(without_end(line)) :]


def strip_indent(line: str, columns: int) -> str:
    """The line without up to `columns` columns of leading blank; a tab reaches to the next multiple of four."""
    content = line.lstrip(" \t")
    blank = line[: len(line) - len(content)]
    if "\t" not in blank[:columns]:
        return line[min(len(blank), columns) :]
    if columns == 4:  # a tab that begins before column 4 ends there
        return line[blank.index("\t") + 1 :]
    return blank.expandtabs(4)[columns:] + content


def is_rule(body: str) -> bool:
    """Whether the line, without its indent, is a thematic break: three or more of `-`, `*` or `_`."""
    return _RULE.match(body) is not None


def heading(body: str) -> tuple[int, int, int] | None:
    """The level of an ATX heading and where its text begins and ends in `body`; None if the line is no heading."""
    level = len(body) - len(body.lstrip("#"))
    if not 1 <= level <= 6 or (len(body) > level and body[level] not in " \t"):
        return None
    text = body[level:].rstrip(" \t")
    bare = text.rstrip("#")
    if bare.endswith((" ", "\t")):  # the closing run of number signs belongs to the markup only after a blank
        text = bare
    kept = text.strip()
    start = level + (len(text) - len(text.lstrip()) if kept else 0)
    return level, start, start + len(kept)


def underline(body: str) -> int | None:
    """The level of the setext heading above this line: 1 for `===`, 2 for `---`, None for any other line."""
    run = body.rstrip(" \t")
    if run.strip("=") == "":
        return 1
    return 2 if run.strip("-") == "" else None


def fence(body: str) -> Fence | None:
    """The opening of fenced code, if the line is one."""
    found = _FENCE.match(body)
    if found is None:
        return None
    return Fence(found[1] or found[3], (found[2] or found[4] or "").strip())


def closes_fence(body: str, run: str) -> bool:
    """Whether the line, without its indent, ends the fenced code that `run` opened."""
    closing = body.rstrip(" \t")
    return len(closing) >= len(run) and closing.strip(run[0]) == ""


def list_marker(body: str) -> Marker | None:
    """The marker of a list item at the beginning of `body` (tabs already spaces), if there is one."""
    found = _MARKER.match(body)
    if found is None:
        return None
    spaces, has_text = len(found[3]), found.end() < len(body)
    if has_text and not spaces:
        return None
    width = found.end(1) + (spaces if has_text and spaces <= 4 else 1)
    return Marker(width, found[2], has_text)


def html_end(body: str, interrupts: bool) -> HtmlStart | None:
    """What ends the block of HTML that begins here, if one begins. `interrupts`: a paragraph or a table is open."""
    kinds, alone = _html()
    for start, end in kinds:
        if start.match(body):
            return HtmlStart(end)
    return HtmlStart(None) if not interrupts and alone.match(body) else None
