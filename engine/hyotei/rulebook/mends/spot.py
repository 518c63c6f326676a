"""Where a problem is, and the edits that can be made there."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate

from hyotei.base.text_folding import folded
from hyotei.messages import Diagnostic, Phrase
from hyotei.rulebook.blocks import TableBlock
from hyotei.rulebook.markdown_lines import line_end
from hyotei.rulebook.mends.model import Mend, MendKind, Replacement
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.table_text import CellText


class Lines:
    """The lines of a document by number, as places in its text."""

    def __init__(self, document: RulebookText) -> None:
        self.document = document
        self._starts = [*accumulate(map(len, document.lines), initial=len(document.mark))]

    def at(self, line: int, column: int = 1) -> int:
        """The place of a character, both counted from 1, in the text."""
        return self._starts[line - 1] + column - 1

    def text(self, line: int) -> str:
        """A line without its end."""
        return self.document.line(line)

    def rewritten(self, line: int, text: str) -> Replacement:
        """Another text in place of a line; its end stays."""
        return Replacement(self.at(line), self.at(line) + len(self.text(line)), text)

    def behind(self, line: int, text: str) -> Replacement:
        """A new line behind a line."""
        end = self.at(line) + len(self.text(line))
        return Replacement(end, end, self._end(line) + text)

    def before(self, line: int, text: str) -> Replacement:
        """A new line before a line."""
        return Replacement(self.at(line), self.at(line), text + self._end(line))

    def without(self, first: int, last: int) -> Replacement:
        """Nothing in place of some lines."""
        return Replacement(self.at(first), self._starts[last], "")

    def _end(self, line: int) -> str:
        return line_end(self.document.lines[line - 1]) or line_end(self.document.lines[0]) or "\n"


class Spot:
    """The place of one problem in a document. `line` is the number of its line, 0 where it has none."""

    def __init__(self, lines: Lines, problem: Diagnostic) -> None:
        self.lines, self.document, self.problem = lines, lines.document, problem
        place = problem.location
        known = place.line is not None and 0 < place.line <= len(self.document.lines)
        self.line: int = place.line if place.line is not None and known else 0
        length = len(lines.text(self.line)) if self.line else 0
        self.start = min((place.start or 1) - 1, length)
        self.end = min(place.end - 1 if place.start and place.end else length, length)

    def said(self, name: str) -> str:
        """A value of the problem's sentence; empty where it has none, or one that differs by language."""
        value = self.problem.params.get(name, "")
        return value if isinstance(value, str) else ""

    @property
    def near(self) -> str:
        """The name or word that was probably meant."""
        hint = self.problem.params.get("hint")
        values = dict(hint.values) if isinstance(hint, Phrase) else {}
        return str(values.get("name") or values.get("word") or "")

    @property
    def text(self) -> str:
        """The line."""
        return self.lines.text(self.line) if self.line else ""

    @property
    def written(self) -> str:
        """What stands at the place."""
        return self.text[self.start : self.end]

    @cached_property
    def table(self) -> TableBlock | None:
        """The table in which the place is, or the first one of its section."""
        if not self.line:
            return None
        inside = (each for each in self.document.tables if each.first_line <= self.line <= each.last_line)
        return next(inside, None) or next(iter(self.document.section_of(self.line).tables), None)

    @cached_property
    def cell(self) -> CellText | None:
        """The cell at the place; None of one with a pipe in it, whose characters are not those of its line."""
        rows = (self.table.header, *self.table.rows) if self.table is not None else ()
        row = next((each for each in rows if each.line == self.line), None)
        found = (each for each in row.cells if each.start - 1 <= self.start <= each.end - 1) if row else iter(())
        cell = next(found, None)
        return cell if cell is not None and cell.raw == cell.text else None

    def change(self, start: int, end: int, text: str, kind: MendKind = "write", shown: str | None = None) -> Mend:
        """A text in place of characters of the line, counted from 0."""
        first = self.lines.at(self.line)
        return Mend(kind, (Replacement(first + start, first + end, text),), text if shown is None else shown)

    def instead(self, was: str, *texts: str) -> Iterable[Mend]:
        """Each of the texts in place of `was`, where that stands at the place, or just once within it or on the line.

        A text that differs only in width, as the language reads them alike, is found as well.
        """
        span = self._span(was)
        if self.line and span is not None:
            for text in dict.fromkeys(texts):
                if text and text != was:
                    yield self.change(*span, text)

    def _span(self, was: str) -> tuple[int, int] | None:
        if not was:
            return None
        if folded(self.written.strip()) == folded(was):
            lead = len(self.written) - len(self.written.lstrip())
            return self.start + lead, self.start + lead + len(self.written.strip())
        # Japanese words follow a number or a name without a sign between them: 80以上.
        first = r"(?<![A-Za-z0-9_])" if was[0].isascii() and was[0].isalpha() else ""
        first = r"(?<![A-Za-z0-9_.])" if was[0].isdecimal() else first
        last = r"(?![A-Za-z0-9_]|\.[0-9])" if was[-1].isascii() and was[-1].isalnum() else ""
        for text, offset in ((self.written, self.start), (self.text, 0)):
            found = list(re.finditer(first + re.escape(was) + last, text))
            if found:
                return (found[0].start() + offset, found[0].end() + offset) if len(found) == 1 else None
        return None

    def cell_instead(self, text: str) -> Iterable[Mend]:
        """Another text in the whole cell."""
        cell = self.cell
        if cell is not None and text != cell.text:
            yield self.change(cell.start - 1, cell.end - 1, text)

    def rewritten(self, kind: MendKind, lines: Sequence[tuple[int, str]], text: str = "") -> Mend:
        """Other texts in place of some lines."""
        return Mend(kind, tuple(self.lines.rewritten(*each) for each in lines), text)
