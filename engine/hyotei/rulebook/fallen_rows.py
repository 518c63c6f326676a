"""Lines that look like rows of a table and belong to none, so that a rule would be left out without a word.

A table ends at a blank line or at other text, and only a plain bar parts its cells. What reads like a row of the table above is an
error; prose that merely contains a bar is not.
"""

import re
from collections.abc import Iterator
from dataclasses import field
from typing import Final

from hyotei.base.text_folding import folded
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, Location, Param
from hyotei.rulebook.blocks import Block, CodeBlock, ProseBlock, TableBlock
from hyotei.rulebook.parser import parse_cell, parse_output
from hyotei.rulebook.rulebook_text import RulebookText, Section
from hyotei.rulebook.syntax_problem import SyntaxProblem
from hyotei.rulebook.table_text import HIT_POLICIES, OTHER_BARS, header_kind, split_cells

_MARKS = re.compile(r"\s*(?:(?:[-+*>]|\d{1,9}[.)])\s+)*")
_SPACES = re.compile(r"[ \u3000]{2,}|\u3000")
_NUMBER = re.compile(r"[\d.)]*|-")
_HTML_ROW = re.compile(r"<tr\b.*?(?=</tr|<tr\b|\Z)", re.DOTALL | re.IGNORECASE)
_HTML_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
_COVERED: Final = frozenset({"HY304", "HY305", "HY307", "HY308"})
"""What is told of a line by its looks alone; a fallen row is told in its place."""


@dataclass(slots=True)
class FallenRows:
    """What was found: the problems, the lines in which they are, those of them that Markdown takes for code, and the lines of the
    headings whose whole table is none.
    """

    problems: list[Diagnostic] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    in_code: set[int] = field(default_factory=set)
    lost_tables: set[int] = field(default_factory=set)

    def others(self, problems: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
        """The problems of a document's layout that say something else than that a row has fallen out."""
        for problem in problems:
            if problem.location.line not in self.lines or problem.code not in _COVERED:
                yield problem


def fallen_rows(document: RulebookText) -> FallenRows:
    """The rows of tables of rules that fell out of them, and the tables that are none because of how they are typed."""
    found = FallenRows()
    above: TableBlock | None = None
    joined = 0
    for section in document.sections:
        if section.heading.code is not None:
            above = None
            _lost_table(document, section, found)
        elif above is not None and _shape(section.heading_text, above):
            _tell(document, section, found, "HY335", section.heading_line, above)
        for block in section.blocks:
            if isinstance(block, TableBlock):
                above, joined = (block, block.last_line) if holds_rules(block) else (above, joined)
            elif above is not None:
                last = _last_fallen(document, section, block, above, joined, found)
                joined = last or joined
    return found


def _last_fallen(
    document: RulebookText, section: Section, block: Block, above: TableBlock, joined: int, found: FallenRows
) -> int | None:
    """Tells the first line of a block that looks like a row; the last line of the block if all its lines do."""
    if isinstance(block, CodeBlock) and not section.tables:
        return None  # a formula
    if isinstance(block, ProseBlock) and block.kind == "html" and _has_html_rows(block, above):
        _tell(document, section, found, "HY338", block.first_line, above)
    told = False
    rows = 0
    for number in range(block.first_line, block.last_line + 1):
        line = document.line(number)
        how = _shape(line, above)
        if how is not None and isinstance(block, CodeBlock):
            found.in_code.add(number)
        if how is None or (how == "bars" and number == above.last_line + 1):
            continue  # right below the table HY307 says what is wrong with the first characters
        rows += 1
        found.lines.add(number)
        if how == "bars":
            between = range(joined + 1, number)
            blank = all(not document.line(each).strip() for each in between)
            how = "HY334" if blank and len(between) else "HY335"
        if not told:
            told = True
            _tell(document, section, found, how, number, above)
    return block.last_line if rows == block.last_line - block.first_line + 1 else None


def _has_html_rows(block: ProseBlock, above: TableBlock) -> bool:
    """Whether a block of HTML has a row with as many cells as the table; what is commented out is not there."""
    if block.text.lstrip().startswith("<!--"):
        return False
    rows = _HTML_ROW.findall(block.text) or [block.text]
    return any(len(_HTML_CELL.findall(row)) == len(above.alignments) for row in rows)


def _lost_table(document: RulebookText, section: Section, found: FallenRows) -> None:
    """A decision whose table is none: typed with tabs, with other bars, in HTML, or set in."""
    if section.tables:
        return
    for block in section.blocks:
        lines = range(block.first_line, block.last_line + 1)
        first = document.line(block.first_line)
        if isinstance(block, CodeBlock):
            inside = next((line.text for line in block.lines if line.text.strip()), "")
            code = "HY339" if inside.lstrip().startswith("|") else _header(inside)
        elif isinstance(block, ProseBlock) and block.kind == "html":
            code = "HY338" if _HTML_CELL.search(block.text) and not first.lstrip().startswith("<!--") else None
        else:
            code = next((how for number in lines if (how := _header(document.line(number)))), None)
        if code is not None:
            found.lost_tables.add(section.heading_line)
            _tell(document, section, found, code, block.first_line, None)
            return


def _header(line: str) -> str | None:
    """Whether a line reads like the header of a table of rules whose cells no plain bar parts; the code for how."""
    for code, cells in (("HY336", line.split("\t")), ("HY337", _bars(line)), ("HY337", _SPACES.split(line.strip()))):
        texts = [cell.strip() for cell in cells if cell.strip()]
        kinds = {header_kind(text, column).kind for column, text in enumerate(texts)}
        if len(texts) > 1 and folded(texts[0]) in HIT_POLICIES and "output" in kinds:
            return code if "|" not in line else None
    return None


def _bars(line: str) -> list[str]:
    return re.split(f"[{OTHER_BARS}]", line)


def _shape(line: str, above: TableBlock) -> str | None:
    """How a line reads like a row of the table: `bars` where it does by its bars, else the code for what parts its cells."""
    width = len(above.alignments)
    plain = _MARKS.sub("", line, count=1)
    bars = re.sub(f"[{OTHER_BARS}]", "|", plain)
    if "|" in bars:
        how = "bars" if "|" in plain else "HY337"
        cells = [cell.text for cell in split_cells(bars, 0)]
        closed = bars.lstrip().startswith("|") and bars.rstrip().endswith("|") and len(cells) > 1
        return how if closed or (len(cells) == width and _fits(cells, above)) else None
    for code, parts in (("HY336", line.strip("\n").split("\t")), ("HY337", _SPACES.split(line.strip()))):
        cells = [part.strip() for part in parts]
        while len(cells) > width and not cells[0]:
            del cells[0]
        if len(cells) == width > 1 and (code == "HY336" or width > 2) and _fits(cells, above):
            return code
    return None


def _fits(cells: list[str], above: TableBlock) -> bool:
    """Whether cells can be those of a row of the table: a row number like the others, and cells that can be read."""
    corners = [folded(row.cells[0].text).strip() for row in above.rows if row.cells]
    corner = folded(cells[0]).strip()
    if all(_NUMBER.fullmatch(each) for each in corners):
        return _NUMBER.fullmatch(corner) is not None
    if len(corner) > max(map(len, corners)) + 2:
        return False
    for header, text in zip(above.header.cells[1:], cells[1:], strict=False):
        kind = header_kind(header.text, 1).kind
        try:
            if kind == "input":
                parse_cell(text)
            elif kind == "output":
                parse_output(text)
        except SyntaxProblem:
            return False
    return True


def holds_rules(table: TableBlock) -> bool:
    """Whether a table looks like rules, by the markup of its header; tables for the reader only have none."""
    kinds = {header_kind(cell.text, column).kind for column, cell in enumerate(table.header.cells)}
    return not kinds.isdisjoint(("input", "output"))


def _tell(
    document: RulebookText, section: Section, found: FallenRows, code: str, number: int, above: TableBlock | None
) -> None:
    line = document.line(number)
    start = len(line) - len(line.lstrip()) + 1
    heading = section.heading.title.text or None
    place = Location(document.file, number, start, max(start + 1, len(line.rstrip()) + 1), heading)
    table: dict[str, Param] = {} if above is None else {"line": str(above.first_line)}
    found.lines.add(number)
    found.problems.append(Diagnostic(code, place, table))
